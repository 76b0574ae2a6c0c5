// The decision table: what both sides held, and what git answered -> which side is stale.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decideStale, type Questions } from '../../../src/history/decide-stale.js';
import type { PairHistory } from '../../../src/history/pair-history.js';
import type { Happening, Provenance } from '../../../src/history/types.js';
import type { Side } from '../../../src/manifest/types.js';
import { entryFrom } from '../../support/entries.js';
import { commitAt, pairHistoryFrom } from '../../support/pair-history.js';

const test = suite('which side is stale');

interface Row {
  /** The states `a/b`, oldest first; see pairHistoryFrom. */
  readonly line: string;
  /** In the form of {@link textOf}. */
  readonly expected: string;
  /** git's merge of the two over the base; by default it cannot be tried. */
  readonly merge?: 'equals a' | 'equals b' | 'clean' | 'conflict';
  /** The sides whose present content the other side had on a branch. */
  readonly branches?: readonly Side[];
  readonly smaller?: Side;
  readonly passedMerge?: boolean;
  readonly newest?: 'uncommitted';
  /** Why the walk ended before everything was known. */
  readonly ended?: 'bound' | 'cut' | 'shallow';
}

function historyOf({ line, passedMerge = false, newest, ended }: Row): PairHistory {
  const history = pairHistoryFrom(line, newest);
  history.passedMerge = passedMerge;
  history.cut = ended === 'cut';
  history.shallow = ended === 'shallow';
  return history;
}

/** `asked` gets the name of each question. */
function questionsOf({ merge, branches = [], smaller }: Row, asked: string[] = []): Questions {
  const merged = {
    'equals a': { clean: true, equals: 'a' },
    'equals b': { clean: true, equals: 'b' },
    clean: { clean: true },
    conflict: { clean: false },
  } as const;
  const answer = <T>(name: string, value: T): Promise<T> => Promise.resolve(asked.push(name)).then(() => value);
  return {
    merge: () => answer('merge', merge && merged[merge]),
    branches: () => answer('branches', branches),
    smaller: () => answer('smaller', smaller),
  };
}

function decide(row: Row, asked?: string[]): Promise<Provenance> {
  return decideStale(historyOf(row), questionsOf(row, asked), row.ended === 'bound' ? 100 : undefined);
}

/** `b behind: moved`, with what could be lost; `diverged from 1`, with git's merge; `unknown`. */
function textOf(provenance: Provenance): string {
  const base = provenance.base ? ` from ${provenance.base.kind} ${provenance.base.oid.replace(/0+$/, '')}` : '';
  switch (provenance.verdict) {
    case 'behind':
      return `${provenance.stale} behind: ${provenance.basis}${provenance.lossless ? '' : ', not lossless'}`;
    case 'diverged':
      return `diverged${base}${provenance.clean === undefined ? '' : provenance.clean ? ', clean' : ', conflict'}`;
    case 'unknown':
      return `unknown${provenance.smaller ? `, ${provenance.smaller} is smaller` : ''}`;
  }
}

