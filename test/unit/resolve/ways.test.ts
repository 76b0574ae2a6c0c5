// The table of offers: the state of a finding -> the ways to resolve it, in their order.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RepoPath } from '../../../src/git/path.js';
import { buildFinding } from '../../../src/resolve/findings.js';
import type { Merge } from '../../../src/resolve/merge.js';
import type { Group } from '../../../src/resolve/types.js';
import { isLossless, leavesMarkers, type Way } from '../../../src/resolve/ways.js';
import { endsOf } from '../../../src/rules/ends.js';
import { entryFrom } from '../../support/entries.js';
import { layGround, type Scene } from '../../support/ground.js';

const test = suite('what a finding is and which ways it offers');

interface Row extends Partial<Scene> {
  readonly files: Scene['files'];
  /** git's merge, which gives content 7; by default there is none. */
  readonly merge?: 'clean' | 'conflict';
  readonly kind: string;
  /** `kind names` of each way, with the side that is used and `!` if it discards something. */
  readonly ways: string;
}

const ONE = ['source > copy'];
const FAN_OUT = ['source > copy1', 'source > copy2', 'source > copy3', 'source > copy4', 'source > copy5'];
const STALE = { source: '1 2', copy: '1' };
const BOTH = { files: { source: '1 2', copy: '1 3' }, history: { copy: 'diverged' }, kind: 'both-staged' } as const;
const UNKNOWN = {
  files: { source: '1', copy: '2' },
  history: { copy: 'unknown' },
  kind: 'neither-staged',
} as const;

const ROWS: Readonly<Record<string, Row>> = {
  // A copy that is behind: the fix and nothing else.
  'a staged source': { files: STALE, kind: 'source-staged', ways: 'fix source' },
  'a staged source on side b': {
    direction: 'submodule_to_live',
    files: STALE,
    kind: 'source-staged',
    ways: 'fix source',
  },
  'a source that was edited before': { files: { source: '2', copy: '1' }, kind: 'neither-staged', ways: 'fix source' },
  'a copy that was never created': { files: { source: '- 2', copy: '-' }, kind: 'copy-missing', ways: 'fix source' },
  'a copy that was staged back to an earlier content': {
    files: { source: '2', copy: '2 1' },
    kind: 'copy-staged',
    ways: 'fix source',
  },

  // Only the copy has changed: its content first, because that discards nothing.
  'a staged copy': {
    files: { source: '1', copy: '1 2' },
    history: { copy: 'source behind' },
    merge: 'clean',
    kind: 'copy-staged',
    ways: 'use b copy, diff copy, use a copy!, accept copy',
  },
  'a staged copy on side a': {
    direction: 'submodule_to_live',
    files: { source: '1', copy: '1 2' },
    history: { copy: 'source behind' },
    kind: 'copy-staged',
    ways: 'use a copy, diff copy, use b copy!, accept copy',
  },
  'a new copy without a source': {
    files: { source: '-', copy: '- 1' },
    history: { copy: 'source behind' },
    kind: 'source-missing',
    ways: 'use b copy, accept copy',
  },

  // Both have changed: a merge first, then the source before the copy.
  'two edits that can be merged': {
    ...BOTH,
    merge: 'clean',
    ways: 'merge copy, diff copy, use a copy!, use b copy!, accept copy',
  },
  'two edits that conflict': {
    ...BOTH,
    merge: 'conflict',
    ways: 'merge copy with markers, diff copy, use a copy!, use b copy!, accept copy',
  },
  'two edits without a merge': { ...BOTH, ways: 'diff copy, use a copy!, use b copy!, accept copy' },
  'two edits on side b': {
    ...BOTH,
    direction: 'submodule_to_live',
    ways: 'diff copy, use b copy!, use a copy!, accept copy',
  },
  'a conflict over a source with unstaged edits': {
    ...BOTH,
    files: { source: '1 2 4', copy: '1 3' },
    merge: 'conflict',
    ways: 'diff copy, use a copy!, accept copy',
  },
  'a copy with unstaged edits': {
    ...BOTH,
    files: { source: '1 2', copy: '1 3 4' },
    ways: 'diff copy, use b copy!, accept copy',
  },
  'an edit and a symlink': {
    ...BOTH,
    files: { source: '1 2', copy: '1 @3' },
    ways: 'use a copy!, use b copy!, accept copy',
  },
  'two edits of the bit alone': {
    ...BOTH,
    files: { source: '1 +1', copy: '2 1' },
    ways: 'use a copy!, use b copy!, accept copy',
  },

  // Nobody can tell which one is stale: neither direction stands before the merge or accept.
  'two files of unknown age': { ...UNKNOWN, ways: 'diff copy, accept copy, use a copy!, use b copy!' },
  'two files of unknown age that can be merged': {
    ...UNKNOWN,
    merge: 'conflict',
    ways: 'diff copy, merge copy with markers, accept copy, use a copy!, use b copy!',
  },

  // An accepted difference that is another one now.
  'a lapsed exception': {
    files: STALE,
    lapsed: ['copy'],
    merge: 'clean',
    kind: 'agreed',
    ways: 'accept copy, diff copy, use a copy!, use b copy!',
  },

  // Deletions.
  'a staged deletion of the source': {
    files: { source: '1 -', copy: '1' },
    kind: 'source-deleted',
    ways: 'restore source, delete source',
  },
  'a staged deletion of the copy': {
    files: { source: '1', copy: '1 -' },
    kind: 'copy-deleted',
    ways: 'restore copy, delete copy',
  },
  'a staged deletion of the source of a copy that is edited': {
    files: { source: '1 -', copy: '1 1 2' },
    kind: 'source-deleted',
    ways: 'restore source, accept copy',
  },
  'a staged deletion of a source that is there again': {
    files: { source: '1 - 2', copy: '1' },
    kind: 'source-deleted',
    ways: 'delete source, accept copy',
  },
  'a copy that a commit deleted': {
    files: { source: '1', copy: '-' },
    history: { copy: 'copy deleted' },
    kind: 'copy-missing',
    ways: 'use a copy, delete copy!, accept copy',
  },
  'a copy that a commit deleted, and a source that was edited since': {
    files: { source: '1 2', copy: '-' },
    history: { copy: 'diverged' },
    kind: 'copy-missing',
    ways: 'use a copy, accept copy',
  },

  // What cannot be written is not offered.
  'a source with conflict markers': {
    files: STALE,
    history: { copy: 'diverged' },
    marked: ['source'],
    kind: 'marked',
    ways: 'diff copy, use b copy!, accept copy',
  },
  'a copy in a submodule': {
    files: STALE,
    statuses: { copy: { obstacle: { kind: 'submodule', at: 'copy' as RepoPath } } },
    kind: 'source-staged',
    ways: 'diff copy, use b copy!, accept copy',
  },

  // Several copies and chains.
  'some copies that are behind': {
    pairs: FAN_OUT,
    files: { source: '1 2', copy1: '1', copy2: '1', copy3: '2', copy4: '2', copy5: '2' },
    kind: 'source-staged',
    ways: 'fix source',
  },
  'a copy that is behind beside one that has diverged': {
    pairs: FAN_OUT,
    files: { source: '1 2', copy1: '1', copy2: '3', copy3: '2', copy4: '2', copy5: '2' },
    history: { copy2: 'diverged' },
    kind: 'source-staged',
    ways: 'fix copy1, diff copy2, use a copy2!, use b copy2!, accept copy2',
  },
  'a copy that is behind beside one that the change does not touch': {
    pairs: FAN_OUT,
    files: { source: '2', copy1: '2 1', copy2: '3', copy3: '2', copy4: '2', copy5: '2' },
    meant: ['copy1'],
    kind: 'copy-staged',
    ways: 'fix copy1',
  },
  'the middle of a chain': {
    pairs: ['live > release', 'release > pack'],
    files: { live: '1', release: '1 2', pack: '1' },
    history: { release: 'source behind' },
    meant: ['release'],
    kind: 'copy-staged',
    ways: 'use b live, diff live, use a live!, accept live',
  },
};

