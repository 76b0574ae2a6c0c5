// Sentences that depend on a case: refusals, staging, trust, history, pushes, manifest problems.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseManifest } from '../../../src/manifest/parse.js';
import * as check from '../../../src/messages/check.js';
import { formatProblems, sayNotAFile } from '../../../src/messages/manifest.js';
import * as provenance from '../../../src/messages/provenance.js';
import * as push from '../../../src/messages/push.js';
import * as staging from '../../../src/messages/staging.js';
import * as trust from '../../../src/messages/trust.js';
import type { RefusalReason } from '../../../src/resolve/types.js';
import type { OutsideLack } from '../../../src/snapshot/types.js';
import { commandsIn, HOSTILE_NAMES } from '../../support/hostile.js';

const test = suite('sentences that depend on a case');

const REFUSALS: Readonly<Record<RefusalReason, string>> = {
  edited: 'it has uncommitted edits; copying A over it would lose them',
  'no-source': 'A does not exist, so there is nothing to copy',
  submodule: 'it is inside a submodule: fix it there, commit there, then stage the submodule',
  outside: 'it is outside the repository, where only git dos-sync fix writes, after git dos-sync trust --write',
  unasked: 'it is outside the repository, where dos-sync writes only after you confirm it at a terminal',
  'files-alone': 'it is outside the repository, where dos-sync makes no symlinks and deletes nothing',
  obstacle: 'a directory, or a file or symlink above it, is in the way',
  'same-name': 'another tracked file has its name on this disk, which ignores case (core.ignorecase)',
  ahead: 'it is newer than A; copying A over it would lose that change',
  diverged: 'both sides changed; copying A over it would lose its changes',
  unknown: 'no common version was found in history, so its content may exist nowhere else',
  deleted: 'it was deleted, but A still exists',
  conflict: 'its changes and those of A conflict',
  unmergeable: 'git cannot merge the two (a binary or very large file, a symlink, or a missing side)',
  markers: 'A still has conflict markers',
  ignored: 'git ignores it, so its content may exist nowhere else',
  agreed: 'its difference was accepted; copying A over it would lose that',
  unfit:
    "the pair's rule does not apply to it (a binary file, over 1 MiB, or no file), so it is copied only with --from or --force",
  'not-reversible': 'the words of A cannot be turned back without changing other words',
  'no-place': 'the place of its own lines is gone from A, or is not clear',
  unbalanced: 'a part that a side keeps for itself begins and never ends',
};

for (const [why, words] of Object.entries(REFUSALS)) {
  test(`a file is skipped, because of ${why}`, () => {
    assert.is(check.sayRefused('B', why as RefusalReason, 'A'), `skipped  B: ${words}`);
  });
}

const NOT_STAGED: readonly (readonly [staging.NotStaged, why: string, command: string])[] = [
  ['edits', 'because it had unstaged edits', 'git add M'],
  ['unmerged', 'because it is unmerged in the index', 'git add M'],
  ['ignored', 'because git ignores it (.gitignore)', 'git add -f M'],
  ['assumed', 'because it is marked assume-unchanged', 'git update-index --no-assume-unchanged M && git add M'],
  ['skipped', 'because it is marked skip-worktree', 'git update-index --no-skip-worktree M && git add --sparse M'],
];

for (const [why, words, command] of NOT_STAGED) {
  test(`a manifest is not staged, because of ${why}`, () => {
    assert.equal(staging.sayStaging(why, 'M'), [
      `  it is not staged, ${words}; the hooks ignore it until you stage it:`,
      `    ${command}`,
    ]);
  });
}

const ANN = { oid: 'c'.repeat(40), author: 'Ann', time: 1_700_000_000 };
const SINCE = 'cccccccccc by Ann on 2023-11-14';
const BEHIND: readonly (readonly [basis: string, sentence: string])[] = [
  ['moved', `B is behind: only A has changed, first in ${SINCE}.`],
  ['deleted', `B is behind: A was deleted in ${SINCE}.`],
  ['never-copied', `B has never existed; A was added in ${SINCE}.`],
  ['contained', `B is behind: A already contains its changes. They have differed since ${SINCE}.`],
  ['merged-branch', `B is behind: it equals A on a merged branch. They have differed since ${SINCE}.`],
  ['partial-sync', `B is behind: it equals an older version of A. They have differed since ${SINCE}.`],
  ['earlier-version', `B is behind: it equals an older version of A. They have differed since ${SINCE}.`],
];

