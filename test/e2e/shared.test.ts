// Shared repositories: our files below .git have the same permissions as git's.

import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo, type Result } from '../support/repo.js';

const test = suite('core.sharedRepository');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

function run(umask: string, ...words: string[]): Result {
  return repo.run('sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', process.execPath, CLI, ...words]);
}

/**
 * Each mode below .git/dos-sync, in octal: of directories, of private files (the store's), of the
 * others.
 */
function modes(): { readonly directories: string[]; readonly kept: string[]; readonly caches: string[] } {
  const top = repo.path('.git/dos-sync');
  const all = ['', ...readdirSync(top, { recursive: true, encoding: 'utf8' })];
  const found = all.map((name) => ({ name, stat: lstatSync(join(top, name)) }));
  const seen = (chosen: typeof found) => [...new Set(chosen.map(({ stat }) => (stat.mode & 0o7777).toString(8)))];
  const files = found.filter(({ stat }) => stat.isFile());
  return {
    directories: seen(found.filter(({ stat }) => stat.isDirectory())),
    kept: seen(files.filter(({ name }) => name.startsWith('fixes'))),
    caches: seen(files.filter(({ name }) => !name.startsWith('fixes'))),
  };
}

const ROWS: readonly [
  setting: string,
  expected: { readonly directories: string; readonly kept: string; readonly caches: string },
][] = [
  ['group', { directories: '2770', kept: '660', caches: '660' }],
  ['true', { directories: '2770', kept: '660', caches: '660' }],
  ['all', { directories: '2775', kept: '664', caches: '664' }],
  ['0640', { directories: '2750', kept: '640', caches: '640' }],
  ['umask', { directories: '700', kept: '600', caches: '600' }],
];

for (const [setting, expected] of ROWS) {
  test(`${setting}, with a umask that gives others nothing`, () => {
    repo.git('config', 'core.sharedRepository', setting);
    repo.write('live/skill.md', 'two\n').git('add', 'live');
    for (const path of ['live/skill.md', 'release/skill.md']) chmodSync(repo.path(path), 0o600);
    assert.is(run('077', 'hook', 'pre-commit').code, 1);
    assert.is(run('077', 'fix', '--staged').code, 0);
    const { directories, kept, caches } = modes();
    assert.equal(directories, [expected.directories]);
    assert.equal(kept, [expected.kept]);
    assert.equal(caches, [expected.caches]);
    assert.is(run('077', 'undo').code, 0);
  });
}

test('without it a backup is private to its owner', () => {
  repo.write('live/skill.md', 'two\n');
  assert.is(run('002', 'fix').code, 0);
  const { directories, kept } = modes();
  assert.equal([directories, kept], [['700'], ['600']]);
});

test.run();
