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
import { buildIndex } from '../rules/build.js';
import type { FilePair, PairIndex } from '../rules/types.js';
import { modeOf, sameEntry } from '../snapshot/entry.js';
import { PlacesOutside } from '../snapshot/outside.js';
import { readAllPairs, type Span } from '../snapshot/select.js';
import { readStaged, type Staged, stagedSnapshot } from '../snapshot/staged.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Entry, Snapshot } from '../snapshot/types.js';
import { check, judge } from './judge-pairs.js';
import { isFinding, type Judgement } from './types.js';

/** What the staged check came to. */
export type StagedCheck =
  /** Nothing is declared in what would be committed. */
  { readonly kind: 'undeclared' } | Checked;

/** Verdicts on what would be committed. */
export interface Checked {
  readonly kind: 'checked';
  readonly manifest: Manifest;
  readonly index: PairIndex;
  readonly span: Span;
  /** What is staged. */
  readonly changes: Staged['changes'];
  readonly judgements: readonly Judgement[];
  /** Findings that a merged branch has just as they are; they do not block. */
  readonly inherited: readonly Judgement[];
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
  const base = new TreeSnapshot(objects, tree);
  const span = { result: stagedSnapshot(objects, base, staged), base };
  const manifest = options.manifest ?? (await readManifestIn(span.result, objects));
  if (!manifest) return { kind: 'undeclared' };
  const index = buildIndex(manifest);
  base.outside = await PlacesOutside.open(repository, index.reach);
  span.result.outside = base.outside;
  refuseUnmerged(index, staged);
  const touched = await check(index, { ...span, touched: staged.changes.keys() });
  const changedRules = !options.manifest && staged.changes.has(MANIFEST);
  const ruled = changedRules ? await judgeNewRules(index, span, objects) : [];
  const judgements = withoutRepeats([...touched, ...ruled]);
  const inherited = await readInherited(objects, base, options.merged ?? [], judgements.filter(isFinding));
  return {
    kind: 'checked',
    manifest,
    index,
    span,
    changes: staged.changes,
    judgements: judgements.filter((each) => !inherited.has(each)),
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
export function refuseUnmerged(index: PairIndex, { unmerged }: Pick<Staged, 'unmerged'>): void {
  const concerned = unmerged.filter((path) => index.lookUp(path).length > 0 || path === MANIFEST);
  if (concerned.length === 0) return;
  const names = [...new Set(concerned)].map(textOf).join(', ');
  throw new Fault('git', `Unmerged: ${names}.`, 'resolve the conflict and git add the files');
}

function keyOf({ rule, a, b }: FilePair): string {
  return `${rule.key}\0${a ?? ''}\0${b ?? ''}`;
}

export function withoutRepeats(judgements: readonly Judgement[]): readonly Judgement[] {
  return [...new Map(judgements.map((each) => [keyOf(each.pair), each])).values()];
}

/** Where the manifest changes too: every pair that the old one did not have, or had under another rule. */
export async function judgeNewRules(
  index: PairIndex,
  span: Span,
  objects: ObjectReader,
): Promise<readonly Judgement[]> {
  const before = span.base && (await readOldIndex(span.base, objects));
  const known = new Set(before ? (await readAllPairs(before, span)).map((pair) => ruleOf(before, pair)) : []);
  const pairs = (await readAllPairs(index, span)).filter((pair) => !known.has(ruleOf(index, pair)));
  return judge(index, span, pairs);
}

/** The index of the manifest before this commit; one that was absent or unreadable ruled nothing. */
export async function readOldIndex(base: Snapshot, objects: ObjectReader): Promise<PairIndex | undefined> {
  try {
    const manifest = await readManifestIn(base, objects);
    return manifest && buildIndex(manifest);
  } catch (error) {
    if (Fault.is(error) && error.kind === 'manifest') return undefined;
    throw error;
  }
}

/** Everything that decides the verdict on two given files. */
function ruleOf(index: PairIndex, { rule, a, b, exception }: FilePair): string {
  const waived = [a !== null && index.waivesMissing('a', a), b !== null && index.waivesMissing('b', b)];
  return JSON.stringify([a, b, rule.shape === 'fanout', exception ?? null, waived]);
}

/** The findings whose two sides some parent has exactly as they will be committed. */
async function readInherited(
  objects: ObjectReader,
  base: Snapshot,
  merged: readonly Oid[],
  findings: readonly Judgement[],
): Promise<ReadonlySet<Judgement>> {
  const inherited = new Set<Judgement>();
  if (merged.length === 0) return inherited;
  const parents = [base, ...(await Promise.all(merged.map((commit) => readTree(objects, commit))))];
  for (const finding of findings) {
    const same = await Promise.all(parents.map((parent) => holdsAlike(parent, finding)));
    if (same.includes(true)) inherited.add(finding);
  }
  return inherited;
}

async function readTree(objects: ObjectReader, commit: Oid): Promise<Snapshot> {
  const tree = await objects.info(`${commit}^{tree}`);
  if (tree) return new TreeSnapshot(objects, tree.oid);
  throw new Fault('git', `The merged commit ${commit} is not here.`, 'see what is missing: git fsck');
}

/** True if the parent holds at both paths exactly what was judged. */
export async function holdsAlike(parent: Snapshot, { pair, a, b }: Judgement): Promise<boolean> {
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

/** What a judgement has for the path: the gitlink above it where nothing can be read below; undefined for a directory. */
export async function readJudged(snapshot: Snapshot, path: RepoPath): Promise<Entry | undefined> {
  const standing = await snapshot.readEntry(path);
  if (standing.kind !== 'unread') return standing.kind === 'directory' ? undefined : standing;
  return standing.why.kind === 'submodule' ? readJudged(snapshot, standing.why.at) : undefined;
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
