// The staged check: the manifest in the index, the pairs that this commit touches, and what a merge only brings along.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { pathFromText, type RepoPath, textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { readManifestBlob } from '../manifest/read.js';
import { MANIFEST_NAME, type Manifest } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { buildRules } from '../rules/build.js';
import type { FilePair, Rules } from '../rules/types.js';
import { modeOf, sameEntry } from '../snapshot/entry.js';
import { PlacesOutside } from '../snapshot/outside.js';
import { type Change, readAllPairs } from '../snapshot/select.js';
import { type IndexedPath, readStaged, stagedSnapshot } from '../snapshot/staged.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Entry, Snapshot } from '../snapshot/types.js';
import { check, judge } from './judge-pairs.js';
import { isOutOfSync, type Verdict } from './types.js';

/** What the staged check came to. */
export type StagedCheck =
  /** Nothing is declared in what would be committed. */
  { readonly kind: 'undeclared' } | Checked;

/** Verdicts on what would be committed. */
export interface Checked {
  readonly kind: 'checked';
  readonly manifest: Manifest;
  readonly rules: Rules;
  readonly change: Change;
  /** What is staged. */
  readonly changes: IndexedPath['changes'];
  readonly verdicts: readonly Verdict[];
  /** Verdicts that a merged branch has just as they are; they do not block. */
  readonly inherited: readonly Verdict[];
}

export interface StagedOptions {
  /** Rules in place of the one in the index; for replays. */
  readonly manifest?: Manifest;
  /** The tree that the commit is judged against; HEAD's if not given. */
  readonly base?: Oid;
  /** Commits that are merged, beside HEAD. */
  readonly merged?: readonly Oid[];
}

/** Where the manifest stands. */
export const MANIFEST = pathFromText(MANIFEST_NAME);

/** Judges what is staged. @throws Fault for whatever keeps a touched pair from being compared. */
export async function checkStaged(
  repository: Repository,
  objects: ObjectReader,
  options: StagedOptions = {},
): Promise<StagedCheck> {
  const tree = options.base ?? repository.headTree;
  const staged = await readStaged(repository, tree);
  const before = new TreeSnapshot(objects, tree);
  const change = { after: stagedSnapshot(objects, before, staged), before };
  const manifest = options.manifest ?? (await readManifestIn(change.after, objects));
  if (!manifest) return { kind: 'undeclared' };
  const rules = buildRules(manifest);
  before.outside = await PlacesOutside.open(repository, rules.outsideRoots);
  change.after.outside = before.outside;
  refuseUnmerged(rules, staged);
  const touched = await check(rules, { ...change, touched: staged.changes.keys() });
  const changedRules = !options.manifest && staged.changes.has(MANIFEST);
  const ruled = changedRules ? await judgeNewRules(rules, change, objects) : [];
  const verdicts = withoutRepeats([...touched, ...ruled]);
  const inherited = await readInherited(objects, before, options.merged ?? [], verdicts.filter(isOutOfSync));
  return {
    kind: 'checked',
    manifest,
    rules,
    change,
    changes: staged.changes,
    verdicts: verdicts.filter((each) => !inherited.has(each)),
    inherited: [...inherited],
  };
}

/** The manifest in a snapshot; undefined if there is none. @throws Fault `manifest` if it does not parse. */
export async function readManifestIn(snapshot: Snapshot, objects: ObjectReader): Promise<Manifest | undefined> {
  const entry = await snapshot.readEntry(MANIFEST);
  if (entry.kind === 'absent') return undefined;
  if (entry.kind === 'directory')
    throw new Fault('manifest', `${MANIFEST_NAME} is a directory.`, 'put the manifest there');
  if (entry.kind === 'unread') throw new Fault('bug', 'the manifest is looked for inside a submodule.');
  return readManifestBlob(objects, { mode: modeOf(entry), oid: entry.oid });
}

/** @throws Fault `git` if a path of a pair is unmerged. */
export function refuseUnmerged(rules: Rules, { unmerged }: Pick<IndexedPath, 'unmerged'>): void {
  const concerned = unmerged.filter((path) => rules.lookUp(path).length > 0 || path === MANIFEST);
  if (concerned.length === 0) return;
  const names = [...new Set(concerned)].map(textOf).join(', ');
  throw new Fault('git', `Unmerged: ${names}.`, 'resolve the conflict and git add the files');
}

