// Which findings are joined: a rename, and a file that became a directory, are one user action.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RepoPath } from '../../../src/git/path.js';
import type { Finding } from '../../../src/resolve/findings.js';
import { BEHIND, DIVERGED, findingsOf, type RepoState } from '../../support/findings.js';
import { planText } from '../../support/ground.js';
import { bothSides, LIVE_RELEASE } from '../../support/states.js';

const test = suite('which findings are one');

interface Row extends Partial<RepoState> {
  readonly staged: RepoState['staged'];
  /** `kind source: copies`, and for a joined one ` = ` and its plan. */
  readonly expected: readonly string[];
}

const TWO_COPIES = {
  pairs: [
    { a: 'live', b: 'release' },
    { a: 'live', b: 'pack' },
  ],
};
const TWO_RULES = {
  pairs: [
    { a: 'live', b: 'release' },
    { a: 'docs', b: 'web' },
  ],
};
const USUAL = bothSides({ x: ['1', '1'] });
const ABOVE = (at: string) => ({ 'release/x/y': { obstacle: { kind: 'file-above', at: at as RepoPath } } }) as const;
const NEVER_COPIED = { ...BEHIND, stale: 'a', basis: 'never-copied' } as const;

const ROWS: Readonly<Record<string, Row>> = {
  'a deletion and a new file of the same content are one rename': {
    staged: bothSides({ x: ['-', '1'], y: ['1', '-'] }),
    expected: ['renamed live/y: release/x = release/x: 1 -> - from live/x; release/y: - -> 1 from live/y'],
  },
  'a rename of a copy is one too': {
    staged: bothSides({ x: ['1', '-'], y: ['-', '1'] }),
    history: NEVER_COPIED,
    expected: ['renamed release/y: live/x = live/x: 1 -> - from release/x; live/y: - -> 1 from release/y'],
  },
  'a rename with several copies is one, and renames all': {
    manifest: TWO_COPIES,
    head: { 'live/x': '1', 'release/x': '1', 'pack/x': '1' },
    staged: { 'live/y': '1', 'release/x': '1', 'pack/x': '1' },
    expected: [
      'renamed live/y: release/x pack/x = release/x: 1 -> - from live/x; pack/x: 1 -> - from live/x; release/y: - -> 1 from live/y; pack/y: - -> 1 from live/y',
    ],
  },
  'a new file of another content is not a rename': {
    staged: bothSides({ x: ['-', '1'], y: ['2', '-'] }),
    expected: ['source-deleted live/x: release/x', 'copy-missing live/y: release/y'],
  },
  'a new file that is executable is not a rename': {
    staged: bothSides({ x: ['-', '1'], y: ['+1', '-'] }),
    expected: ['source-deleted live/x: release/x', 'copy-missing live/y: release/y'],
  },
  'a new file on the other side is not a rename': {
    staged: bothSides({ x: ['-', '1'], y: ['-', '1'] }),
    expected: ['source-deleted live/x: release/x', 'source-missing live/y: release/y'],
  },
  'a new file of another pair is not a rename': {
    manifest: TWO_RULES,
    staged: { 'release/x': '1', 'docs/y': '1' },
    expected: ['source-deleted live/x: release/x', 'copy-missing docs/y: web/y'],
  },
  'a deleted source and a deleted copy of the same content are not a rename': {
    head: bothSides({ x: ['1', '1'], y: ['1', '1'] }),
    staged: bothSides({ x: ['-', '1'], y: ['1', '-'] }),
    expected: ['source-deleted live/x: release/x', 'copy-deleted release/y: live/y'],
  },
  'a new file without a deletion is not a rename': {
    staged: bothSides({ x: ['1', '1'], y: ['1', '-'] }),
    expected: ['copy-missing live/y: release/y'],
  },
  'a rename is not joined if the deletion would discard changes of the copy': {
    head: bothSides({ x: ['1', '3'] }),
    staged: bothSides({ x: ['-', '3'], y: ['1', '-'] }),
    history: DIVERGED,
    expected: ['source-deleted live/x: release/x', 'copy-missing live/y: release/y'],
  },
  'of two deletions only one is joined with the new file': {
    head: bothSides({ w: ['1', '1'], x: ['1', '1'] }),
    staged: bothSides({ w: ['-', '1'], x: ['-', '1'], y: ['1', '-'] }),
    expected: [
      'source-deleted live/x: release/x',
      'renamed live/y: release/w = release/w: 1 -> - from live/w; release/y: - -> 1 from live/y',
    ],
  },

  'a file that became a directory is one': {
    staged: { 'live/x/y': '2', 'release/x': '1' },
    special: ABOVE('release/x'),
    expected: ['replaced live/x: release/x/y = release/x: 1 -> - from live/x; release/x/y: - -> 2 from live/x/y'],
  },
  'a directory that became a file is one': {
    head: bothSides({ 'x/y': ['1', '1'], 'x/z': ['1', '1'] }),
    staged: { 'live/x': '2', 'release/x/y': '1', 'release/x/z': '1' },
    special: {
      'release/x': {
        obstacle: {
          kind: 'directory',
          at: 'release/x' as RepoPath,
          holds: ['release/x/y', 'release/x/z'] as RepoPath[],
        },
      },
    },
    expected: [
      'replaced live/x: release/x = release/x/y: 1 -> - from live/x/y; release/x/z: 1 -> - from live/x/z; release/x: - -> 2 from live/x',
    ],
  },
  'a deletion elsewhere is not joined with them': {
    head: bothSides({ x: ['1', '1'], z: ['3', '3'] }),
    staged: { 'live/x/y': '2', 'release/x': '1', 'release/z': '3' },
    special: ABOVE('release/x'),
    expected: [
      'replaced live/x: release/x/y = release/x: 1 -> - from live/x; release/x/y: - -> 2 from live/x/y',
      'source-deleted live/z: release/z',
    ],
  },
  'a new file that cannot be copied is not joined with a deletion': {
    staged: { 'live/x/y': '2', 'release/x': '1' },
    special: ABOVE('release/x'),
    marked: ['live/x/y'],
    expected: ['source-deleted live/x: release/x', 'marked live/x/y: release/x/y'],
  },
  'a new file with another file in its way is not joined with a deletion': {
    staged: { 'live/x/y': '2', 'release/x': '1' },
    special: ABOVE('release/other'),
    expected: ['source-deleted live/x: release/x', 'copy-missing live/x/y: release/x/y'],
  },
  'a deletion that would discard changes clears nothing': {
    head: bothSides({ x: ['1', '3'] }),
    staged: { 'live/x/y': '2', 'release/x': '3' },
    history: DIVERGED,
    special: ABOVE('release/x'),
    expected: ['source-deleted live/x: release/x', 'copy-missing live/x/y: release/x/y'],
  },
};

function textOf({ kind, source, copies, ways }: Finding): string {
  const isJoined = kind === 'renamed' || kind === 'replaced';
  const plan = isJoined && ways[0] ? ` = ${planText(ways[0].plan)}` : '';
  return `${kind} ${source}: ${copies.join(' ')}${plan}`;
}

for (const [name, { expected, ...row }] of Object.entries(ROWS)) {
  test(name, async () => {
    const findings = await findingsOf({ manifest: LIVE_RELEASE, head: USUAL, ...row });
    assert.equal(findings.map(textOf).sort(), expected.toSorted());
  });
}

test.run();
