// A finding as the user reads it: what is wrong, since when, and the commands that resolve it.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatFindings } from '../../../src/format/findings.js';
import type { CommandSetting } from '../../../src/format/ways.js';
import type { RepoPath } from '../../../src/git/path.js';
import type { Provenance } from '../../../src/history/types.js';
import { entryFrom } from '../../support/entries.js';
import { BEHIND, COMMIT, DIVERGED, findingsOf, oidOf, type RepoState, UNKNOWN } from '../../support/findings.js';
import { commandsIn, HOSTILE_NAMES } from '../../support/hostile.js';
import { bothSides, LIVE_RELEASE } from '../../support/states.js';

const test = suite('findings with their commands');

interface Row extends Partial<RepoState> {
  readonly setting?: CommandSetting;
  readonly directory?: string;
  readonly lines: readonly string[];
}

const SOURCE_BEHIND: Provenance = { verdict: 'behind', stale: 'a', basis: 'moved', lossless: true, moves: {} };
const UNCOMMITTED: Provenance = { ...BEHIND, since: { kind: 'uncommitted' } };
const BOTH = { ...DIVERGED, moves: { a: COMMIT, b: COMMIT } } as const;
const X = 'release/x' as RepoPath;
const MERGE = { root: 'live/x' as RepoPath, merged: [X], entry: entryFrom('m'), content: Buffer.from('m') };
const EXCEPTED = { a: 'live/x', b: 'release/x', exception: "it's frozen", at: [`100644 ${oidOf('1')}`, null] };
const FAN_OUT = { pairs: [{ a: 'L', b: 'packages/{p}/L' }] };
const fan = (source: string, ...copies: string[]) => ({
  L: source,
  ...Object.fromEntries(copies.map((content, at) => [`packages/p${at}/L`, content])),
});

const STAGED = 'live/x is staged, but its copy release/x is not.';
const FIX = '  > git dos-sync fix --staged live/x   # copies live/x to release/x';
const DIFF = '  > git dos-sync diff --staged release/x           # shows the difference';
const ACCEPT =
  "  > git dos-sync accept --staged release/x --reason 'why they differ'   # keeps the difference, with a reason";
const USE_B = '  > git dos-sync fix --staged --from b release/x   # copies release/x to live/x';
const USE_A_OVER =
  '  > git dos-sync fix --staged --from a release/x   # copies live/x to release/x, discards the changes in release/x';
const USE_B_OVER = `${USE_B}, discards the changes in live/x`;
const SINCE = 'c000000000 by Ann on 2023-11-14';

