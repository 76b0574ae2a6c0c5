import { chmodSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo, type Result } from '../support/repo.js';

const test = suite('what must not be written');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n');
});
test.after.each(() => repo.remove());

/** Without these capabilities, permissions apply to root too. */
const WITHOUT = '-dac_override,-dac_read_search';

function held(...words: string[]): Result {
  const asRoot = process.getuid?.() === 0 ? ['setpriv', `--inh-caps=${WITHOUT}`, `--bounding-set=${WITHOUT}`] : ['env'];
  const [program = '', ...first] = asRoot;
  return repo.run(program, [...first, process.execPath, CLI, ...words]);
}

for (const [what, place] of [
  ['a git directory', '.git'],
  ['the directory of the copy', 'release'],
] as const) {
  test(`${what} without permission to write: exit 2, and everything as it was`, () => {
    repo.git('add', 'live');
    const before = repo.state();
    chmodSync(repo.path(place), 0o555);
    const results = [held('fix'), held('fix', '--staged')];
    const check = held('check');
    chmodSync(repo.path(place), 0o755);
    for (const { code, stderr } of results) {
      assert.is(code, 2, stderr);
      assert.match(stderr, /EACCES|[Pp]ermission denied/);
      assert.not.match(stderr, 'this is a bug');
    }
    assert.is(check.code, 1, check.stderr);
    assert.is(repo.state(), before);
    assert.is(repo.dosSync('fix', '--staged').code, 0);
  });
}

test.run();
