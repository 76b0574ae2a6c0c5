// The content of a push: the refs on the hook's standard input, and the commits that are new to the
// remote.

import { readMergeBase } from './changes.js';
import type { ObjectReader } from './objects.js';
import { isZero, type Oid, parseOid } from './oid.js';
import { readCommitId, readConfig } from './repository.js';
import { type Git, readGit } from './run.js';
import { type Ancestry, linesOf, mergeBasesOf, readWalk, Walked } from './walks.js';

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

/** The commits of the tips that are not in `without`, children before parents. */
export function readNewCommits(
  git: Git,
  tips: readonly Oid[],
  without: readonly string[],
): Promise<readonly Ancestry[]> {
  // On standard input, because a command line could be too short. A fetched ref may name a pruned
  // object, which excludes nothing; the tips themselves exist.
  return readWalk(git, ['--ignore-missing', '--stdin'], [...tips, ...without.map((oid) => `^${oid}`), ''].join('\n'));
}

/** Those of the tips that no ref of this repository has. */
export async function readUnknown(git: Git, tips: readonly Oid[]): Promise<ReadonlySet<Oid>> {
  if (tips.length === 0) return new Set();
  const walked = new Walked(await readWalk(git, ['--stdin', '--not', '--all'], [...tips, ''].join('\n')));
  return new Set(tips.filter((tip) => walked.has(tip)));
}

/** The first commit before these ones along the tip's first parents; undefined after a root. */
export function firstParentBefore(commits: readonly Ancestry[], tip: Oid): Oid | undefined {
  const parents = new Map(commits.map((commit) => [commit.oid, commit.parents[0]]));
  let at: Oid | undefined = tip;
  while (at !== undefined && parents.has(at)) at = parents.get(at);
  return at;
}

/** The commits themselves. */
export async function readAncestries(git: Git, commits: readonly Oid[]): Promise<ReadonlyMap<Oid, Ancestry>> {
  if (commits.length === 0) return new Map();
  const read = await readWalk(git, ['--no-walk', '--stdin'], [...commits, ''].join('\n'));
  return new Map(read.map((commit) => [commit.oid, commit]));
}

/**
 * Where each tip forked from the local default branch; without tips that are on that branch or have
 * nothing in common with it.
 */
export async function readForks(git: Git, tips: readonly Oid[]): Promise<ReadonlyMap<Oid, Oid>> {
  const configured = (await readConfig(git, 'init.defaultBranch')) ?? '';
  const names = new Set([configured, 'main', 'master'].filter((name) => name !== ''));
  const forks = new Map<Oid, Oid>();
  for (const name of names) {
    const branch = await readCommitId(git, `refs/heads/${name}`);
    const left = tips.filter((tip) => !forks.has(tip));
    if (branch === undefined || left.length === 0) continue;
    for (const [tip, base] of await readMergeBases(git, branch, left)) {
      if (base !== undefined && base !== tip) forks.set(tip, base);
    }
  }
  return forks;
}

/** @throws Fault `git` if a commit on the way is missing. */
export async function readMergeBases(
  git: Git,
  main: Oid,
  tips: readonly Oid[],
): Promise<ReadonlyMap<Oid, Oid | undefined>> {
  const found = await readWalk(git, ['--stdin'], [...tips, `^${main}`, ''].join('\n')).catch(() => undefined);
  const bases = new Map<Oid, Oid | undefined>();
  for (const [tip, base] of found ? mergeBasesOf(found, tips) : tips.map((each) => [each, 'several'] as const)) {
    bases.set(tip, base === 'several' ? await readMergeBase(git, main, tip) : base);
  }
  return bases;
}

/** Every branch whose tip is an ancestor of the commit, except those named. */
export async function readMergedBranches(git: Git, tip: Oid, except: readonly string[]): Promise<readonly Oid[]> {
  const format = '--format=%(objectname) %(refname)';
  const refs = await readGit(git, ['for-each-ref', format, `--merged=${tip}`, 'refs/heads/']);
  const named = new Set(except);
  const others = linesOf(refs.toString('utf8')).filter((line) => !named.has(line.slice(line.indexOf(' ') + 1)));
  return [...new Set(others.map((line) => parseOid(line.slice(0, line.indexOf(' ')))))];
}
