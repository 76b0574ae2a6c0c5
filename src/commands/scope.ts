// What a command looks at: the working tree, the index, or a commit, with the manifest that rules
// there.

import { isAbsolute, relative, resolve, sep } from 'node:path';
import { noManifest } from '../fix/manifest-file.js';
import type { Person } from '../format/person.js';
import { readHome } from '../git/home.js';
import { readInvocation } from '../git/invocation.js';
import { requireNameable } from '../git/locate.js';
import { ObjectReader } from '../git/objects.js';
import { asTyped, below, joinPath, pathFromText, type RepoPath } from '../git/path.js';
import { openRepository, type Repository, readCommitId, readTreeId } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { type BranchRange, readRange } from '../judge/range.js';
import { refuseUnmerged } from '../judge/staged.js';
import { readManifestFile } from '../manifest/read.js';
import type { Manifest } from '../manifest/types.js';
import { noManifestIn, outsideRepository } from '../messages/check.js';
import { buildRules } from '../rules/build.js';
import { pathsOf } from '../rules/identity.js';
import type { FilePair, Rules } from '../rules/types.js';
import { PlacesOutside } from '../snapshot/outside.js';
import { readManifestIn } from '../snapshot/rules-in.js';
import type { Change } from '../snapshot/select.js';
import { readStaged, stagedSnapshot } from '../snapshot/staged.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Snapshot } from '../snapshot/types.js';
import { readWorktree } from '../snapshot/worktree.js';

export type CommandScope =
  | { readonly kind: 'worktree' }
  | { readonly kind: 'staged' }
  /** With `base`, only what the commit changed since it left that one. */
  | { readonly kind: 'commit'; readonly revision: string; readonly base?: string };

/** A repository with its rules and the state that they are held against. */
export interface Opened {
  readonly place: Workplace;
  readonly rules: Rules;
  readonly change: Change;
  /** What a branch changed since its base, where that is the scope. */
  readonly range?: BranchRange;
}

/** Opens the repository around `cwd`, does the work, and ends git's process. */
export async function withRepository<Result>(
  cwd: string,
  work: (place: Workplace) => Promise<Result>,
): Promise<Result> {
  const repository = await openRepository(cwd);
  const objects = new ObjectReader(repository.git);
  try {
    return await work({ repository, objects });
  } finally {
    await objects.close();
  }
}

/** @throws Fault `usage` without a manifest, `manifest` for a broken one, `git` for unmerged paths
 * of a pair. */
export async function openScope(place: Workplace, scope: CommandScope): Promise<Opened> {
  switch (scope.kind) {
    case 'worktree':
      return openWorktree(place);
    case 'staged':
      return openStaged(place);
    case 'commit':
      return scope.base === undefined
        ? openCommit(place, scope.revision)
        : openRange(place, scope.revision, scope.base);
  }
}

async function openWorktree(place: Workplace): Promise<Opened> {
  const { repository } = place;
  const manifest = readManifestFile(repository.top)?.manifest;
  if (!manifest) throw await noManifest(repository);
  return openWorktreeBy(place, manifest);
}

/** The working tree by this manifest, whatever the file says. */
export async function openWorktreeBy(place: Workplace, manifest: Manifest): Promise<Opened> {
  const { repository, objects } = place;
  const rules = buildRules(manifest);
  const after = await readWorktree(repository, objects, rules);
  refuseUnmerged(rules, after);
  const before = new TreeSnapshot(objects, repository.headTree);
  return { place, rules, change: await withOutside(place, rules, after, before) };
}

async function openStaged(place: Workplace): Promise<Opened> {
  const { repository, objects } = place;
  const staged = await readStaged(repository);
  const before = new TreeSnapshot(objects, repository.headTree);
  const after = stagedSnapshot(objects, before, staged);
  const rules = rulesIn(await readManifestIn(after, objects), 'in the index');
  refuseUnmerged(rules, staged);
  return { place, rules, change: await withOutside(place, rules, after, before) };
}

/** The state against HEAD, both beside the places outside as they are on disk. */
async function withOutside(
  { repository }: Workplace,
  rules: Rules,
  after: Snapshot,
  before: Snapshot,
): Promise<Change> {
  before.outside = await PlacesOutside.open(repository, rules.outsideRoots);
  after.outside = before.outside;
  return { after, before };
}

async function openCommit(place: Workplace, revision: string): Promise<Opened> {
  const { repository, objects } = place;
  const after = new TreeSnapshot(objects, await readTreeId(repository.git, revision));
  const parent = await readCommitId(repository.git, `${revision}^1`);
  const tree = parent === undefined ? undefined : (await objects.info(`${parent}^{tree}`))?.oid;
  const change = tree === undefined ? { after } : { after, parent: new TreeSnapshot(objects, tree) };
  return { place, rules: rulesIn(await readManifestIn(after, objects), `in ${revision}`), change };
}

async function openRange(place: Workplace, revision: string, base: string): Promise<Opened> {
  const range = await readRange(place.repository, place.objects, revision, base);
  const rules = rulesIn(await readManifestIn(range.change.after, place.objects), `in ${revision}`);
  return { place, rules, change: range.change, range };
}

function rulesIn(manifest: Manifest | undefined, where: string): Rules {
  if (manifest) return buildRules(manifest);
  throw noManifestIn(where);
}

/**
 * The paths, as a manifest names them, of arguments that a person typed where they stand: in the
 * repository, or as `~/…` below their home. @throws Fault `usage` for one that is in neither.
 */
export async function pathsOfArguments(
  { top, git }: Pick<Repository, 'top' | 'git'>,
  cwd: string,
  words: readonly string[],
): Promise<readonly RepoPath[]> {
  const paths: RepoPath[] = [];
  for (const word of words) {
    const path = pathBelow(top, resolve(cwd, word)) ?? pathAtHome(await readHome(git), word);
    if (path === undefined) throw outsideRepository(word, top);
    paths.push(path);
  }
  return paths;
}

/** The shell has put the home directory in place of the tilde; a relative path was not meant so. */
function pathAtHome(home: string, word: string): RepoPath | undefined {
  const path = isAbsolute(word) ? pathBelow(home, word) : undefined;
  return path === undefined ? undefined : joinPath('~' as RepoPath, path);
}

function pathBelow(top: string, place: string): RepoPath | undefined {
  const inside = relative(top, place);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
  return pathFromText(inside.split(sep).join('/'));
}

/** True if the pair has a path at or below one of these; without any, every pair is meant. */
export function isMeant(pair: FilePair, paths: readonly RepoPath[]): boolean {
  const ends = pathsOf(pair).map(asTyped);
  return paths.length === 0 || paths.some((path) => ends.some((end) => below(end, path) !== undefined));
}

/** Where the person stands: git runs an alias from the top level and says in GIT_PREFIX where it
 * was typed. */
export function directoryOfPerson(environment: NodeJS.ProcessEnv): string {
  const here = process.cwd();
  requireNameable(here);
  return resolve(here, environment['GIT_PREFIX'] ?? '');
}

/** How the person at this command line types commands and paths. */
export async function readPerson({ place }: Pick<Opened, 'place'>, cwd: string): Promise<Person> {
  const { git, top } = place.repository;
  return { program: await readInvocation(git), directory: relative(top, cwd).split(sep).join('/') };
}
