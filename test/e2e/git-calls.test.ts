// The hook's git calls in a synced commit: one read of the index, and no file content.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NotingGit } from '../support/noting-git.js';
import { Installation } from '../support/printed.js';
import { pairedRepo, type Repo } from '../support/repo.js';

const READS_INDEX = /\b(?:diff-index|diff-files|ls-files|status|update-index|write-tree|checkout-index|diff)\b/;

const test = suite('what the hook asks git for');
let repo: Repo;
let installation: Installation;
let git: NotingGit;

test.before.each(() => {
  repo = pairedRepo();
  installation = new Installation(repo);
  git = new NotingGit(repo, installation);
});
test.after.each(() => {
  repo.remove();
  installation.remove();
});

/**
 * The hook's calls for a synced commit that touches a pair. git puts itself first on its hooks'
 * PATH.
 */
function callsOfHook(): readonly string[] {
  repo.write('live/skill.md', 'two\n').write('release/skill.md', 'two\n').git('add', '-A');
  git.clear();
  assert.equal(repo.dosSync('hook', 'pre-commit'), { code: 0, stdout: '', stderr: '' });
  return git.calls;
}

test('the index is read once, by one diff-index with every flag', () => {
  const readers = callsOfHook().filter((line) => READS_INDEX.test(line));
  assert.is(readers.length, 1, readers.join('\n'));
  const flags = ['--cached', '--raw', '-z', '--no-renames', '--ignore-submodules=none', '--ita-invisible-in-index'];
  for (const flag of flags) assert.match(readers[0] ?? '', ` ${flag} `);
  assert.match(readers[0] ?? '', /^replace=1 .* [0-9a-f]{40}$/);
});

test('of all contents, only directories and the manifest are read', () => {
  callsOfHook();
  const { contents } = git;
  assert.ok(contents.length > 0);
  const manifest = repo.git('rev-parse', 'HEAD:.dos-sync-manifest.json').trim();
  for (const name of contents.filter((each) => each !== manifest)) {
    assert.is(repo.git('cat-file', '-t', name.replace(/\/$/, '')).trim(), 'tree', name);
  }
});

for (const command of [['check'], ['check', '--commit', 'HEAD'], ['check', '--staged']]) {
  test(`${command.join(' ')} of pairs in directories of their own reads each tree once, by id, many in one message`, () => {
    const pairs = Array.from({ length: 60 }, (_, at) => ({ a: `live/${at}/skill.md`, b: `release/${at}/skill.md` }));
    for (const [at, { a, b }] of pairs.entries()) repo.write(a, `${at}\n`).write(b, `${at}\n`);
    repo.manifest({ fix_direction: 'live_to_submodule', pairs }).settle();
    git.clear();
    assert.is(repo.dosSync(...command).code, 0);
    const { contents, waits } = git;
    assert.ok(contents.length > 60, `${contents.length} trees`);
    assert.is(new Set(contents).size, contents.length);
    assert.not.ok(contents.some((name) => name.includes(':')));
    assert.ok(waits < 20, `${waits} messages`);
  });
}

test.run();
