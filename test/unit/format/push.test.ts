// What stops a push: the pairs of a commit, and the commands that resolve them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatTips, type PushedTip, type Pusher } from '../../../src/format/push.js';
import type { Provenance } from '../../../src/history/types.js';
import { type CommitDrift, isOutOfSync } from '../../../src/judge/types.js';
import { identityOf } from '../../../src/rules/identity.js';
import { BEHIND, DIVERGED, oidOf } from '../../support/findings.js';
import { bothSides, type Files, judgeAll, LIVE_RELEASE } from '../../support/states.js';

const test = suite('what is printed when a push is stopped');

interface Row {
  readonly manifest?: object;
  readonly files?: Files;
  /** The sides that the pushed commits changed; the source if missing. */
  readonly changed?: 'a' | 'b' | 'both';
  /** The history of every pair; in pre-receive, `unknown` to it. */
  readonly history?: Provenance | 'pre-receive';
  readonly tip?: Partial<PushedTip>;
  readonly pusher?: Partial<Pusher>;
  readonly drift?: Partial<CommitDrift>;
  /** Without the first line, which names the commit, and the last one, which says to push again. */
  readonly lines: readonly string[];
}

const TIP = oidOf('7');
const REVERSED = { ...LIVE_RELEASE, fix_direction: 'submodule_to_live' };
const ALIASED = { ...LIVE_RELEASE, aliases: { 'live/a': 'release/b' } };
const SOURCE_BEHIND = { ...BEHIND, stale: 'a' } as const;
const DRIFT = '  live/x and its copy release/x differ';
const FORWARD = 'git dos-sync fix --staged live/x && git commit';
const forward = (command = FORWARD) => `  > ${command}   # copies the source to its copies`;
const merge = (end = 'git commit') =>
  `  > git dos-sync fix --staged --merge release/x && ${end}   # merges both changes`;

const ROWS: Readonly<Record<string, Row>> = {
  'a copy that is behind gets the source': { lines: [DRIFT, forward()] },
  'on the server, which knows no history, too': { history: 'pre-receive', lines: [DRIFT, forward()] },
  'with the direction reversed, the other side is the source': {
    manifest: REVERSED,
    changed: 'b',
    history: SOURCE_BEHIND,
    lines: [
      '  release/x and its copy live/x differ',
      '  > git dos-sync fix --staged release/x && git commit   # copies the source to its copies',
    ],
  },
  'the commit that caused it is named': {
    drift: { commit: oidOf('c') },
    lines: [`${DRIFT} (changed in c000000000)`, forward()],
  },
  'several copies are one command': {
    files: bothSides({ x: ['2', '1'], y: ['2', '1'] }),
    lines: [
      DRIFT,
      '  live/y and its copy release/y differ',
      '  > git dos-sync fix --staged live/x live/y && git commit   # copies the source to its copies',
    ],
  },
  'a copy that alone was changed is used': {
    changed: 'b',
    history: SOURCE_BEHIND,
    lines: [DRIFT, '  > git dos-sync fix --staged --from b release/x && git commit   # copies release/x to live/x'],
  },
  'a copy that alone was changed is merged, if the source has changes too': {
    changed: 'b',
    history: DIVERGED,
    lines: [DRIFT, merge()],
  },
  'two sides that were changed are merged': { changed: 'both', history: DIVERGED, lines: [DRIFT, merge()] },
  'two sides that were changed are merged, whatever history says of the copy': {
    changed: 'both',
    history: BEHIND,
    lines: [DRIFT, merge()],
  },
  'a copy with changes from before the push is merged': { changed: 'a', history: DIVERGED, lines: [DRIFT, merge()] },
  'two sides that were changed are merged, whatever history says of the source': {
    changed: 'both',
    history: SOURCE_BEHIND,
    lines: [DRIFT, merge()],
  },
  'with the direction reversed, a missing live file is a missing copy': {
    manifest: REVERSED,
    files: bothSides({ x: ['-', '1'] }),
    changed: 'b',
    lines: [
      '  release/x has no copy live/x',
      '  > git dos-sync fix --staged release/x && git commit   # copies the source to its copies',
    ],
  },
  'a source without a copy is copied': {
    files: bothSides({ x: ['1', '-'] }),
    lines: ['  live/x has no copy release/x', forward()],
  },
  'a deleted copy is restored, or the source is deleted': {
    files: bothSides({ x: ['1', '-'] }),
    changed: 'b',
    lines: [
      '  live/x has no copy release/x',
      '  > git dos-sync fix --staged --from a live/x && git commit   # restores release/x',
      '  > git rm -q -- live/x && git commit                         # deletes live/x too',
    ],
  },
  'a copy without a source makes one': {
    files: bothSides({ x: ['-', '1'] }),
    changed: 'b',
    lines: [
      '  release/x exists, but its source live/x does not',
      '  > git dos-sync fix --staged --from b release/x && git commit   # restores live/x',
    ],
  },
  'a deleted source is deleted in the copy, or restored': {
    files: bothSides({ x: ['-', '1'] }),
    changed: 'a',
    lines: [
      '  release/x exists, but its source live/x does not',
      '  > git rm -q -- release/x && git commit                         # deletes release/x too',
      '  > git dos-sync fix --staged --from b release/x && git commit   # restores live/x',
    ],
  },
};

