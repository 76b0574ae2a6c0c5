// From verdicts to findings: their groups, the status of each file, and the ways to resolve them.

import type { Entry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { HOOK_LIMIT, readStaleReport, type StaleOptions } from '../history/read-stale.js';
import { judgeWithEmpty } from '../judge/judge-pairs.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { identityOf, pathsOf } from '../rules/identity.js';
import type { Rules } from '../rules/types.js';
import { readContent } from '../snapshot/content.js';
import { type Ends, requireSameFilters } from '../snapshot/filters.js';
import { readStatuses, type Writes } from '../snapshot/path-status.js';
import type { Change } from '../snapshot/select.js';
import { buildFindings } from './build-findings.js';
import type { Carrying } from './carry-text.js';
import { type Component, readComponents } from './component.js';
import type { Finding } from './findings.js';
import { type KnownContents, stateOf } from './known.js';
import type { Merge } from './merge.js';
import { contentsOf, type Ground, planFix } from './plan.js';
import { readMerge } from './read-merge.js';
import { readCarrying } from './read-texts.js';
import type { Group, PathStatuses } from './types.js';
import { deletedIn } from './ways.js';

/** A state with its rules. */
export interface Judged {
  readonly rules: Rules;
  readonly change: Change;
}

/** What a fix would write, and the limit for reading history. */
export interface Reading {
  readonly writes: Writes;
  readonly inHook: boolean;
  /** Recorded contents that pairs had in common. */
  readonly known: KnownContents;
  /** Also outside the repository, with the user's consent. */
  readonly outside?: true;
  /** The environment of a merge's hook. */
  readonly environment?: NodeJS.ProcessEnv;
  /** The plan is carried out, not only shown. */
  readonly carriedOut?: true;
}

/** Groups of verdicts, and everything that a plan needs about them. */
export interface Resolvable {
  readonly groups: readonly Group[];
  readonly ground: Ground;
  /** The warnings if history could not be read. */
  readonly trouble: readonly string[];
}

export interface Findings {
  readonly findings: readonly Finding[];
  readonly statuses: PathStatuses;
  readonly carrying: Carrying;
  readonly trouble: readonly string[];
}

/** The groups of these verdicts. Reads history, and the index and working tree of their files. */
export async function readGroups(
  place: Workplace,
  { rules, change }: Judged,
  outOfSync: readonly Verdict[],
  { writes, inHook, known, outside, environment, carriedOut }: Reading,
): Promise<Resolvable> {
  const judge = (pairs: Parameters<typeof judgeWithEmpty>[2]) => judgeWithEmpty(rules, change, pairs);
  const components = await readComponents(rules, change, judge, outOfSync);
  const paths = new Set(components.flatMap((component) => [...component.paths]));
  const writable = outside ? writableOutside(change, components) : undefined;
  const statuses = await readStatuses(place, change.after, [...paths], writes, writable);
  const verdicts = components.flatMap((component) => component.verdicts);
  const request: StaleOptions = {
    judged: writes,
    ...(inHook && { limit: HOOK_LIMIT }),
    ...(environment && { environment }),
    ...(carriedOut && { carriedOut }),
  };
  const { provenances, trouble } = await readStaleReport(place, change, verdicts, request);
  const marked = await readMarked(place, verdicts, known);
  const carrying = await readCarrying(place, change.after, verdicts, { statuses, provenances });
  const ground = { rules, evidence: { statuses, provenances, known, marked, carrying }, writes };
  return { groups: groupsOf(components, outOfSync), ground, trouble };
}

/** The findings of these verdicts, with every way to resolve them. */
export async function readFindings(
  place: Workplace,
  judged: Judged,
  verdicts: readonly Verdict[],
  reading: Reading,
): Promise<Findings> {
  const outOfSync = verdicts.filter(isOutOfSync);
  const { groups, ground, trouble } = await readGroups(place, judged, outOfSync, reading);
  const mergeOf = await readMergeOf(place, ground, groups);
  const { statuses, carrying } = ground.evidence;
  return { findings: buildFindings(ground, groups, mergeOf), statuses, carrying, trouble };
}

/** The verdicts as their component has them, which was judged again. */
function groupsOf(components: readonly Component[], verdicts: readonly Verdict[]): readonly Group[] {
  const meant = new Set(verdicts.map(({ pair }) => identityOf(pair)));
  return components.map((component) => ({
    component,
    meant: component.verdicts.filter((each) => isOutOfSync(each) && meant.has(identityOf(each.pair))),
  }));
}

/** The outside places that a fix may write; the user has consented to writing in general. */
function writableOutside({ after }: Change, components: readonly Component[]): ReadonlyMap<RepoPath, Entry> {
  const contents = components.flatMap((component) => [...contentsOf(component)]);
  return new Map(contents.filter(([path]) => isOutside(path) && after.outside?.placeToWrite(path) !== undefined));
}

/** A line that only a merge conflict writes. */
const MARKER = /^<{7} |^>{7} /m;

export function hasMarkers(content: Buffer): boolean {
  return MARKER.test(content.toString('latin1'));
}

/** The files that still have conflict markers from dos-sync's merge. */
async function readMarked(
  place: Workplace,
  verdicts: readonly Verdict[],
  known: KnownContents,
): Promise<ReadonlySet<RepoPath>> {
  const marked = new Set<RepoPath>();
  for (const { pair, a, b } of verdicts) {
    const { merged } = known.of(pair);
    for (const [path, entry] of [
      [pair.a, a],
      [pair.b, b],
    ] as const) {
      if (!merged || path === null || stateOf(entry) === merged.source || stateOf(entry) === merged.copy) continue;
      const content = await readContent(place, path, entry);
      if (content && hasMarkers(content)) marked.add(path);
    }
  }
  return marked;
}

/**
 * The merges for findings that a plain copy does not resolve: of each verdict, or of a group. Keyed
 * by the first verdict.
 */
export async function readMergeOf(
  place: Workplace,
  ground: Ground,
  groups: readonly Group[],
  what: 'apart' | 'whole' = 'apart',
): Promise<(group: Group) => Merge | undefined> {
  const merges = new Map<Verdict, Merge>();
  for (const group of groups) {
    if (what === 'whole') {
      const merge = await readMerge(place, ground, group);
      if (merge) merges.set(group.meant[0] as Verdict, merge);
      continue;
    }
    if (deletedIn(ground, group) !== undefined) continue;
    const { refusals } = planFix(ground, group);
    const refused = new Set(refusals.map(({ path }) => path));
    const open = group.meant.filter(({ pair }) => pathsOf(pair).some((path) => refused.has(path)));
    for (const verdict of open.slice(0, MOST_MERGES)) {
      const merge = await readMerge(place, ground, { ...group, meant: [verdict] });
      if (merge) merges.set(verdict, merge);
    }
  }
  return ({ meant }) => merges.get(meant[0] as Verdict);
}

/** The number of merges that are offered one by one. */
const MOST_MERGES = 3;

/**
 * @throws Fault `git` if contents differ and the two sides have different git filters; read only in
 * that case.
 */
export async function requireComparable(
  { repository }: Workplace,
  { after }: Change,
  verdicts: readonly Verdict[],
  attributes: Writes,
): Promise<void> {
  const ends = verdicts.flatMap(({ pair, reason }): Ends[] => {
    // An outside file has no attributes; its partner's apply.
    const [a, b, ...others] = pathsOf(pair).filter((path) => !isOutside(path));
    return reason === 'content' && a !== undefined && b !== undefined && others.length === 0 ? [[a, b]] : [];
  });
  await requireSameFilters(repository, ends, attributes, after);
}