for (const [basis, sentence] of BEHIND) {
  test(`a side is behind, by history: ${basis}`, () => {
    assert.is(provenance.sayBehind('B', 'A', basis, ANN), sentence);
    const uncommitted = sentence.replace(SINCE, 'a change that is not committed yet');
    assert.is(provenance.sayBehind('B', 'A', basis, undefined), uncommitted);
  });
}

const SENTENCES: Readonly<Record<string, readonly [said: string, expected: string]>> = {
  'both sides changed, one of them without a commit': [
    provenance.sayDiverged(
      [
        { path: 'A', commit: ANN },
        { path: 'B', commit: undefined },
      ],
      undefined,
      undefined,
    ),
    `Both sides have changed: A first in ${SINCE}; B first in a change that is not committed yet.`,
  ],
  'two sides that were never equal': [
    provenance.sayUnknown(true),
    "Can't tell which side is stale: they were never equal.",
  ],
  'counts in sync': [
    check.sayCompared({ identical: 2, drift: 0, missing: 0, unchecked: 0, exception: 0 }),
    'in sync: 2 identical, 0 drifted, 0 missing',
  ],
  'counts out of sync, with exceptions and unchecked pairs': [
    check.sayCompared({ identical: 2, drift: 1, missing: 0, unchecked: 3, exception: 4 }),
    'out of sync: 2 identical, 1 drifted, 0 missing, 4 excepted, 3 not checked',
  ],
  'one pair is not on this machine': [
    check.sayUncheckedAllowed(1),
    'not compared: the pair has only one side that can be read here (--allow-unchecked)',
  ],
  'no pair is on this machine': [
    check.sayUncheckedAllowed(2),
    'not compared: all 2 pairs have only one side that can be read here (--allow-unchecked)',
  ],
  'a pair that a branch loosened': [
    check.sayLoosenedByBranch(2),
    '2 pairs are out of sync according to the manifest that this branch started from; merge the manifest change first.',
  ],
  'an empty pair without any side': [check.sayEmpty('A -> B', 'neither'), 'neither side exists: A -> B'],
  'a fan-out without copies': [check.sayEmpty('A -> B', 'no-copy'), 'no copy exists: A -> B'],
  'a pair without a match': [check.sayEmpty('A -> B', 'no-match'), 'nothing to compare: A -> B'],
  'markers that a fix wrote': [
    check.sayMarked('A', false),
    'conflict  A now has both versions between conflict markers: resolve them, then run fix again',
  ],
  'markers that a fix would write': [
    check.sayMarked('A', true),
    'conflict  A would get both versions between conflict markers: resolve them, then run fix again',
  ],
  'an unguarded pair': [
    staging.sayUnguarded(['A -> B']),
    '.dos-sync-manifest.json declares 1 pair that the hooks do not check until it is staged (A -> B)',
  ],
  'unguarded pairs of a partial commit': [
    staging.sayUnguarded(['1', '2', '3', '4', '5'], true),
    '.dos-sync-manifest.json declares 5 pairs that this commit does not check, because it leaves that file out (1, 2, 3 and 2 more)',
  ],
  'a deleted manifest': [
    staging.sayNoManifest('deleted'),
    '.dos-sync-manifest.json was deleted in the working tree; git still has it in the index.',
  ],
  'a manifest that sparse checkout leaves out comes back': [
    staging.sayHowToRestore(true),
    'bring it back: git restore --ignore-skip-worktree-bits :/.dos-sync-manifest.json',
  ],
  'an outside place that is read and written': [
    trust.sayRoot('~/x', '/home/ann/x', true),
    '  read and written:  ~/x  (/home/ann/x)',
  ],
  'an outside place that is not here': [trust.sayRoot('~/x', undefined, false), '  read:  ~/x  (not on this machine)'],
  'a consent of a repository that is gone': [
    trust.sayConsent('/r', true, true),
    '/r: read and write (the repository no longer exists)',
  ],
  'a consent that is given': [
    trust.sayTrusted(false),
    'trusted: reading, until the manifest or one of these places changes; to revoke it: git dos-sync trust --revoke',
  ],
  'pushed sides that differ': [
    push.sayPushedPair({ kind: 'differ', source: 'A', copy: 'B', reason: 'mode', commit: ANN.oid }),
    '  A and its copy B differ (the executable bit differs) (changed in cccccccccc)',
  ],
  'a pushed source without a copy': [
    push.sayPushedPair({ kind: 'copy-missing', source: 'A', copy: 'B' }),
    '  A has no copy B',
  ],
  'a pushed copy without a source': [
    push.sayPushedPair({ kind: 'source-missing', source: 'A', copy: 'B' }),
    '  B exists, but its source A does not',
  ],
  'the first commit is marked for an edit': [
    push.sayRewrite(ANN.oid, true),
    'mark cccccccccc "edit":  git rebase -i --root',
  ],
  'a later commit is marked for an edit': [
    push.sayRewrite(ANN.oid, false),
    'mark cccccccccc "edit":  git rebase -i cccccccccc^',
  ],
  'a push of which nothing is known about the remote': [
    push.sayPushBasis('tip-alone'),
    '  judged: only the last commit, because nothing is known about the remote',
  ],
  'a manifest that is a link': [sayNotAFile('link'), '.dos-sync-manifest.json is a symbolic link, not a regular file.'],
};

