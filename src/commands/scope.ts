// The scope of a command: the working tree, the index, or a commit, with its manifest.

import { resolve } from 'node:path';
import { noManifest } from '../fix/manifest-file.js';
import { ObjectReader } from '../git/objects.js';
import { openRepository, readCommitId, readTreeId } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { type BranchRange, readRange } from '../judge/range.js';
import { refuseUnmerged } from '../judge/staged.js';
import { readManifestAt, readManifestFile } from '../manifest/read.js';
import { MANIFEST_PATH, type Manifest } from '../manifest/types.js';
import { noManifestIn } from '../messages/check.js';
import { noManifestFile } from '../messages/manifest.js';
import { manifestAlone, notTogether } from '../messages/options.js';
import { buildRules } from '../rules/build.js';
import type { Rules } from '../rules/types.js';
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
  /**
   * With `base`, only the commit's changes since it forked from there. `manifest`: a file that
   * replaces the commit's manifest.
   */
  | { readonly kind: 'commit'; readonly revision: string; readonly base?: string; readonly manifest?: string };

type CommitScope = Extract<CommandScope, { kind: 'commit' }>;

/** A repository with its rules and the state to check. */
export interface Opened {
  readonly place: Workplace;
  readonly rules: Rules;
  readonly change: Change;
  /** A branch's changes since its base, if that is the scope. */
  readonly range?: BranchRange;
}

/** Opens the repository around `cwd`, runs the work, and ends git's process. */
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

/**
 * @throws Fault `usage` without a manifest, `manifest` for an invalid one, `git` for unmerged paths
 * of a pair.
 */
export async function openScope(place: Workplace, scope: CommandScope): Promise<Opened> {
  switch (scope.kind) {
    case 'worktree':
      return openWorktree(place);
    case 'staged':
      return openStaged(place);
    case 'commit':
      return scope.base === undefined ? openCommit(place, scope) : openRange(place, scope, scope.base);
  }
}

async function openWorktree(place: Workplace): Promise<Opened> {
  const { repository } = place;
  const manifest = readManifestFile(repository.top)?.manifest;
  if (!manifest) throw await noManifest(repository);
  return openWorktreeBy(place, manifest);
}

/** The working tree by this manifest instead of the file. */
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

/** The state and HEAD, both with the outside places on disk. */
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

async function openCommit(place: Workplace, { revision, manifest }: CommitScope): Promise<Opened> {
  const { repository, objects } = place;
  const after = new TreeSnapshot(objects, await readTreeId(repository.git, revision));
  const parent = await readCommitId(repository.git, `${revision}^1`);
  const tree = parent === undefined ? undefined : (await objects.info(`${parent}^{tree}`))?.oid;
  const change = tree === undefined ? { after } : { after, parent: new TreeSnapshot(objects, tree) };
  const ruling = manifest === undefined ? await readManifestIn(after, objects) : readNamedManifest(manifest).manifest;
  return { place, rules: rulesIn(ruling, `in ${revision}`), change };
}

async function openRange(
  { repository, objects }: Workplace,
  { revision, manifest }: CommitScope,
  base: string,
): Promise<Opened> {
  const place = { repository, objects };
  const range = await readRange(repository, objects, revision, base);
  const { change } = range;
  if (manifest === undefined) {
    return { place, rules: rulesIn(await readManifestIn(change.after, objects), `in ${revision}`), change, range };
  }
  // One manifest for both ends: the branch's own changes of the manifest do not count.
  const touched = new Set([...range.touched].filter((path) => path !== MANIFEST_PATH));
  return { place, rules: buildRules(readNamedManifest(manifest).manifest), change, range: { ...range, touched } };
}

/** The manifest in a file that the user names. @throws Fault `usage` if there is no such file. */
export function readNamedManifest(file: string): NonNullable<ReturnType<typeof readManifestAt>> {
  const known = readManifestAt(file);
  if (!known) throw noManifestFile(file);
  return known;
}

function rulesIn(manifest: Manifest | undefined, where: string): Rules {
  if (manifest) return buildRules(manifest);
  throw noManifestIn(where);
}

/** The options that choose a scope. */
export interface ScopeFlags {
  readonly staged?: boolean;
  readonly commit?: string;
  readonly base?: string;
  readonly manifest?: string;
}

/** `cwd`: resolves the manifest's name. @throws Fault `usage` for options that exclude others. */
export function scopeOf({ staged, commit, base, manifest }: ScopeFlags, cwd: string): CommandScope {
  if (staged && base !== undefined) throw notTogether('staged', 'base');
  const named = manifest === undefined ? {} : { manifest: resolve(cwd, manifest) };
  if (base !== undefined) return { kind: 'commit', revision: commit ?? 'HEAD', base, ...named };
  if (staged && commit !== undefined) throw notTogether('staged', 'commit');
  if (commit !== undefined) return { kind: 'commit', revision: commit, ...named };
  if (manifest !== undefined) throw manifestAlone();
  return { kind: staged ? 'staged' : 'worktree' };
}
