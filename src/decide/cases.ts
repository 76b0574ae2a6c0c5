// Findings as a person meets them: one case per connected component, why it is out of sync, and what can be done about it.

import type { Component } from '../drift/component.js';
import type { Provenances } from '../drift/history.js';
import { isFinding, type Judgement } from '../drift/types.js';
import type { RepoPath } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import type { PairIndex, Side } from '../pairs/types.js';
import { sameEntry } from '../snapshot/entry.js';
import type { Touch } from '../snapshot/touch.js';
import { historyGuard } from './guard.js';
import { type Merge, planMerge } from './merge.js';
import { deletedSide, type Plan, planDelete, planFix, planRestore, planTake, type Touches } from './plan.js';
import { buildWalks, type Walk } from './walk.js';

type CaseKind =
  | 'source-staged'
  | 'copy-staged'
  | 'both-staged'
  | 'neither-staged'
  | 'copy-missing'
  | 'source-missing'
  | 'source-deleted'
  | 'copy-deleted'
  | 'renamed'
  | 'name-taken';

/** A file whose content can be carried to all others. */
interface Taking {
  readonly path: RepoPath;
  /** The letter that the manifest gives it in the finding. */
  readonly side: Side;
  readonly plan: Plan;
}

export interface Case {
  readonly kind: CaseKind;
  readonly findings: readonly Judgement[];
  /** What a fix copies from, or what was deleted. */
  readonly source: RepoPath;
  /** The files that do not match it. */
  readonly copies: readonly RepoPath[];
  /** For a rename: the old name. */
  readonly renamedFrom?: RepoPath;
  /** For a rename on the side that a fix does not copy from: that side. */
  readonly renamedSide?: Side;
  /** Files of the component that the index changes against HEAD. */
  readonly staged: readonly RepoPath[];
  /** Files of the component with unstaged edits. */
  readonly edited: readonly RepoPath[];
  /** True if the working tree already holds what a fix would stage. */
  readonly fixedInWorktree: boolean;
  /** What history tells about the findings. */
  readonly provenances: Provenances;
  /** Offered: each destroys nothing. */
  readonly fix?: Plan;
  /** The fix as far as history proves that it loses nothing. */
  readonly safe: Plan;
  readonly takes: readonly Taking[];
  /** Where both have changed: git's merge of the two, which is clean. */
  readonly merge?: Plan;
  readonly deletion?: Plan;
  readonly restoration?: Plan;
  /** The way through the submodules that keep the fix from being staged. */
  readonly walks: readonly Walk[];
}

/** What is known besides the findings themselves. */
export interface Known {
  readonly touches: Touches;
  readonly provenances: Provenances;
  /** The merges that git can make of what is staged. */
  readonly merges: ReadonlyMap<Component, Merge>;
  /** A hook offers whatever destroys nothing now; elsewhere a fix is offered that history allows. */
  readonly asks: 'hook' | 'command';
}

/** Pure: what each component comes to. */
export function buildCases(index: PairIndex, components: readonly Component[], known: Known): readonly Case[] {
  const cases = components.map((component) => buildCase(index, component, known));
  return joinRenames(cases, known.touches);
}

function endsOf(
  index: PairIndex,
  finding: Judgement,
): { source: RepoPath | null; target: RepoPath | null; side: Side } {
  const { a, b } = finding.pair;
  const forward = index.fixDirection === 'live_to_submodule';
  return forward ? { source: a, target: b, side: 'b' } : { source: b, target: a, side: 'a' };
}

function buildCase(index: PairIndex, component: Component, known: Known): Case {
  const { touches, provenances } = known;
  const findings = component.judgements.filter(isFinding);
  const first = findings[0] as Judgement;
  const deleted = findings.map((finding) => deletedSide(finding, touches)).find((path) => path !== undefined);
  const ends = findings.map((finding) => endsOf(index, finding));
  const source = deleted ?? ends.find((end) => end.source !== null)?.source ?? (ends[0]?.target as RepoPath);
  const others = ends.flatMap((end) => [end.source, end.target]).filter((path) => path !== null && path !== source);
  const copies = [...new Set(others as RepoPath[])];
  // The command that is printed names the source.
  const names = (path: RepoPath) => path === source || (isOutside(source) && copies.includes(path));
  const guard = historyGuard(component, provenances, touches, names);
  const fix = planFix(index, component, touches, known.asks === 'hook' ? undefined : guard);
  const safe = planFix(
    index,
    component,
    touches,
    historyGuard(component, provenances, touches, () => false),
  );
  const edited = [...component.paths].filter((path) => hasUnstaged(touches.get(path)));
  const kind = kindOf(index, first, deleted, touches);
  const staged = [...component.paths].filter((path) => isStaged(path, touches));
  const fixedInWorktree = holdsFix(fix, touches);
  const common = { kind, findings, source, copies, staged, edited, fixedInWorktree, provenances, safe };
  if (deleted !== undefined) {
    const deletion = planDelete(component, deleted, touches);
    return {
      ...common,
      takes: [],
      walks: buildWalks(deletion, touches),
      ...offered('deletion', deletion),
      ...offered('restoration', planRestore(component, deleted, touches)),
    };
  }
  const takes = buildTakes(index, component, findings, touches);
  const merge = known.merges.get(component);
  const merged = merge ? planMerge(index, component, merge, { kind: 'staged', touches, guard }) : NOTHING;
  const walks = buildWalks(fix, touches);
  return { ...common, ...offered('fix', fix), ...offered('merge', merged), takes, walks };
}