const ROWS: Readonly<Record<string, Row>> = {
  'a source is staged without its copy': { staged: bothSides({ x: ['2', '1'] }), lines: [STAGED, FIX] },
  'an executable bit is staged without the copy': {
    staged: bothSides({ x: ['+1', '1'] }),
    lines: ['live/x is staged, but its copy release/x is not (the executable bit differs).', FIX],
  },
  'a copy is staged without its source': {
    staged: bothSides({ x: ['1', '2'] }),
    history: { ...SOURCE_BEHIND, since: { kind: 'uncommitted' } },
    lines: ['release/x is staged, but its source live/x is not.', USE_B, DIFF, USE_A_OVER, ACCEPT],
  },
  'two changes that git can merge': {
    staged: bothSides({ x: ['2', '3'] }),
    history: { ...BOTH, clean: true, base: { kind: 'file', oid: oidOf('b') } },
    merge: { ...MERGE, conflicts: [] },
    lines: [
      'live/x and its copy release/x are both staged, but differ.',
      `Both sides have changed since they last matched (blob b000000000): live/x first in ${SINCE}; release/x first in ${SINCE}. git can merge the two.`,
      '  > git dos-sync fix --staged --merge release/x    # merges both changes',
      DIFF,
      USE_A_OVER,
      USE_B_OVER,
      ACCEPT,
    ],
  },
  'two changes that conflict': {
    staged: bothSides({ x: ['2', '3'] }),
    history: { ...BOTH, clean: false },
    merge: { ...MERGE, conflicts: [X] },
    lines: [
      'live/x and its copy release/x are both staged, but differ.',
      `Both sides have changed: live/x first in ${SINCE}; release/x first in ${SINCE}. The two changes conflict.`,
      '  > git dos-sync fix --staged --merge release/x    # writes both versions into live/x, between conflict markers',
      DIFF,
      USE_A_OVER,
      USE_B_OVER,
      ACCEPT,
    ],
  },
  'an old difference whose stale side is known': {
    head: bothSides({ x: ['2', '1'] }),
    staged: bothSides({ x: ['2', '1'] }),
    history: { ...BEHIND, since: COMMIT },
    lines: [
      'live/x and its copy release/x differ.',
      `release/x is behind: only live/x has changed, first in ${SINCE}.`,
      FIX,
    ],
  },
  'an old difference whose stale side is unknown': {
    head: bothSides({ x: ['2', '1'] }),
    staged: bothSides({ x: ['2', '1'] }),
    history: { ...UNKNOWN, bound: 500, cut: true, shallow: true },
    lines: [
      'live/x and its copy release/x differ.',
      "Can't tell which side is stale: they were never equal in the history examined.",
      '(Only the last 500 commits were examined.)',
      '(One side is in a submodule whose earlier history was not examined.)',
      '(This clone is shallow, so older history is missing: git fetch --unshallow.)',
      DIFF,
      ACCEPT,
      USE_A_OVER,
      USE_B_OVER,
    ],
  },
  'a new source without a copy': {
    head: {},
    staged: bothSides({ x: ['1', '-'] }),
    lines: ['live/x has no copy release/x.', FIX],
  },
  'a new copy without a source': {
    head: {},
    staged: bothSides({ x: ['-', '1'] }),
    history: { ...SOURCE_BEHIND, basis: 'never-copied', since: { kind: 'uncommitted' } },
    lines: ['release/x exists, but its source live/x does not.', USE_B, ACCEPT],
  },
  'a deleted source': {
    staged: bothSides({ x: ['-', '1'] }),
    lines: [
      'live/x is deleted, but its copy release/x is not.',
      '  > git restore --staged --worktree -- live/x   # restores live/x',
      '  > git dos-sync fix --staged --delete live/x   # deletes release/x too',
    ],
  },
  'a deleted copy': {
    staged: bothSides({ x: ['1', '-'] }),
    lines: [
      'release/x is deleted, but live/x is not.',
      '  > git restore --staged --worktree -- release/x   # restores release/x',
      '  > git dos-sync fix --staged --delete release/x   # deletes live/x too',
    ],
  },
  'a renamed source': {
    staged: bothSides({ x: ['-', '1'], y: ['1', '-'] }),
    lines: [
      'live/x is renamed to live/y, but its copy is not:',
      '  release/x',
      '  > git dos-sync fix --staged --delete live/x live/y   # renames the copy too',
    ],
  },
  'a renamed copy': {
    staged: bothSides({ x: ['1', '-'], y: ['-', '1'] }),
    lines: [
      'release/x is renamed to release/y, but its source is not:',
      '  live/x',
      '  > git dos-sync fix --staged --delete release/x && git dos-sync fix --staged --from b release/y   # renames the source too',
    ],
  },
  'a file that became a directory': {
    staged: { 'live/x/y': '1', 'release/x': '1' },
    special: { 'release/x/y': { obstacle: { kind: 'file-above', at: X } } },
    lines: [
      'live/x became a directory, but its copy did not.',
      '  > git dos-sync fix --staged --delete live/x   # changes the copy in the same way',
    ],
  },
  'an accepted difference that has changed': {
    manifest: { ...LIVE_RELEASE, aliases: [EXCEPTED] },
    staged: bothSides({ x: ['2', '1'] }),
    lines: [
      'live/x and release/x no longer differ in the way that was accepted.',
      "The earlier difference was accepted: it's frozen",
      "  > git dos-sync accept --staged release/x --reason 'it'\\''s frozen'   # accepts the current difference",
      DIFF,
      USE_A_OVER,
      USE_B_OVER,
    ],
  },
  'conflict markers in the source': {
    staged: bothSides({ x: ['2', '1'] }),
    marked: ['live/x'],
    lines: ['live/x still has conflict markers: resolve them, then git add it.', DIFF, USE_B_OVER, ACCEPT],
  },
  'a copy that is there, but untracked': {
    head: {},
    staged: { 'live/x': '2' },
    worktree: bothSides({ x: ['2', '1'] }),
    lines: [
      'live/x has no copy release/x.',
      'release/x exists, but git does not track it.',
      '  skipped  release/x: it has uncommitted edits; copying live/x over it would lose them',
      '  > git add release/x   # stages it as it is',
      ACCEPT,
    ],
  },
  'no command gets past unstaged edits of the copy': {
    staged: bothSides({ x: ['2', '1'] }),
    worktree: bothSides({ x: ['2', '9'] }),
    lines: [
      STAGED,
      'release/x has unstaged edits.',
      '  skipped  release/x: it has uncommitted edits; copying live/x over it would lose them',
      DIFF,
      USE_B_OVER,
      ACCEPT,
    ],
  },
  'a working tree that already has the fix': {
    staged: bothSides({ x: ['2', '1'] }),
    worktree: bothSides({ x: ['2', '2'] }),
    lines: [
      STAGED,
      'The working tree already has the fix; it only needs to be staged.',
      'release/x has unstaged edits.',
      FIX,
    ],
  },
  'something is in the way of the copy': {
    staged: bothSides({ x: ['2', '1'] }),
    special: { [X]: { obstacle: { kind: 'link-above', at: 'release' as RepoPath } } },
    lines: [
      STAGED,
      '  skipped  release/x: a directory, or a file or symlink above it, is in the way',
      DIFF,
      USE_B_OVER,
      ACCEPT,
    ],
  },
  'a copy in a submodule takes three commands': {
    staged: bothSides({ x: ['2', '1'] }),
    special: {
      [X]: {
        obstacle: { kind: 'submodule', at: 'release' as RepoPath },
        inside: { at: 'release' as RepoPath, gitlinks: ['release' as RepoPath], committed: entryFrom('1') },
      },
    },
    lines: [
      STAGED,
      '  > git dos-sync fix live/x                         # writes the fix there',
      '  > git -C release add x && git -C release commit   # commits it there',
      '  > git add release                                 # stages that commit',
    ],
  },
  'three copies are named, and more are counted': {
    manifest: FAN_OUT,
    head: fan('1', '1', '1', '1'),
    staged: fan('2', '1', '1', '1'),
    lines: [
      'L is staged, but its 3 copies are not:',
      '  packages/p0/L',
      '  packages/p1/L',
      '  packages/p2/L',
      '  > git dos-sync fix --staged L   # copies L to packages/p0/L, packages/p1/L and packages/p2/L',
    ],
  },
  'ten of twelve copies are listed': {
    manifest: FAN_OUT,
    head: fan('1', ...Array(12).fill('1')),
    staged: fan('2', ...Array(12).fill('1')),
    lines: [
      'L is staged, but its 12 copies are not:',
      ...Array.from({ length: 10 }, (_, at) => `  packages/p${at}/L`),
      '  … and 2 more',
      '  > git dos-sync fix --staged L   # copies L to 12 files',
    ],
  },
  'in the working tree, below a directory, with a command after it': {
    staged: bothSides({ x: ['2', '1'] }),
    setting: { writes: 'worktree', accepts: true, after: () => ' && git add ../x' },
    directory: 'live/deep',
    lines: [STAGED, '  > git dos-sync fix ../x && git add ../x   # copies live/x to release/x'],
  },
  'no exception is offered where none can be written': {
    staged: bothSides({ x: ['2', '3'] }),
    history: BOTH,
    setting: { writes: 'index', accepts: false },
    lines: [
      'live/x and its copy release/x are both staged, but differ.',
      `Both sides have changed: live/x first in ${SINCE}; release/x first in ${SINCE}.`,
      DIFF,
      USE_A_OVER,
      USE_B_OVER,
    ],
  },
  'a name with a quote, a line break and a dollar sign is one word of the shell': {
    head: bothSides({ "it's\n$(x)": ['1', '1'] }),
    staged: bothSides({ "it's\n$(x)": ['2', '1'] }),
    lines: [
      "live/it's\\n$(x) is staged, but its copy release/it's\\n$(x) is not.",
      "  > git dos-sync fix --staged $'live/it\\'s\\n$(x)'   # copies live/it's\\n$(x) to release/it's\\n$(x)",
    ],
  },
};