async function findingOf({ pairs = ONE, merge, ...row }: Row) {
  const { ground, group } = await layGround({ ...row, pairs });
  return buildFinding(ground, group, (each) => merge && mergeOf(each, merge));
}

function mergeOf({ meant }: Group, result: 'clean' | 'conflict'): Merge {
  const ends = meant.map(({ pair }) => endsOf(pair));
  const copies = ends.map(({ copy }) => copy as RepoPath);
  return {
    root: ends[0]?.source as RepoPath,
    merged: copies,
    conflicts: result === 'conflict' ? copies : [],
    entry: entryFrom('7'),
    content: Buffer.from('7'),
  };
}

function textOf(way: Way): string {
  const words = [way.kind, way.side, names(way), leavesMarkers(way) ? 'with markers' : undefined];
  return `${words.filter(Boolean).join(' ')}${isLossless(way) ? '' : '!'}`;
}

/** The files that the command names. */
function names(way: Way): string {
  return way.names.join('+');
}

for (const [name, row] of Object.entries(ROWS)) {
  test(`${name}: ${row.ways}`, async () => {
    const { kind, ways } = await findingOf(row);
    assert.is(ways.map(textOf).join(', '), row.ways);
    assert.is(kind, row.kind);
  });
}

test('at most three copies are resolved one by one', async () => {
  const copies = FAN_OUT.map((pair) => pair.replace('source > ', ''));
  const { ways } = await findingOf({
    pairs: FAN_OUT,
    files: { source: '1 2', ...Object.fromEntries(copies.map((copy) => [copy, '3'])) },
    history: Object.fromEntries(copies.map((copy) => [copy, 'diverged' as const])),
    kind: '',
    ways: '',
  });
  assert.equal([...new Set(ways.map(names))], copies.slice(0, 3));
});

test('the first way that writes discards nothing, unless every one does', async () => {
  for (const [name, row] of Object.entries(ROWS)) {
    const writing = (await findingOf(row)).ways.filter(({ plan }) => plan.steps.length > 0);
    const [first] = writing;
    assert.ok(!first || isLossless(first) || !writing.some(isLossless), name);
  }
});

test.run();
