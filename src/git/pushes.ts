// The content of a push: the refs on the hook's standard input, and the commits that are new to the
// remote.

import type { ObjectReader } from './objects.js';
import { emptyTree, isZero, type Oid, parseOid } from './oid.js';
import type { RepoPath } from './path.js';
import { RawDiffParser } from './records.js';
import { readConfig, type Store } from './repository.js';
import { type Git, gitFailed, readGit, runGit, streamGit } from './run.js';

/** One line of pre-push: a local and a remote ref. */
export interface PushedRef {
  readonly localName: string;
  readonly localOid: Oid;
  readonly remoteName: string;
  readonly remoteOid: Oid;
}

/** One line of pre-receive: a ref with its old and new commit. */
export interface ReceivedRef {
  readonly name: string;
  readonly oldOid: Oid;
  readonly newOid: Oid;
}

function linesOf(input: string): readonly string[] {
  return input.split('\n').filter((line) => line !== '');
}

/** `<local name> <local oid> <remote name> <remote oid>` a line; a local name may hold spaces, so
 * it is split from the right. */
export function parsePushedRefs(input: string): readonly PushedRef[] {
  return linesOf(input).map((line) => {
    const words = line.split(' ');
    const [localOid = '', remoteName = '', remoteOid = ''] = words.splice(-3);
    return { localName: words.join(' '), localOid: parseOid(localOid), remoteName, remoteOid: parseOid(remoteOid) };
  });
}

/** `<old oid> <new oid> <name>` a line. https://git-scm.com/docs/githooks#pre-receive */
export function parseReceivedRefs(input: string): readonly ReceivedRef[] {
  return linesOf(input).map((line) => {
    const [oldOid = '', newOid = '', ...name] = line.split(' ');
    return { name: name.join(' '), oldOid: parseOid(oldOid), newOid: parseOid(newOid) };
  });
}

/** A commit, and its parents in order. */
export interface Ancestry {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
}

/** A pushed commit and the paths that it changed. */
export interface PushedCommit extends Ancestry {
  /** Against each parent; for a root commit all paths. */
  readonly paths: ReadonlySet<RepoPath>;
}

/**
 * What the remote is known to have: its refs as git reports them, if they are local, and what was
 * last fetched. Ids of commits, or of tags on them.
 */
export async function readKnown(
  git: Git,
  objects: ObjectReader,
  refs: readonly PushedRef[],
  remote: string,
): Promise<readonly Oid[]> {
  const named = refs.map((ref) => ref.remoteOid).filter((oid) => !isZero(oid));
  const here = await Promise.all(named.map((oid) => objects.info(`${oid}^{commit}`)));
  const answered = here.flatMap((object) => (object ? [object.oid] : []));
  return [...new Set([...answered, ...(await readTracked(git, remote))])];
}

/**
 * What was last fetched from the remote. The name is not used as a pattern: a URL may hold a `*`.
 */
