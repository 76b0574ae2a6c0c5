// From verdicts to findings: the groups around them, what is known of each of their files, and the
// ways that lead on.

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
import { type Component, readComponents } from './component.js';
import type { Finding } from './findings.js';
import { type KnownContents, stateOf } from './known.js';
import type { Merge } from './merge.js';
import { contentsOf, type Ground, planFix } from './plan.js';
import { readMerge } from './read-merge.js';
import type { Group, PathStatuses } from './types.js';
import { deletedIn } from './ways.js';

/** A state with its rules. */
export interface Judged {
  readonly rules: Rules;
  readonly change: Change;
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

/** Groups of verdicts, and all that a plan needs to know of them. */
export interface Resolvable {
  readonly groups: readonly Group[];
  readonly ground: Ground;
  /** What to say where the history could not be read. */
  readonly trouble: readonly string[];
}

export interface Findings {
  readonly findings: readonly Finding[];
  readonly statuses: PathStatuses;
  readonly trouble: readonly string[];
}

/** The groups of these verdicts. Reads history, and the index and the working tree of the files
 * that are concerned. */
export async function readGroups(
  place: Workplace,
  { rules, change }: Judged,
  outOfSync: readonly Verdict[],
  { writes, inHook, known, outside, environment }: Reading,
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
  };
  const { provenances, trouble } = await readStaleReport(place, change, verdicts, request);
  const marked = await readMarked(place, verdicts, known);
  const ground = { rules, evidence: { statuses, provenances, known, marked }, writes };
  return { groups: components.map((component) => groupOf(component, outOfSync)), ground, trouble };
}

/** The findings of these verdicts, with every way that leads on. */
export async function readFindings(
  place: Workplace,
  judged: Judged,
  verdicts: readonly Verdict[],
  reading: Reading,
): Promise<Findings> {
  const outOfSync = verdicts.filter(isOutOfSync);
  const { groups, ground, trouble } = await readGroups(place, judged, outOfSync, reading);
  const mergeOf = await readMergeOf(place, ground, groups);
  return { findings: buildFindings(ground, groups, mergeOf), statuses: ground.evidence.statuses, trouble };
}

/** The verdicts as the component has them, which is judged anew. */
function groupOf(component: Component, verdicts: readonly Verdict[]): Group {
  const meant = new Set(verdicts.map(({ pair }) => identityOf(pair)));
  return {
    component,
    meant: component.verdicts.filter((each) => isOutOfSync(each) && meant.has(identityOf(each.pair))),
  };
}

/** What is outside where a fix may write; the user has agreed to that in general. */
function writableOutside({ after }: Change, components: readonly Component[]): ReadonlyMap<RepoPath, Entry> {
  const contents = components.flatMap((component) => [...contentsOf(component)]);
  return new Map(contents.filter(([path]) => isOutside(path) && after.outside?.placeToWrite(path) !== undefined));
}

/** A line that only a merge leaves. */
const MARKER = /^<{7} |^>{7} /m;

/** The files that still hold the conflict markers of a merge that dos-sync has written. */
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
      if (content && MARKER.test(content.toString('latin1'))) marked.add(path);
    }
  }
  return marked;
}

/** The merges of what a plain copy would not resolve: of each verdict, or of a group as a whole.
 * Found by the first verdict. */
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

/** As many as are offered one by one. */
const MOST_MERGES = 3;

/** @throws Fault `git` where a content differs that git filters differently on the two sides: only
 * then is that asked. */
export async function requireComparable(
  { repository }: Workplace,
  { after }: Change,
  verdicts: readonly Verdict[],
  attributes: Writes,
): Promise<void> {
  const ends = verdicts.flatMap(({ pair, reason }): Ends[] => {
    // What is outside has no attributes of its own: it is read under its partner's.
    const [a, b, ...others] = pathsOf(pair).filter((path) => !isOutside(path));
    return reason === 'content' && a !== undefined && b !== undefined && others.length === 0 ? [[a, b]] : [];
  });
  await requireSameFilters(repository, ends, attributes, after);
}