function keyOf({ rule, a, b }: FilePair): string {
  return `${rule.key}\0${a ?? ''}\0${b ?? ''}`;
}

export function withoutRepeats(verdicts: readonly Verdict[]): readonly Verdict[] {
  return [...new Map(verdicts.map((each) => [keyOf(each.pair), each])).values()];
}

/** Where the manifest changes too: every pair that the old one did not have, or had under another rule. */
export async function judgeNewRules(rules: Rules, change: Change, objects: ObjectReader): Promise<readonly Verdict[]> {
  const oldRules = change.before && (await readOldRules(change.before, objects));
  const known = new Set(oldRules ? (await readAllPairs(oldRules, change)).map((pair) => ruleOf(oldRules, pair)) : []);
  const pairs = (await readAllPairs(rules, change)).filter((pair) => !known.has(ruleOf(rules, pair)));
  return judge(rules, change, pairs);
}

/** The rules of the manifest before this commit; one that was absent or unreadable ruled nothing. */
export async function readOldRules(before: Snapshot, objects: ObjectReader): Promise<Rules | undefined> {
  try {
    const manifest = await readManifestIn(before, objects);
    return manifest && buildRules(manifest);
  } catch (error) {
    if (Fault.is(error) && error.kind === 'manifest') return undefined;
    throw error;
  }
}

/** Everything that decides the verdict on two given files. */
function ruleOf(rules: Rules, { rule, a, b, exception }: FilePair): string {
  const waived = [a !== null && rules.waivesMissing('a', a), b !== null && rules.waivesMissing('b', b)];
  return JSON.stringify([a, b, rule.shape === 'fanout', exception ?? null, waived]);
}

/** The verdicts whose two sides some parent has exactly as they will be committed. */
async function readInherited(
  objects: ObjectReader,
  before: Snapshot,
  merged: readonly Oid[],
  verdicts: readonly Verdict[],
): Promise<ReadonlySet<Verdict>> {
  const inherited = new Set<Verdict>();
  if (merged.length === 0) return inherited;
  const parents = [before, ...(await Promise.all(merged.map((commit) => readTree(objects, commit))))];
  for (const verdict of verdicts) {
    const same = await Promise.all(parents.map((parent) => holdsAlike(parent, verdict)));
    if (same.includes(true)) inherited.add(verdict);
  }
  return inherited;
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Snapshot> {
  const tree = await objects.info(`${commit}^{tree}`);
  if (tree) return new TreeSnapshot(objects, tree.oid);
  throw new Fault('git', `The merged commit ${commit} is not here.`, 'see what is missing: git fsck');
}

/** True if the parent holds at both paths exactly what was judged. */
export async function holdsAlike(parent: Snapshot, { pair, a, b }: Verdict): Promise<boolean> {
  const sides = [
    [pair.a, a],
    [pair.b, b],
  ] as const;
  const alike = sides.map(async ([path, entry]) => {
    const there = path === null ? entry : await readJudged(parent, path);
    return there !== undefined && sameEntry(there, entry);
  });
  return !(await Promise.all(alike)).includes(false);
}

/** What a verdict has for the path: the gitlink above it where nothing can be read below; undefined for a directory. */
export async function readJudged(snapshot: Snapshot, path: RepoPath): Promise<Entry | undefined> {
  const node = await snapshot.readEntry(path);
  if (node.kind !== 'unread') return node.kind === 'directory' ? undefined : node;
  return node.why.kind === 'submodule' ? readJudged(snapshot, node.why.at) : undefined;
}

/** The commits that a merge in progress brings in: MERGE_HEAD, and in pre-merge-commit, where that is not there yet, GITHEAD_*. */
export function readMergedCommits(gitDir: string, environment: NodeJS.ProcessEnv): readonly Oid[] {
  const file = join(gitDir, 'MERGE_HEAD');
  const fromFile = existsSync(file)
    ? readFileSync(file, 'latin1')
        .split('\n')
        .filter((line) => line !== '')
    : [];
  const names = Object.keys(environment).filter((name) => /^GITHEAD_[0-9a-f]+$/.test(name));
  return [...new Set([...fromFile, ...names.map((name) => name.slice('GITHEAD_'.length))])] as Oid[];
}