async function format({ setting, directory = '', lines: _, ...state }: Row): Promise<readonly string[]> {
  const usual = bothSides({ x: ['1', '1'] });
  const findings = await findingsOf({
    manifest: LIVE_RELEASE,
    head: usual,
    staged: usual,
    history: UNCOMMITTED,
    ...state,
  });
  return formatFindings(
    findings,
    { program: 'git dos-sync', directory },
    setting ?? { writes: 'index', accepts: true },
  );
}

for (const [name, row] of Object.entries(ROWS)) {
  test(name, async () => assert.equal(await format(row), row.lines));
}

test('of many findings twenty are told, with one command for all', async () => {
  const files = (source: string) =>
    bothSides(Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`d/${at}`, [source, '1'] as const])));
  const lines = await format({ head: files('1'), staged: files('2'), lines: [] });
  assert.is(lines.length, 20 * 3 + 2);
  assert.equal(lines.slice(-2), ['… and 5 more.', '  > git dos-sync fix --staged live/d   # fixes all of them']);
});

for (const name of HOSTILE_NAMES) {
  test(`no byte of ${JSON.stringify(name)} acts on a log or ends a line`, async () => {
    const [head, staged] = [bothSides({ [name]: ['1', '1'] }), bothSides({ [name]: ['2', '1'] })];
    const lines = await format({ head, staged, lines: [] });
    assert.is(lines.length, 2);
    assert.equal(commandsIn(lines.join('\n')), []);
    assert.ok(lines.every((line) => !line.includes('\n')));
  });
}

test.run();
