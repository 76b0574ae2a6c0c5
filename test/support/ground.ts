// The input of plans, from short texts: no git, no disk.

import type { RepoPath } from '../../src/git/path.js';
import type { Provenance } from '../../src/history/types.js';
import { isOutOfSync, type Verdict } from '../../src/judge/types.js';
import { sidesOf } from '../../src/manifest/direction.js';
import type { FixDirection, Side } from '../../src/manifest/types.js';
import type { Ground } from '../../src/resolve/plan.js';
import type { Group, Plan } from '../../src/resolve/types.js';
import { identityOf, pathsOf } from '../../src/rules/identity.js';
import type { PathStatus } from '../../src/snapshot/path-status.js';
import { entryFrom, shortOf } from './entries.js';
import { judgeAll, rulesOf } from './states.js';

/** What history says about a pair; `copy` and `source` as the direction has them. */
type HistoryOfPair = 'copy behind' | 'source behind' | 'copy deleted' | 'diverged' | 'unknown';

export interface Scene {
  /** Each `source > copy`. The direction is a to b, or b to a. */
  readonly pairs: readonly string[];
  readonly direction?: FixDirection;
  /** By path: the entry, or `HEAD index worktree`; see entryFrom. */
  readonly files: Readonly<Record<string, string>>;
  /** By copy; the copy is behind if it is missing. */
  readonly history?: Readonly<Record<string, HistoryOfPair>>;
  /** The copies whose pairs are meant; all that are out of sync if it is missing. */
  readonly meant?: readonly string[];
  readonly statuses?: Readonly<Record<string, Partial<PathStatus>>>;
  readonly marked?: readonly string[];
  readonly cleared?: readonly string[];
  readonly writes?: 'worktree';
  /** Copies that differ from what an exception accepted. */
  readonly lapsed?: readonly string[];
}

/** The judged pairs of the scene, as one group. */
export async function layGround(scene: Scene): Promise<{ ground: Ground; group: Group }> {
  const { writes = 'index', statuses = {}, history = {} } = scene;
  const manifest = manifestOf(scene);
  const rules = rulesOf(manifest);
  const stati = new Map<RepoPath, PathStatus>();
  const judged: Record<string, string> = {};
  for (const [path, text] of Object.entries(scene.files)) {
    const [head = '-', index = head, worktree = index] = text.split(' ');
    const given = { head: entryFrom(head), index: entryFrom(index), worktree: entryFrom(worktree) };
    stati.set(path as RepoPath, { ...given, skipsWorktree: false, obstacle: undefined, ...statuses[path] });
    const content = writes === 'index' ? index : worktree;
    if (content !== '-') judged[path] = content;
  }
  const verdicts = await judgeAll(manifest, judged, rules);
  const { source, copy } = sidesOf(scene.direction ?? 'live_to_submodule');
  const provenances = verdicts.map(({ pair }) => {
    return [identityOf(pair), provenanceFrom(history[pair[copy] ?? ''] ?? 'copy behind', source, copy)] as const;
  });
  const evidence = {
    statuses: stati,
    provenances: new Map(provenances),
    known: { of: () => ({ equal: [] }) },
    marked: new Set(scene.marked as readonly RepoPath[]),
    carrying: { texts: new Map(), agreed: new Map() },
  };
  const cleared = scene.cleared && new Set(scene.cleared as readonly RepoPath[]);
  const isMeant = ({ pair }: Verdict) => scene.meant === undefined || scene.meant.includes(pair[copy] ?? '');
  return {
    ground: { rules, evidence, writes, ...(cleared && { cleared }) },
    group: {
      component: { paths: new Set(verdicts.flatMap(({ pair }) => pathsOf(pair))), verdicts },
      meant: verdicts.filter((verdict) => isOutOfSync(verdict) && isMeant(verdict)),
    },
  };
}

function manifestOf({ pairs, direction = 'live_to_submodule', lapsed = [] }: Scene): object {
  const sides = pairs.map((text) => text.split(' > ') as [string, string]);
  const declared = sides.map(([source, copy]) => {
    return direction === 'live_to_submodule' ? { a: source, b: copy } : { a: copy, b: source };
  });
  const isLapsed = ({ a, b }: { a: string; b: string }) => lapsed.includes(a) || lapsed.includes(b);
  const at = [`100644 ${'8'.repeat(40)}`, `100644 ${'9'.repeat(40)}`];
  return {
    fix_direction: direction,
    pairs: declared.filter((each) => !isLapsed(each)),
    aliases: declared.filter(isLapsed).map((each) => ({ ...each, exception: 'a title', at })),
  };
}

function provenanceFrom(history: HistoryOfPair, source: Side, copy: Side): Provenance {
  const facts = { moves: {} };
  switch (history) {
    case 'copy behind':
      return { ...facts, verdict: 'behind', stale: copy, basis: 'moved', lossless: true };
    case 'source behind':
      return { ...facts, verdict: 'behind', stale: source, basis: 'moved', lossless: true };
    case 'copy deleted':
      return { ...facts, verdict: 'behind', stale: source, basis: 'deleted', lossless: false };
    default:
      return { ...facts, verdict: history };
  }
}

/** `copy: 1 -> 2 from source`, with what is discarded, or `copy: diverged`; separated by `; `. */
export function planText({ steps, refusals }: Plan): string {
  return [
    ...steps.map(({ path, from, before, entry, discards }) => {
      return `${path}: ${shortOf(before)} -> ${shortOf(entry)} from ${from}${discards ? ', discards' : ''}`;
    }),
    ...refusals.map(({ path, reason }) => `${path}: ${reason}`),
  ].join('; ');
}