/** Each row is also tested with the two sides exchanged. */
const BOTH_WAYS: Readonly<Record<string, Row>> = {
  // Both were equal once, and one side has changed.
  'only one side has changed': { line: '1/1 2/1', expected: 'b behind: moved' },
  'only one side has changed, several times': { line: '1/1 2/1 3/1', expected: 'b behind: moved' },
  'the other side went back to an older content': { line: '1/1 2/2 2/1', expected: 'a behind: moved' },
  'one side was edited and not committed': { line: '1/1 2/1', newest: 'uncommitted', expected: 'b behind: moved' },
  'the other side was deleted': { line: '1/1 1/-', expected: 'a behind: deleted, not lossless' },
  'the other side became a symlink': { line: '1/1 1/@1', expected: 'a behind: moved' },
  'both were symlinks, and one got another target': { line: '@1/@1 @2/@1', expected: 'b behind: moved' },
  'both were gitlinks, and one moved on': { line: '*1/*1 *2/*1', expected: 'b behind: moved' },
  'the other side was a symlink to this one, then a file of its own': { line: '1/> 1/2', expected: 'a behind: moved' },
  'this one changed after the other was a symlink to it': { line: '1/> 1/1 2/1', expected: 'b behind: moved' },
  'the other side was below a symlink to this one': { line: '1/^ 1/2', expected: 'a behind: moved' },

  'they were created equal, and one went back to a content that only the other side had': {
    line: '1/- 2/- 2/2 2/1',
    expected: 'a behind: moved',
  },
  'a deleted side came back with the last equal content': {
    line: '1/1 1/- 2/- 2/1',
    expected: 'b behind: moved',
  },
  'they became equal again, and one has changed since': { line: '1/1 2/1 2/2 2/3', expected: 'a behind: moved' },

  // Both were equal once, and both have changed.
  'both have changed': { line: '1/1 2/3', expected: 'diverged from file 1' },
  'both have changed, one after the other': { line: '1/1 2/1 2/3', expected: 'diverged from file 1' },
  'both have changed, and git can merge them': {
    line: '1/1 2/3',
    merge: 'clean',
    expected: 'diverged from file 1, clean',
  },
  'both have changed, and git cannot merge them': {
    line: '1/1 2/3',
    merge: 'conflict',
    expected: 'diverged from file 1, conflict',
  },
  'one side has changed, and the other was deleted': { line: '1/1 2/-', expected: 'diverged from file 1' },
  'one side took the edit of a side that was deleted since': {
    line: '1/1 1/2 1/- 2/-',
    expected: 'diverged from file 1',
  },
  'both were symlinks, and both have changed': { line: '@1/@1 @2/@3', expected: 'diverged from link 1' },
  'the last equal content is the base': { line: '1/1 2/1 2/2 3/4', expected: 'diverged from file 2' },

  // Both have changed, but one has no change that the other lacks.
  'the other side took an earlier edit': { line: '1/1 2/1 3/1 3/2', expected: 'b behind: partial-sync' },
  'the two exchanged their contents': { line: '1/1 2/3 3/2', expected: 'diverged from file 1' },
  'the other side went back to a content from before they were equal': {
    line: '3/- 1/1 2/3',
    expected: 'diverged from file 1',
  },
  'the merge of the two is this side': {
    line: '1/1 2/3',
    merge: 'equals a',
    expected: 'b behind: contained',
  },
  'this side had the other content on a merged branch': {
    line: '1/1 2/3',
    passedMerge: true,
    branches: ['b'],
    expected: 'b behind: merged-branch',
  },
  'each side had the other content on a merged branch': {
    line: '1/1 2/3',
    passedMerge: true,
    branches: ['a', 'b'],
    expected: 'diverged from file 1',
  },
  'no merge was passed, so no branch counts': { line: '1/1 2/3', branches: ['b'], expected: 'diverged from file 1' },
  'no commit has the last equal state, so no branch counts': {
    line: '1/1 2/3',
    newest: 'uncommitted',
    passedMerge: true,
    branches: ['b'],
    expected: 'diverged from file 1',
  },

  // They were never equal.
  'the other side was never created': { line: '1/-', expected: 'b behind: never-copied' },
  'the other side was never created, though this one has changed': {
    line: '1/- 2/-',
    expected: 'b behind: never-copied',
  },
  'the other side was deleted before they were equal': {
    line: '1/2 1/-',
    expected: 'a behind: deleted, not lossless',
  },
  'the other side was created with an earlier content of this one': {
    line: '1/- 2/- 2/1',
    expected: 'b behind: earlier-version',
  },
  'each has an earlier content of the other': { line: '1/2 2/1', expected: 'diverged from file 2' },
  'the base is the newest content that both have had': {
    line: '-/1 2/3 1/2 4/5',
    expected: 'diverged from file 2',
  },
  'a symlink that both have had is a base too': { line: '@1/- 2/@1 3/4', expected: 'diverged from link 1' },
  'they share nothing': { line: '1/2', expected: 'unknown' },
  'a file and a symlink with the same bytes share nothing': { line: '1/@1', expected: 'unknown' },
  'they share nothing, and one is smaller': { line: '1/2', smaller: 'b', expected: 'unknown, b is smaller' },

  // The executable bit.
  'one side became executable': { line: '1/1 +1/1', expected: 'b behind: moved' },
  'one side lost its executable bit': { line: '+1/+1 1/+1', expected: 'b behind: moved' },
  'their bits always differed': { line: '1/+1', expected: 'unknown' },
  'one side has changed in content and bit': { line: '1/1 +2/1', expected: 'b behind: moved' },
  'one side has changed in content, the other in its bit': { line: '1/1 2/+1', expected: 'diverged from file 1' },
  'one side has changed in content, and their bits always differed': {
    line: '1/+1 2/+1',
    expected: 'diverged from file 1',
  },
  'both have changed in content, and one in its bit': {
    line: '1/1 +2/3',
    merge: 'clean',
    expected: 'diverged from file 1, clean',
  },
  'contents from before they were equal do not count, though an older bit does': {
    line: '1/1 +1/1 +2/2 +3/1',
    expected: 'diverged from file 2',
  },
  'their contents share nothing, and one became executable': { line: '1/2 +1/2', expected: 'unknown' },

  // Parts of history are missing: only a content that was found is safe.
  'the walk reached its limit, and the other side was not found': {
    line: '1/-',
    ended: 'bound',
    expected: 'b behind: never-copied, not lossless',
  },
  'a submodule moved, and the other side was not found': {
    line: '1/-',
    ended: 'cut',
    expected: 'b behind: never-copied, not lossless',
  },
  'a shallow clone ended, and the other side was not found': {
    line: '1/-',
    ended: 'shallow',
    expected: 'b behind: never-copied, not lossless',
  },
  'the walk reached its limit, and an earlier content was found': {
    line: '1/- 2/- 2/1',
    ended: 'bound',
    expected: 'b behind: earlier-version',
  },
  'a submodule moved, and an earlier content was found': {
    line: '1/1 2/1 3/1 3/2',
    ended: 'cut',
    expected: 'b behind: partial-sync',
  },
  'the walk reached its limit, but everything was known before': {
    line: '1/1 2/1',
    ended: 'bound',
    expected: 'b behind: moved',
  },
};

