// Findings of states in memory: HEAD, the index, the working tree, and a history.

import { ABSENT } from '../../src/git/entry.js';
import type { Oid } from '../../src/git/oid.js';
import type { RepoPath } from '../../src/git/path.js';
import type { Happening, Provenance } from '../../src/history/types.js';
import { check, judgeWithEmpty } from '../../src/judge/judge-pairs.js';
import { isOutOfSync } from '../../src/judge/types.js';
import { buildFindings } from '../../src/resolve/build-findings.js';
import { readComponents } from '../../src/resolve/component.js';
import type { Finding } from '../../src/resolve/findings.js';
import type { Merge } from '../../src/resolve/merge.js';
import { identityOf } from '../../src/rules/identity.js';
import type { PathStatus, Writes } from '../../src/snapshot/path-status.js';
import { entryFrom } from './entries.js';
import { type Files, rulesOf, snapshotOf } from './states.js';

export const oidOf = (text: string): Oid => text.padEnd(40, '0') as Oid;

/** A commit of Ann's on 2023-11-14. */
export const COMMIT: Happening = { kind: 'commit', oid: oidOf('c'), author: 'Ann', time: 1_700_000_000 };

export const BEHIND: Provenance = { verdict: 'behind', stale: 'b', basis: 'moved', lossless: true, moves: {} };
export const DIVERGED = { verdict: 'diverged', moves: {} } as const satisfies Provenance;
export const UNKNOWN: Provenance = { verdict: 'unknown', moves: {} };

export interface RepoState {
  readonly manifest: object;
  readonly head: Files;
  readonly staged: Files;
  /** As staged if missing. */
  readonly worktree?: Files;
  /** The history of every pair; BEHIND if missing. */
  readonly history?: Provenance;
  /** What else is known of some paths. */
  readonly special?: Readonly<Record<string, Partial<PathStatus>>>;
  readonly marked?: readonly string[];
  readonly merge?: Merge;
  readonly writes?: Writes;
}

/** The findings of the staged state. */
export async function findingsOf(state: RepoState): Promise<readonly Finding[]> {
  const { manifest, head, staged, worktree = staged, history = BEHIND, special = {}, marked = [], merge } = state;
  const rules = rulesOf(manifest);
  const change = { after: snapshotOf(staged) };
  const outOfSync = (await check(rules, change)).filter(isOutOfSync);
  const components = await readComponents(rules, change, (pairs) => judgeWithEmpty(rules, change, pairs), outOfSync);
  const known = new Set(outOfSync.map(({ pair }) => identityOf(pair)));
  const paths = components.flatMap((component) => [...component.paths]);
  const at = (files: Files, path: string) => (files[path] === undefined ? ABSENT : entryFrom(files[path]));
  const statusOf = (path: RepoPath): PathStatus => ({
    head: at(head, path),
    index: at(staged, path),
    worktree: at(worktree, path),
    skipsWorktree: false,
    obstacle: undefined,
    ...special[path],
  });
  const verdicts = components.flatMap((component) => component.verdicts);
  const evidence = {
    statuses: new Map(paths.map((path) => [path, statusOf(path)])),
    provenances: new Map(verdicts.map(({ pair }) => [identityOf(pair), history])),
    known: { of: () => ({ equal: [] }) },
    marked: new Set(marked as readonly RepoPath[]),
    carrying: { texts: new Map(), agreed: new Map() },
  };
  const groups = components.map((component) => ({
    component,
    meant: component.verdicts.filter((each) => isOutOfSync(each) && known.has(identityOf(each.pair))),
  }));
  return buildFindings({ rules, evidence, writes: state.writes ?? 'index' }, groups, () => merge);
}
