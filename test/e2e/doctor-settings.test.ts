// doctor: our keys in git's configuration.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { complaints, examine, examinedRepo } from '../support/doctor.js';
import type { Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('doctor: settings');

test.before.each((context) => {
  context.repo = examinedRepo();
});
test.after.each(({ repo }) => repo.remove());

const SETTINGS: readonly (readonly [setting: readonly string[], says: string, next: string])[] = [
  [['dosSync.fix', 'allways'], 'dosSync.fix is allways.', 'git config dosSync.fix always'],
  [['dosSync.prePush', 'Each'], 'dosSync.prePush is Each.', 'git config dosSync.prePush each'],
  [['dosSync.partialCommit', ''], 'dosSync.partialCommit is empty.', 'git config dosSync.partialCommit print'],
  [
    ['dosSync.partialComit', 'mend'],
    'dosSync.partialcomit is not a key of dos-sync, so it has no effect. Did you mean dosSync.partialCommit?',
    'git config --unset dosSync.partialcomit && git config dosSync.partialCommit mend',
  ],
  [
    ['dosSync.colour', 'yes'],
    'dosSync.colour is not a key of dos-sync, so it has no effect.',
    'git config --unset dosSync.colour',
  ],
  [
    ['dos-sync.fix', 'always'],
    'dos-sync.fix is not a key of dos-sync, so it has no effect. Did you mean dosSync.fix?',
    'git config --unset dos-sync.fix && git config dosSync.fix always',
  ],
  [
    ['dosSync.receiveTimeLimit', '1m'],
    'dosSync.receiveTimeLimit is 1m, which is not a number of seconds.',
    'git config dosSync.receiveTimeLimit 60',
  ],
  [
    ['dosSync.backupExpire', 'soonish'],
    'dosSync.backupExpire is soonish, which is not a time that git understands.',
    'git config dosSync.backupExpire 30.days.ago',
  ],
  [
    ['dosSync.home', '/tmp'],
    'dosSync.home is read only from the global configuration, but it is set in the local one.',
    'git config --global dosSync.home /…',
  ],
];

test("git's configuration: each key without the intended effect is named, with what to type", ({ repo }) => {
  repo.dosSync('install');
  for (const [setting] of SETTINGS) repo.git('config', ...setting);
  const { code, notes } = examine(repo);
  assert.is(code, 1);
  const found = notes.filter(({ probe }) => probe === 'settings');
  assert.equal(
    found.map(({ level, says, next }) => [level, says, next?.split('   ')[0]]).sort(),
    SETTINGS.map(([, says, next]) => ['problem', says, next]).sort(),
  );
});

test("git's configuration: settings that their owner may set are not reported", ({ repo }) => {
  repo.dosSync('install');
  for (const [key, value] of [
    ['dosSync.fix', 'never'],
    ['dossync.PARTIALCOMMIT', 'mend'],
    ['dosSync.receiveTimeLimit', '.5'],
    ['dosSync.backupExpire', 'never'],
    ['diff.renames', 'true'],
  ] as const) {
    repo.git('config', key, value);
  }
  repo.git('config', '--add', 'dosSync.fix', 'always');
  assert.equal(complaints(repo), []);
});

test.run();