for (const [name, row] of Object.entries(BOTH_WAYS)) {
  test(`${name}: ${row.expected}`, async () => assert.is(textOf(await decide(row)), row.expected));
  const exchanged = exchange(row);
  test(`${name}, with the sides exchanged: ${exchanged.expected}`, async () =>
    assert.is(textOf(await decide(exchanged)), exchanged.expected));
}

/** The same row with a as b and b as a. */
function exchange(row: Row): Row {
  const line = row.line.replace(/(\S+)\/(\S+)/g, '$2/$1');
  const words = (text: string) => text.replace(/\b[ab]\b/g, (side) => (side === 'a' ? 'b' : 'a'));
  const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');
  return {
    ...row,
    line,
    expected: row.line === '1/2 2/1' ? 'diverged from file 1' : words(row.expected),
    ...(row.merge && { merge: words(row.merge) as Row['merge'] }),
    ...(row.branches && { branches: row.branches.map(other) }),
    ...(row.smaller && { smaller: other(row.smaller) }),
  } as Row;
}

const ASKED: Readonly<Record<string, Omit<Row, 'expected'> & { readonly questions: string }>> = {
  'nothing if only one side has changed': { line: '1/1 2/1', questions: '' },
  'nothing if the other side has an earlier content': { line: '1/1 2/1 3/1 3/2', questions: '' },
  'nothing if one side has changed and the other was deleted': { line: '1/1 2/-', passedMerge: true, questions: '' },
  'nothing if they share a content and were never equal': { line: '1/- 2/1 3/4', questions: '' },
  'for the merge alone if that decides': {
    line: '1/1 2/3',
    passedMerge: true,
    merge: 'equals a',
    questions: 'merge',
  },
  'for the merge alone if there is no merged branch': { line: '1/1 2/3', questions: 'merge' },
  'for the merge, then for the merged branches': { line: '1/1 2/3', passedMerge: true, questions: 'merge branches' },
  'for the smaller file alone if they share nothing': { line: '1/2', questions: 'smaller' },
};

for (const [name, { questions, ...row }] of Object.entries(ASKED)) {
  test(`git is asked ${name}`, async () => {
    const asked: string[] = [];
    await decide({ ...row, expected: '' }, asked);
    assert.is(asked.join(' '), questions);
  });
}

