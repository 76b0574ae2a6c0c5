// What a push takes along: the refs that git names on the hook's standard input, and the commits that are new to the remote.

import type { ObjectReader } from './objects.js';
import { isZero, type Oid, parseOid } from './oid.js';
import { pathFromBytes, type RepoPath } from './path.js';
import { type Git, gitFailed, readGit, runGit } from './run.js';

/** One line of pre-push: what goes where. */
export interface PushedRef {
  readonly localName: string;
  readonly localOid: Oid;
  readonly remoteName: string;
  readonly remoteOid: Oid;
}

/** `<local name> <local oid> <remote name> <remote oid>` a line; a local name may hold spaces, so it is split from the right. */
export function parsePushedRefs(input: string): readonly PushedRef[] {
  return input
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const words = line.split(' ');
      const [localOid = '', remoteName = '', remoteOid = ''] = words.splice(-3);
      return {
        localName: words.join(' '),
        localOid: parseOid(localOid),
        remoteName,
        remoteOid: parseOid(remoteOid),
      };
    });
}

/** One commit that leaves, and what it changed. */
interface PushedCommit {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  /** Against each parent in turn; against nothing for a root. */
  readonly paths: ReadonlySet<RepoPath>;
}

/** Why these commits and no others. */
type PushBasis = 'remote' | 'default-branch' | 'tip-alone';

export interface Pushed {
  readonly basis: PushBasis;
  readonly commits: readonly PushedCommit[];
  /** The commit that the push is held against, if there is one. */
  readonly base: Oid | undefined;
}

/** The commits of a tip that the remote does not have, as far as is known here. */
export async function readPushed(
  git: Git,
  objects: ObjectReader,
  tip: Oid,
  ref: PushedRef,
  remote: string,
): Promise<Pushed> {
  const known = isZero(ref.remoteOid) ? undefined : await objects.info(ref.remoteOid);
  const tracked = remote === '' ? Buffer.alloc(0) : await readGit(git, ['for-each-ref', `refs/remotes/${remote}/`]);
  if (known || tracked.length > 0) {
    const minus = [...(known ? [known.oid] : []), ...(tracked.length > 0 ? [`--remotes=${remote}`] : [])];
    const commits = await readCommits(git, [tip, '--not', ...minus]);
    return { basis: 'remote', commits, base: known?.oid ?? (await readBoundary(git, [tip, '--not', ...minus])) };
  }
  const fork = await readFork(git, tip);
  if (fork) return { basis: 'default-branch', commits: await readCommits(git, [tip, '--not', fork]), base: fork };
  const commits = await readCommits(git, ['-1', tip]);
  return { basis: 'tip-alone', commits, base: commits[0]?.parents[0] };
}

/** Where the tip left the local default branch; undefined if it is that branch, or there is none. */
async function readFork(git: Git, tip: Oid): Promise<Oid | undefined> {
  const configured = await runGit(git, ['config', '--get', 'init.defaultBranch']);
  const names = [configured.stdout.toString('utf8').trim(), 'main', 'master'].filter((name) => name !== '');
  for (const name of names) {
    const answer = await runGit(git, ['merge-base', tip, `refs/heads/${name}`]);
    const fork = answer.stdout.toString('utf8').trim();
    if (answer.code === 0 && fork !== tip) return parseOid(fork);
  }
  return undefined;
}

async function readBoundary(git: Git, revisions: readonly string[]): Promise<Oid | undefined> {
  const listed = (await readGit(git, ['rev-list', '--boundary', ...revisions])).toString('utf8').split('\n');
  const boundary = listed.find((line) => line.startsWith('-'));
  return boundary === undefined ? undefined : parseOid(boundary.slice(1));
}

async function readCommits(git: Git, revisions: readonly string[]): Promise<readonly PushedCommit[]> {
  const listed = (await readGit(git, ['rev-list', '--parents', ...revisions])).toString('utf8');
  const parents = new Map<Oid, readonly Oid[]>();
  for (const line of listed.split('\n').filter((each) => each !== '')) {
    const [commit = '', ...rest] = line.split(' ');
    parents.set(parseOid(commit), rest.map(parseOid));
  }
  const input = Buffer.from([...parents.keys()].map((oid) => `${oid}\n`).join(''));
  const flags = ['-r', '-m', '--root', '--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'];
  const answer = await runGit(git, ['diff-tree', '--stdin', ...flags], input);
  if (answer.code !== 0) throw gitFailed(['diff-tree'], answer);
  const paths = pathsByCommit(answer.stdout);
  return [...parents].map(([oid, of]) => ({ oid, parents: of, paths: paths.get(oid) ?? new Set() }));
}

/** A commit's id, then its raw records: `:…` NUL path NUL. A name can look like an id, so records go by their colon. */
function pathsByCommit(output: Buffer): ReadonlyMap<string, ReadonlySet<RepoPath>> {
  const found = new Map<string, Set<RepoPath>>();
  let current = new Set<RepoPath>();
  let expectsPath = false;
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    const record = output.subarray(start, end < 0 ? undefined : end);
    start = end < 0 ? output.length : end + 1;
    if (expectsPath) {
      current.add(pathFromBytes(record));
      expectsPath = false;
    } else if (record[0] === 0x3a) expectsPath = true;
    else {
      const commit = record.toString('latin1').trim();
      current = found.get(commit) ?? new Set();
      found.set(commit, current);
    }
  }
  return found;
}