const NOTHING: Plan = { steps: [], refusals: [] };

function offered<Name extends string>(name: Name, plan: Plan): { [Key in Name]?: Plan } {
  const possible = plan.steps.length > 0 && plan.refusals.length === 0;
  return (possible ? { [name]: plan } : {}) as { [Key in Name]?: Plan };
}

function hasUnstaged(touch: Touch | undefined): boolean {
  if (!touch || touch.worktree.kind === 'absent') return false;
  return touch.obstacle === undefined && !sameEntry(touch.worktree, touch.index);
}

function holdsFix(fix: Plan, touches: Touches): boolean {
  const held = fix.steps.every(({ path, entry }) => {
    const touch = touches.get(path);
    return touch !== undefined && sameEntry(touch.worktree, entry);
  });
  return fix.steps.length > 0 && held;
}

function isStaged(path: RepoPath | null, touches: Touches): boolean {
  const touch = path === null ? undefined : touches.get(path);
  return touch !== undefined && !sameEntry(touch.index, touch.head);
}

function kindOf(index: PairIndex, finding: Judgement, deleted: RepoPath | undefined, touches: Touches): CaseKind {
  const { source, target } = endsOf(index, finding);
  if (source === null || target === null) return 'name-taken';
  if (deleted !== undefined) return deleted === source ? 'source-deleted' : 'copy-deleted';
  if (finding.status !== 'DRIFT') {
    const gone = finding.status === 'MISSING_A' ? finding.pair.a : finding.pair.b;
    return gone === source ? 'source-missing' : 'copy-missing';
  }
  const [sourceStaged, targetStaged] = [isStaged(source, touches), isStaged(target, touches)];
  if (sourceStaged && targetStaged) return 'both-staged';
  if (sourceStaged) return 'source-staged';
  return targetStaged ? 'copy-staged' : 'neither-staged';
}

/** The files that a person may have meant: those that were worked on; else the one opposite the source. */
function buildTakes(
  index: PairIndex,
  component: Component,
  findings: readonly Judgement[],
  touches: Touches,
): readonly Taking[] {
  const candidates = findings.flatMap((finding) => {
    const { target, side } = endsOf(index, finding);
    return target !== null && touches.get(target)?.index.kind !== 'absent' ? [{ path: target, side }] : [];
  });
  const worked = candidates.filter(({ path }) => isStaged(path, touches));
  const meant = worked.length > 0 ? worked : candidates.slice(0, 1);
  const unique = [...new Map(meant.map((each) => [each.path, each])).values()];
  const takings = unique.map((each) => ({ ...each, plan: planTake(index, component, each.path, touches) }));
  return takings.filter(({ plan }) => plan.steps.length > 0 && plan.refusals.length === 0);
}

/** A deletion and a new file of the same content, under the same side of one rule, are one rename. */
function joinRenames(cases: readonly Case[], touches: Touches): readonly Case[] {
  const joined = new Set<Case>();
  const result: Case[] = [];
  for (const old of cases) {
    const added =
      old.kind === 'source-deleted' || old.kind === 'copy-deleted' ? findRename(old, cases, touches) : undefined;
    if (!added || joined.has(added)) continue;
    joined.add(old).add(added);
    result.push(joinCase(old, added));
  }
  return [...cases.filter((each) => !joined.has(each)), ...result];
}

function findRename(old: Case, cases: readonly Case[], touches: Touches): Case | undefined {
  const before = touches.get(old.source)?.head;
  const rules = new Set(old.findings.map(({ pair }) => pair.rule));
  return cases.find(({ kind, findings }) => {
    const first = findings[0];
    if ((kind !== 'copy-missing' && kind !== 'source-missing') || !first || !rules.has(first.pair.rule)) return false;
    const sameSide = (first.status === 'MISSING_A') === (old.findings[0]?.status === 'MISSING_B');
    const present = first.status === 'MISSING_A' ? first.b : first.a;
    return sameSide && before !== undefined && sameEntry(before, present);
  });
}

function joinCase(old: Case, added: Case): Case {
  const way = added.fix ?? added.takes[0]?.plan;
  const fix = old.deletion && way && { steps: [...old.deletion.steps, ...way.steps], refusals: [] };
  const present = added.kind === 'source-missing' ? (added.copies[0] ?? added.source) : added.source;
  const side = added.fix ? undefined : added.takes[0]?.side;
  return {
    kind: 'renamed',
    findings: [...old.findings, ...added.findings],
    source: present,
    renamedFrom: old.source,
    ...(side && { renamedSide: side }),
    copies: old.copies,
    staged: [...old.staged, ...added.staged],
    edited: [...old.edited, ...added.edited],
    fixedInWorktree: false,
    provenances: old.provenances,
    safe: NOTHING,
    takes: [],
    walks: [...old.walks, ...added.walks],
    ...(fix && { fix }),
  };
}