/** `#2` for a commit of the line. */
function dateOf(happening: Happening | undefined): string {
  if (!happening) return '-';
  return happening.kind === 'commit' ? happening.oid : 'uncommitted';
}

const FACTS: Readonly<Record<string, Omit<Row, 'expected'> & { readonly since: string; readonly moves: string }>> = {
  'since the change that ended equality': { line: '1/1 2/1 3/1', since: '#2', moves: '#2 -' },
  'since the older of the two changes if both have changed': { line: '1/1 2/1 2/3', since: '#2', moves: '#2 #3' },
  'since an uncommitted change': {
    line: '1/1 1/2',
    newest: 'uncommitted',
    since: 'uncommitted',
    moves: '- uncommitted',
  },
  'since a change of the bit': { line: '1/1 2/2 +2/2', since: '#3', moves: '#3 -' },
  'since the younger side was created if they were never equal': { line: '1/- 1/2 3/2', since: '#2', moves: '#1 #2' },
  'since the deletion if they were never equal': { line: '1/2 3/2 3/-', since: '#3', moves: '#1 #1' },
  'since the source was created if the copy never was': { line: '1/- 2/-', since: '#1', moves: '#1 -' },
  'since an uncommitted side that is new': {
    line: '1/- 1/2',
    newest: 'uncommitted',
    since: 'uncommitted',
    moves: '#1 uncommitted',
  },
};

for (const [name, { since, moves, ...row }] of Object.entries(FACTS)) {
  test(`the two differ ${name}`, async () => {
    const provenance = await decide({ ...row, expected: '' });
    assert.is(dateOf(provenance.since), since);
    assert.is(`${dateOf(provenance.moves.a)} ${dateOf(provenance.moves.b)}`, moves);
  });
}

test('a difference in the bit alone has the common content as base, and the last common bit', async () => {
  const { base, executable } = await decide({ line: '+1/+1 +1/1', expected: '' });
  assert.equal([base, executable], [{ kind: 'file', oid: oidOf('1') }, true]);
});

test('a pair that is behind has the last equal content as base', async () => {
  const { base, executable } = await decide({ line: '1/1 2/1', expected: '' });
  assert.equal([base, executable], [{ kind: 'file', oid: oidOf('1') }, undefined]);
});

test('each side is said to have held its contents since the base, and no others', async () => {
  const { held } = await decide({ line: '4/- 1/1 2/1 3/5', expected: '' });
  const heldBy = (side: Side) => ['1', '2', '3', '4', '5', '-'].filter((text) => held?.(side, entryFrom(text)));
  assert.equal(
    [heldBy('a'), heldBy('b')],
    [
      ['1', '2', '3'],
      ['1', '5'],
    ],
  );
});

for (const [ended, told] of [
  ['bound', { bound: 100, cut: undefined, shallow: undefined }],
  ['cut', { bound: undefined, cut: true, shallow: undefined }],
  ['shallow', { bound: undefined, cut: undefined, shallow: true }],
] as const) {
  test(`a verdict says that history ended early: ${ended}`, async () => {
    const { bound, cut, shallow } = await decide({ line: '1/2', ended, expected: '' });
    assert.equal({ bound, cut, shallow }, told);
  });
}

test('the limit is not named if the pair was settled before, or if a moved submodule ended the walk', async () => {
  const settled = await decide({ line: '1/1 2/1', ended: 'bound', expected: '' });
  const history = historyOf({ line: '1/2', ended: 'cut', expected: '' });
  const cut = await decideStale(history, questionsOf({ line: '', expected: '' }), 100);
  assert.equal([settled.bound, cut.bound], [undefined, undefined]);
});

function oidOf(text: string): string {
  const entry = entryFrom(text);
  return entry.kind === 'absent' ? '' : entry.oid;
}

test('the branches since the last equal commit are read', async () => {
  const row: Row = { line: '1/1 2/1 2/3', passedMerge: true, expected: '' };
  const since: string[] = [];
  const branches: Questions['branches'] = async (_, from) => {
    since.push(from);
    return [];
  };
  const ask = { ...questionsOf(row), branches };
  await decideStale(historyOf(row), ask, undefined);
  assert.equal(since, [commitAt(1)]);
});

test.run();