for (const [name, [said, expected]] of Object.entries(SENTENCES)) test(name, () => assert.is(said, expected));

const LACKS: Readonly<Record<OutsideLack, string>> = {
  'not-here': 'one side is outside the repository, so no commit contains it',
  untrusted: 'one side is outside the repository, and you have not trusted the manifest yet: git dos-sync trust',
  lapsed: 'the manifest or an outside path has changed since you trusted it; review it: git dos-sync trust',
  automated: 'one side is outside the repository, where nothing is read while CI is set',
  absent: 'one side is outside the repository, and not on this machine',
};

for (const [lack, sentence] of Object.entries(LACKS)) {
  test(`an outside side is not read: ${lack}`, () => assert.is(trust.sayOutsideLack(lack as OutsideLack), sentence));
}

test('problems of a manifest have their place, one on a line, with what to write instead', () => {
  const text = '{\n "pairs": [{ "a": "x", "b": "/y" }],\n "fix_directoin": "live_to_submodule",\n "kind\\n": 1\n}';
  const parsed = parseManifest(Buffer.from(text));
  assert.equal(parsed.ok ? [] : formatProblems('M', parsed.problems).split('\n'), [
    'The manifest has 4 problems.',
    'M:1:1: the required key "fix_direction" is missing',
    'M:2:29: "/y": an absolute path',
    '    write it relative to the top level, or as ~/…',
    'M:3:2: the key "fix_directoin" is unknown',
    '    did you mean "fix_direction"?',
    'M:4:2: the key "kind\\n" is unknown',
    '    known keys: $schema, pairs, aliases, live_only, submodule_only, fix_direction',
  ]);
});

const WITH_NAMES: Readonly<Record<string, (name: string) => string>> = {
  'a refusal': (name) => check.sayRefused(name, 'edited', name),
  'an empty pair': (name) => check.sayEmpty(name, 'neither'),
  'a fault': (name) => check.noPairAt([name]).message,
  'an unguarded pair': (name) => staging.sayUnguardedLine([name], 'git add M', false),
  'an outside place': (name) => trust.sayRoot(name, name, true),
  'an author and a path': (name) => provenance.sayBehind(name, name, 'moved', { ...ANN, author: name }),
  'a pushed ref': (name) => push.sayPushedTip([name], ANN.oid),
  'a pushed pair': (name) => push.sayPushedPair({ kind: 'differ', source: name, copy: name }),
  'a problem of a manifest': (name) => formatProblems('M', [{ line: 1, column: 1, message: name, hint: name }]),
};

for (const [what, say] of Object.entries(WITH_NAMES)) {
  test(`no byte of a name in ${what} acts on a log`, () => {
    for (const name of HOSTILE_NAMES) assert.equal(commandsIn(say(name)), [], JSON.stringify(name));
  });
}

test.run();
