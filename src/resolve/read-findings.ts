// From findings to cases: the groups around them, what is known of each of their files, and the ways that lead on.

import type { Workplace } from '../git/objects.js';
import type { RepoPath } from '../git/path.js';
import { type Asked, HOOK_LIMIT, tellProvenance } from '../history/read-stale.js';
import { judgeWithEmpty } from '../judge/judge-pairs.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { pathsOf } from '../rules/identity.js';
import type { PairIndex } from '../rules/types.js';
import { readContent } from '../snapshot/content.js';
import { type Ends, requireSameFilters } from '../snapshot/filters.js';
import { readTouches, type Writes } from '../snapshot/path-status.js';
import type { Span } from '../snapshot/select.js';
import type { Entry } from '../snapshot/types.js';
import { type Component, readComponents } from './component.js';
import { buildCases, type Case } from './findings.js';
import { type KnownContents, stateOf } from './known.js';
import type { Merge } from './merge.js';
import { contentsOf, type Ground, planFix } from './plan.js';
import { readMerge } from './read-merge.js';
import type { Group, Touches } from './types.js';
import { deletedIn } from './ways.js';

/** A state with its rules. */
export interface Judged {
  readonly index: PairIndex;
  readonly span: Span;
}

/** What a fix would write, and how much of history may be read for it. */
export interface Reading {
  readonly writes: Writes;
  readonly inHook: boolean;
  /** What pairs were seen to hold equally. */
  readonly known: KnownContents;
  /** Also outside the repository, where the user has agreed to that. */
  readonly outside?: true;
  /** The environment of a merge's own hook. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Groups of findings, and all that a plan needs to know of them. */
export interface Resolvable {
  readonly groups: readonly Group[];
  readonly ground: Ground;
  /** What to say where the history could not be read. */
  readonly trouble: readonly string[];
}

export interface Cases {
  readonly cases: readonly Case[];
  readonly touches: Touches;
  readonly trouble: readonly string[];
}

/** The groups of these findings. Reads history, and the index and the working tree of the files that are concerned. */
export async function readGroups(
  place: Workplace,
  { index, span }: Judged,
  findings: readonly Judgement[],
  { writes, inHook, known, outside, environment }: Reading,
): Promise<Resolvable> {
  const judge = (pairs: Parameters<typeof judgeWithEmpty>[2]) => judgeWithEmpty(index, span, pairs);
  const components = await readComponents(index, span, judge, findings);
  const paths = new Set(components.flatMap((component) => [...component.paths]));
  const writable = outside ? writableOutside(span, components) : undefined;
  const touches = await readTouches(place, span.result, [...paths], writes, writable);
  const judgements = components.flatMap((component) => component.judgements);
  const asked: Asked = { judged: writes, ...(inHook && { limit: HOOK_LIMIT }), ...(environment && { environment }) };
  const { provenances, trouble } = await tellProvenance(place, span, judgements, asked);
  const marked = await readMarked(place, judgements, known);
  const ground = { index, evidence: { touches, provenances, known, marked }, writes };
  return { groups: components.map((component) => groupOf(component, findings)), ground, trouble };
}

/** The cases of these judgements, with every way that leads on. */
export async function readCases(
  place: Workplace,
  judged: Judged,
  judgements: readonly Judgement[],
  reading: Reading,
): Promise<Cases> {
  const findings = judgements.filter(isFinding);
  const { groups, ground, trouble } = await readGroups(place, judged, findings, reading);
  const mergeOf = await readMergeOf(place, ground, groups);
  return { cases: buildCases(ground, groups, mergeOf), touches: ground.evidence.touches, trouble };
}

/** The findings as the component has them, which is judged anew. */
function groupOf(component: Component, findings: readonly Judgement[]): Group {
  const meant = new Set(findings.map(({ pair }) => keyOf(pair)));
  return { component, meant: component.judgements.filter((each) => isFinding(each) && meant.has(keyOf(each.pair))) };
}

function keyOf({ rule, a, b }: Judgement['pair']): string {
  return `${rule.id}\0${a ?? ''}\0${b ?? ''}`;
}

/** What is outside where a fix may write; the user has agreed to that in general. */
function writableOutside({ result }: Span, components: readonly Component[]): ReadonlyMap<RepoPath, Entry> {
  const contents = components.flatMap((component) => [...contentsOf(component)]);
  return new Map(contents.filter(([path]) => isOutside(path) && result.outside?.placeToWrite(path) !== undefined));
}

/** A line that only a merge leaves. */
const MARKER = /^<{7} |^>{7} /m;

/** The files that still hold the conflict markers of a merge that dos-sync has written. */
async function readMarked(
  place: Workplace,
  judgements: readonly Judgement[],
  known: KnownContents,
): Promise<ReadonlySet<RepoPath>> {
  const marked = new Set<RepoPath>();
  for (const { pair, a, b } of judgements) {
    const { merged } = known.of(pair);
    for (const [path, entry] of [
      [pair.a, a],
      [pair.b, b],
    ] as const) {
      if (!merged || path === null || stateOf(entry) === merged.source || stateOf(entry) === merged.copy) continue;
      const content = await readContent(place, path, entry);
      if (content && MARKER.test(content.toString('latin1'))) marked.add(path);
    }
  }
  return marked;
}

/** The merges of what a plain copy would not resolve: of each finding, or of a group as a whole. Found by the first finding. */
export async function readMergeOf(
  place: Workplace,
  ground: Ground,
  groups: readonly Group[],
  what: 'apart' | 'whole' = 'apart',
): Promise<(group: Group) => Merge | undefined> {
  const { provenances } = ground.evidence;
  const merges = new Map<Judgement, Merge>();
  for (const group of groups) {
    if (what === 'whole') {
      const merge = await readMerge(place, ground.index, group, provenances);
      if (merge) merges.set(group.meant[0] as Judgement, merge);
      continue;
    }
    if (deletedIn(ground, group) !== undefined) continue;
    const { refusals } = planFix(ground, group);
    const refused = new Set(refusals.map(({ path }) => path));
    const open = group.meant.filter(({ pair }) => pathsOf(pair).some((path) => refused.has(path)));
    for (const finding of open.slice(0, MOST_MERGES)) {
      const merge = await readMerge(place, ground.index, { ...group, meant: [finding] }, provenances);
      if (merge) merges.set(finding, merge);
    }
  }
  return ({ meant }) => merges.get(meant[0] as Judgement);
}

/** As many as are offered one by one. */
const MOST_MERGES = 3;

/** @throws Fault `git` where a content differs that git filters differently on the two sides: only then is that asked. */
export async function requireComparable(
  { repository }: Workplace,
  { result }: Span,
  judgements: readonly Judgement[],
  attributes: Writes,
): Promise<void> {
  const ends = judgements.flatMap(({ pair, reason }): Ends[] => {
    // What is outside has no attributes of its own: it is read under its partner's.
    const [a, b, ...others] = pathsOf(pair).filter((path) => !isOutside(path));
    return reason === 'content' && a !== undefined && b !== undefined && others.length === 0 ? [[a, b]] : [];
  });
  await requireSameFilters(repository, ends, attributes, result);
}
