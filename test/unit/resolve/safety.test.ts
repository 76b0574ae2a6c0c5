// The decision table: state of the copy × state of the source × what is beside it -> may the copy
// be replaced?

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Entry } from '../../../src/git/entry.js';
import type { RepoPath } from '../../../src/git/path.js';
import type { Provenance } from '../../../src/history/types.js';
import type { Verdict } from '../../../src/judge/types.js';
import { type KnownPair, stateOf } from '../../../src/resolve/known.js';
import { lossIn } from '../../../src/resolve/safety.js';
import { identityOf } from '../../../src/rules/identity.js';
import type { FilePair } from '../../../src/rules/types.js';
import type { PathStatus } from '../../../src/snapshot/path-status.js';
import { entryFrom } from '../../support/entries.js';

const test = suite('the one rule of every fix');

interface Row {
  /** The judged content. */
  readonly source: string;
  readonly copy: string;
  readonly history:
    | 'copy behind'
    | 'copy behind, not lossless'
    | 'source behind'
    | 'copy deleted'
    | 'diverged'
    | 'unknown';
  /** HEAD, index and working file of the copy; as judged if missing. */
  readonly beside?: readonly [head: string, index: string, worktree: string];
  /** The source's earlier contents. */
  readonly past?: readonly string[];
  readonly known?: Partial<{
    equal: readonly string[];
    merged: readonly [source: string, copy: string, marked: string];
  }>;
  readonly agreed?: true;
  readonly skipsWorktree?: true;
  readonly why?: string;
}

const pair = {
  rule: { id: 0 },
  a: 'source' as RepoPath,
  b: 'copy' as RepoPath,
} as unknown as FilePair;

function provenanceOf({ history, past = [] }: Row): Provenance {
  const held: Provenance['held'] = (side, which) =>
    side === 'a' && past.some((text) => stateOf(entryFrom(text)) === stateOf(which));
  const told = { moves: {}, held };
  switch (history) {
    case 'copy behind':
      return { ...told, verdict: 'behind', stale: 'b', basis: 'moved', lossless: true };
    case 'copy behind, not lossless':
      return { ...told, verdict: 'behind', stale: 'b', basis: 'never-copied', lossless: false };
    case 'source behind':
      return { ...told, verdict: 'behind', stale: 'a', basis: 'moved', lossless: true };
    case 'copy deleted':
      return { ...told, verdict: 'behind', stale: 'a', basis: 'deleted', lossless: false };
    case 'diverged':
      return { ...told, verdict: 'diverged' };
    case 'unknown':
      return { ...told, verdict: 'unknown' };
  }
}

function loss(row: Row): string {
  const [head, index, worktree] = (row.beside ?? [row.copy, row.copy, row.copy]).map(entryFrom) as [
    Entry,
    Entry,
    Entry,
  ];
  const ofCopy: PathStatus = { head, index, worktree, skipsWorktree: row.skipsWorktree ?? false, obstacle: undefined };
  const judged = { ...pair, ...(row.agreed && { exception: { reason: 'a title' } }) } as FilePair;
  const [a, b] = [entryFrom(row.source), entryFrom(row.copy)];
  const status = b.kind === 'absent' ? 'MISSING_B' : stateOf(a) === stateOf(b) ? 'SYNCED' : 'DRIFT';
  const verdict: Verdict = { pair: judged, status, a, b };
  const { equal = [], merged } = row.known ?? {};
  const left = merged?.map((text) => stateOf(entryFrom(text)));
  const known: KnownPair = {
    equal: equal.map((text) => stateOf(entryFrom(text))),
    ...(left && { merged: { source: left[0] as string, copy: left[1] as string, marked: left[2] as string } }),
  };
  const evidence = {
    statuses: new Map([['copy' as RepoPath, ofCopy]]),
    provenances: new Map([[identityOf(judged), provenanceOf(row)]]),
    known: { of: () => known },
    marked: new Set<RepoPath>(),
    carrying: { texts: new Map(), agreed: new Map() },
  };
  return lossIn(evidence, verdict, 'b', a) ?? 'safe';
}