async function readTracked(git: Git, remote: string): Promise<readonly Oid[]> {
  if (remote === '') return [];
  const prefix = `refs/remotes/${remote}/`;
  const [refs, remotes] = await Promise.all([
    readGit(git, ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/remotes/']),
    readGit(git, ['remote']),
  ]);
  // A remote `a/b` keeps its branches below those of a remote `a`.
  const others = linesOf(remotes.toString('utf8')).filter((name) => name.startsWith(`${remote}/`));
  const tracked = linesOf(refs.toString('utf8')).filter((line) => {
    const name = line.slice(line.indexOf(' ') + 1);
    return name.startsWith(prefix) && !others.some((other) => name.startsWith(`refs/remotes/${other}/`));
  });
  return tracked.map((line) => parseOid(line.slice(0, line.indexOf(' '))));
}

/** The commits of the tip that are not in `without`, newest first. */
export function readNewCommits(git: Git, tip: Oid, without: readonly Oid[]): Promise<readonly Ancestry[]> {
  // On standard input, because a command line could be too short. A fetched ref may name a pruned
  // object, which excludes nothing; the tip itself exists.
  const input = Buffer.from([tip, ...without.map((oid) => `^${oid}`), ''].join('\n'));
  return readWalk(git, ['--ignore-missing', '--stdin'], input);
}

/** The commits of the tip that no ref of this repository has, newest first. */
export function readUnknownCommits(git: Git, tip: Oid): Promise<readonly Ancestry[]> {
  return readWalk(git, [tip, '--not', '--all']);
}

async function readWalk(git: Git, words: readonly string[], input?: Uint8Array): Promise<readonly Ancestry[]> {
  const listed = await readGit(git, ['rev-list', '--parents', '--topo-order', ...words], input);
  return linesOf(listed.toString('utf8')).map(parseAncestry);
}

/** The first commit before these ones along the tip's first parents; undefined after a root. */
export function firstParentBefore(commits: readonly Ancestry[], tip: Oid): Oid | undefined {
  const parents = new Map(commits.map((commit) => [commit.oid, commit.parents[0]]));
  let at: Oid | undefined = tip;
  while (at !== undefined && parents.has(at)) at = parents.get(at);
  return at;
}

/** The commit itself. */
export async function readAncestry(git: Git, commit: Oid): Promise<Ancestry> {
  const [line = ''] = linesOf((await readGit(git, ['rev-list', '--parents', '-1', commit])).toString('utf8'));
  return parseAncestry(line);
}

function parseAncestry(line: string): Ancestry {
  const [oid = '', ...parents] = line.split(' ');
  return { oid: parseOid(oid), parents: parents.map(parseOid) };
}

/**
 * Where the tip forked from the local default branch; undefined if it is on that branch or there is
 * none.
 */
export async function readFork(git: Git, tip: Oid): Promise<Oid | undefined> {
  const configured = (await readConfig(git, 'init.defaultBranch')) ?? '';
  const names = [configured, 'main', 'master'].filter((name) => name !== '');
  for (const name of new Set(names)) {
    const answer = await runGit(git, ['merge-base', tip, `refs/heads/${name}`]);
    const [fork = ''] = linesOf(answer.stdout.toString('utf8'));
    if (answer.code === 0 && fork !== tip) return parseOid(fork);
  }
  return undefined;
}

const CHANGES = ['-r', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];

/** The commits with their changed paths, filtered by `wants`. */
export async function readPushedCommits(
  git: Git,
  commits: readonly Ancestry[],
  wants: (path: RepoPath) => boolean,
): Promise<readonly PushedCommit[]> {
  const paths = new Map<string, Set<RepoPath>>(commits.map(({ oid }) => [oid, new Set()]));
  let current: Set<RepoPath> | undefined;
  const parser = new RawDiffParser({
    commit: (oid) => {
      current = paths.get(oid);
    },
    path: (path) => {
      if (wants(path)) current?.add(path);
    },
  });
  const input = Buffer.from(commits.map(({ oid, parents }) => `${[oid, ...parents].join(' ')}\n`).join(''));
  const args = ['diff-tree', '--stdin', '-m', '--root', ...CHANGES];
  const result = await streamGit(git, args, (chunk) => parser.feed(chunk), input);
  if (result.code !== 0) throw gitFailed(args, result);
  parser.end();
  return commits.map((commit) => ({ ...commit, paths: paths.get(commit.oid) ?? new Set() }));
}

/**
 * The paths that differ between two commits, filtered by `wants`; without `from`, all paths of
 * `to`.
 */
export async function readChangedPaths(
  { git, format }: Store,
  from: Oid | undefined,
  to: Oid,
  wants: (path: RepoPath) => boolean,
): Promise<ReadonlySet<RepoPath>> {
  const found = new Set<RepoPath>();
  const parser = new RawDiffParser({
    commit: () => undefined,
    path: (path) => {
      if (wants(path)) found.add(path);
    },
  });
  const args = ['diff-tree', ...CHANGES, from ?? emptyTree(format), to];
  const result = await streamGit(git, args, (chunk) => parser.feed(chunk));
  if (result.code !== 0) throw gitFailed(args, result);
  parser.end();
  return found;
}

/** Every branch whose tip is an ancestor of the commit, except those named. */
export async function readMergedBranches(git: Git, tip: Oid, except: string): Promise<readonly Oid[]> {
  const format = '--format=%(objectname) %(refname)';
  const refs = await readGit(git, ['for-each-ref', format, `--merged=${tip}`, 'refs/heads/']);
  const others = linesOf(refs.toString('utf8')).filter((line) => line.slice(line.indexOf(' ') + 1) !== except);
  return [...new Set(others.map((line) => parseOid(line.slice(0, line.indexOf(' ')))))];
}