const BARE: Readonly<Record<string, Row>> = {
  'a name that an alias uses has no command': {
    manifest: ALIASED,
    files: { 'live/a': '1', 'release/b': '1', 'live/b': '2' },
    lines: ['  live/b is not paired: an alias pairs the other path with another file'],
  },
  'a pair of the manifest that the push replaces has no command': {
    drift: { onlyBefore: true },
    lines: [
      DRIFT,
      '  (according to the manifest that this push replaces; to drop a pair or let it differ, push the manifest change separately first)',
    ],
  },
};

const PLACES: Readonly<Record<string, Row>> = {
  'a branch that is not checked out is checked out first': {
    pusher: { head: oidOf('8') },
    lines: [DRIFT, forward(`git switch topic && ${FORWARD}`)],
  },
  'its name is one word of the shell': {
    tip: { refs: [{ localName: "refs/heads/it's-$HOME", remoteName: 'refs/heads/x' }] },
    pusher: { head: oidOf('8') },
    lines: [DRIFT, forward(`git switch 'it'\\''s-$HOME' && ${FORWARD}`)],
  },
  'what is no branch is checked out by its commit': {
    tip: { refs: [{ localName: 'refs/tags/v1', remoteName: 'refs/tags/v1' }] },
    pusher: { head: oidOf('8') },
    lines: [DRIFT, forward(`git switch --detach 7000000000 && ${FORWARD}`)],
  },
  'on the server nothing is checked out': { pusher: { head: undefined }, lines: [DRIFT, forward()] },
  'paths are printed as they are typed below a directory': {
    pusher: { directory: 'live' },
    lines: [DRIFT, forward('git dos-sync fix --staged x && git commit')],
  },
};

async function printed({ manifest = LIVE_RELEASE, files = bothSides({ x: ['2', '1'] }), ...row }: Row) {
  const { changed = 'a', history = BEHIND } = row;
  const verdicts = (await judgeAll(manifest, files)).filter(isOutOfSync);
  const sides = { a: changed !== 'b', b: changed !== 'a' };
  const tip: PushedTip = {
    tip: TIP,
    at: TIP,
    refs: [{ localName: 'refs/heads/topic', remoteName: 'refs/heads/main' }],
    each: false,
    root: false,
    drifts: verdicts.map((verdict) => ({ verdict, changed: sides, ...row.drift })),
    ...(history !== 'pre-receive' && { provenances: new Map(verdicts.map(({ pair }) => [identityOf(pair), history])) }),
    ...row.tip,
  };
  return formatTips([tip], { program: 'git dos-sync', directory: '', head: TIP, ...row.pusher });
}

const FIRST = 'refs/heads/main at 7000000000:';

for (const [name, row] of Object.entries({ ...ROWS, ...PLACES })) {
  test(name, async () => {
    const [first, ...lines] = await printed(row);
    assert.match(first ?? '', / at 7000000000:$/);
    assert.equal(lines, [...row.lines, '  then push again']);
  });
}

for (const [name, row] of Object.entries(BARE)) {
  test(name, async () => assert.equal(await printed(row), [FIRST, ...row.lines]));
}

const BASES = {
  remote: 'the commits that the remote does not have yet',
  'default-branch': 'all commits since the default branch, because nothing is known about the remote',
  'tip-alone': 'only the last commit, because nothing is known about the remote',
} as const;

for (const [basis, words] of Object.entries(BASES)) {
  test(`which commits were judged is said: ${basis}`, async () => {
    const lines = await printed({ tip: { basis: basis as keyof typeof BASES }, lines: [] });
    assert.is(lines.at(-1), `  judged: ${words}`);
  });
}

for (const [root, from] of [
  [false, '7000000000^'],
  [true, '--root'],
] as const) {
  test(`if each commit counts, the rewrite starts at ${root ? 'the root' : 'its parent'}`, async () => {
    const end = 'git commit --amend && git rebase --continue';
    assert.equal(
      await printed({ tip: { each: true, root, basis: 'remote' }, pusher: { head: oidOf('8') }, lines: [] }),
      [
        'commit 7000000000, pushed to refs/heads/main:',
        DRIFT,
        `  mark 7000000000 "edit":  git rebase -i ${from}`,
        forward(`git dos-sync fix --staged live/x && ${end}`),
        '  or check only the last commit:  git config dosSync.prePush tip',
      ],
    );
  });
}

test('if each commit counts, the pairs do not name it again', async () => {
  const lines = await printed({ tip: { each: true }, drift: { commit: oidOf('c') }, lines: [] });
  assert.is(lines[1], DRIFT);
});

test('of many pairs ten are listed, and have commands', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `f${at}`);
  const lines = await printed({
    files: bothSides(Object.fromEntries(names.map((name) => [name, ['2', '1']]))),
    lines: [],
  });
  assert.is(lines.length, 1 + 10 + 3);
  assert.is(lines[11], '  … and 2 more');
  assert.not.match(lines[12] ?? '', 'live/f10');
});

test.run();