const TABLE: readonly (readonly [outcome: string, row: Row])[] = [
  // The judged content: by history.
  ['safe', { source: '2', copy: '1', history: 'copy behind' }],
  ['unknown', { source: '2', copy: '1', history: 'copy behind, not lossless' }],
  ['ahead', { source: '1', copy: '2', history: 'source behind' }],
  ['diverged', { source: '2', copy: '3', history: 'diverged' }],
  ['unknown', { source: '2', copy: '3', history: 'unknown' }],
  ['safe', { source: '2', copy: '-', history: 'copy behind' }],
  ['safe', { source: '2', copy: '-', history: 'unknown', why: 'where there is nothing, nothing is lost' }],
  ['deleted', { source: '2', copy: '-', history: 'copy deleted' }],
  ['deleted', { source: '2', copy: '-', history: 'diverged' }],
  ['safe', { source: '2', copy: '2', history: 'unknown', why: 'it is equal already' }],
  // An accepted difference is never copied over.
  ['agreed', { source: '2', copy: '1', history: 'copy behind', agreed: true }],
  // Recorded common contents, and contents that a fix has copied.
  ['safe', { source: '3', copy: '2', history: 'diverged', known: { equal: ['2'] } }],
  ['safe', { source: '3', copy: '2', history: 'unknown', known: { equal: ['2'] } }],
  ['safe', { source: '4', copy: '2', history: 'diverged', known: { equal: ['3', '2'] } }],
  [
    'diverged',
    { source: '3', copy: '2', history: 'diverged', known: { equal: ['3', '2'] }, why: 'the copy went back' },
  ],
  ['diverged', { source: '3', copy: 'x', history: 'diverged', known: { equal: ['2'] } }],
  ['ahead', { source: '1', copy: '2', history: 'source behind', known: { equal: ['2'] }, why: 'it was committed' }],
  ['safe', { source: '1', copy: '2', history: 'source behind', known: { equal: ['2'] }, beside: ['1', '1', '2'] }],
  // A merge whose conflicts the user has resolved in the source.
  ['safe', { source: 'r', copy: 'c', history: 'diverged', known: { merged: ['s', 'c', 'm'] } }],
  ['diverged', { source: 'm', copy: 'c', history: 'diverged', known: { merged: ['s', 'c', 'm'] }, why: 'markers' }],
  ['diverged', { source: 's', copy: 'c', history: 'diverged', known: { merged: ['s', 'c', 'm'] }, why: 'given up' }],
  ['diverged', { source: 'r', copy: 'd', history: 'diverged', known: { merged: ['s', 'c', 'm'] }, why: 'moved on' }],
  // Content beside the judged one: the working file if the index is written.
  ['edited', { source: '2', copy: '1', history: 'copy behind', beside: ['1', '1', 'x'] }],
  ['safe', { source: '2', copy: '1', history: 'copy behind', beside: ['1', '1', '2'], why: 'it holds the fix' }],
  ['safe', { source: '3', copy: '1', history: 'copy behind', beside: ['1', '1', '2'], past: ['2'] }],
  ['safe', { source: '3', copy: '1', history: 'copy behind', beside: ['1', '1', '2'], known: { equal: ['2', '1'] } }],
  ['edited', { source: '2', copy: '1', history: 'copy behind', beside: ['1', '1', '+1'], why: 'its bit is an edit' }],
  ['deleted', { source: '2', copy: '1', history: 'copy behind', beside: ['1', '1', '-'] }],
  ['safe', { source: '2', copy: '1', history: 'copy behind', beside: ['1', '1', '-'], skipsWorktree: true }],
  // The index entry if the working tree is written.
  [
    'edited',
    { source: '3', copy: '1', history: 'copy behind', beside: ['1', 'x', '1'], why: 'something else is staged' },
  ],
  ['safe', { source: '3', copy: '2', history: 'copy behind', beside: ['1', '1', '2'], why: 'HEAD has it' }],
  [
    'safe',
    { source: '2', copy: '1', history: 'copy behind', beside: ['-', '-', '1'], why: 'untracked, once the source' },
  ],
  ['unknown', { source: '2', copy: 'x', history: 'unknown', beside: ['-', '-', 'x'], why: 'untracked' }],
  [
    'edited',
    { source: '2', copy: '-', history: 'copy behind', beside: ['-', '-', 'x'], why: 'untracked or intent-to-add' },
  ],
  ['safe', { source: '2', copy: '-', history: 'copy behind', beside: ['-', '-', '2'], why: 'untracked and equal' }],
];

for (const [outcome, row] of TABLE) {
  const { why, ...rest } = row;
  test(`${outcome}: ${JSON.stringify(rest)}${why ? ` (${why})` : ''}`, () => assert.is(loss(row), outcome));
}

test.run();
