// The guard's and fast path's files, damaged or missing; dos-sync-hook; uninstall.

import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bin, commit, hook, isBlocked, isChecked, isFree, repo, setUp, stage, tearDown } from '../support/guarded.js';

const test = suite('what the guard is made of');

test.before.each(setUp);
test.after.each(tearDown);

test('a guard that is damaged, empty, unreadable or of another build is not used', () => {
  const guard = repo.path('.git/dos-sync/guard');
  const [build = '', manifest = '', ...rest] = readFileSync(guard, 'utf8').split('\n');
  stage('live/a', '2\n');
  const cut = ['--', ':(top,literal)nothing', ':(top,literal).dos-sync-manifest.json', ''];
  const bad = [
    [],
    [build],
    [build, manifest.slice(1), ...cut],
    [build, '', ...cut],
    ['', manifest, ...cut],
    ['0.0.0 0000', manifest, ...cut],
    [build, manifest],
    [build, manifest, ...rest.slice(1)],
    [build, manifest, '$(touch ran)', ...rest],
    [build, manifest, '--', ':(bad)x', ''],
    ...rest.map((line, at) => [build, manifest, ...rest.slice(0, at), line.slice(0, 12)]),
  ];
  for (const lines of bad) {
    writeFileSync(guard, lines.join('\n'));
    isBlocked(() => commit(), 'live/a');
  }
  rmSync(guard);
  isBlocked(() => commit(), 'live/a');
  repo.git('reset', '-q', '--hard');
  assert.not(repo.exists('ran'));
  isFree(commit);
});

test('a damaged or stale manifest cache passes nothing', () => {
  const file = repo.path('.git/dos-sync/compiled');
  const good = readFileSync(file, 'utf8');
  const lines = good.split('\n');
  const pairless = [
    ...lines.slice(0, 2),
    lines[2]?.replace(/"pairs":\d+,"places":\d+,"bytes":\d+/, '"pairs":0,"places":0,"bytes":0'),
    '',
  ];
  const damages = ['', good.slice(0, -3), good.replace('live', 'lire'), good.replace(/"a":/, '"a"'), `x${good}`];
  for (const [at, damage] of damages.entries()) {
    writeFileSync(file, damage);
    stage('live/a', `drift ${at}\n`);
    isBlocked(() => commit(), 'live/a');
    stage('release/a', `drift ${at}\n`);
    isChecked(commit);
  }
  // Only a complete file of this build and manifest is trusted: a user who may write it could also
  // remove the hook.
  writeFileSync(file, pairless.join('\n').replace(/^.*/, 'another build'));
  stage('live/a', 'drift\n');
  isBlocked(() => commit(), 'live/a');
});

test('an interrupted fix is reported', () => {
  repo.write('.git/dos-sync/fixes/main/journal.json', '{}');
  isBlocked(() => commit(), 'was interrupted');
});

test('an index that git cannot read, or that is unmerged in a pair, is an error and does not pass', () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('live/a', 's\n').write('release/a', 's\n').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('live/a', 'm\n').write('release/a', 'm\n').settle();
  repo.tryGit('merge', '-q', 'side');
  rmSync(repo.path('.git/MERGE_HEAD'));
  assert.is(hook().code, 2);
  writeFileSync(repo.path('.git/index'), 'no index');
  assert.is(hook().code, 2);
});

test('intent-to-add entries are not a change, as in the full check', () => {
  repo.write('live/new', 'x\n').git('add', '-N', 'live/new');
  isFree(() => repo.tryGit('commit', '-q', '--allow-empty', '-m', 'intended'));
});

test('a missing program is reported, also if the commit touches no pair', () => {
  const file = repo.path('.git/hooks/pre-commit');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('cli.js', 'gone/cli.js'));
  const { code, stderr } = commit();
  assert.is(code, 1);
  assert.match(stderr, 'does not exist.');
});

test('the same under the real husky, through dos-sync-hook', () => {
  assert.is(repo.dosSync('uninstall').code, 0);
  for (const name of ['husky', 'dos-sync']) {
    const from = name === 'husky' ? 'node_modules/husky' : '.';
    repo.write('node_modules/.bin/keep', '').write('node_modules/keep', '').write('.gitignore', 'node_modules\n');
    symlinkSync(resolve(from), repo.path(`node_modules/${name}`));
  }
  symlinkSync('../dos-sync/dist/dos-sync-hook', repo.path('node_modules/.bin/dos-sync-hook'));
  assert.is(repo.run(process.execPath, ['node_modules/husky/bin.js']).code, 0);
  assert.is(repo.dosSync('install', '--husky').code, 0);
  isChecked(() => commit());
  isFree(() => commit());
  stage('live/a', '2\n');
  isBlocked(() => commit());
});

test('dos-sync-hook finds its program through any link', () => {
  const program = resolve('dist/dos-sync-hook');
  symlinkSync(program, join(bin, 'direct'));
  symlinkSync('direct', join(bin, 'twice'));
  stage('live/a', '2\n');
  for (const file of [program, join(bin, 'direct'), join(bin, 'twice')]) {
    const { code, stderr } = repo.run(file, ['pre-commit']);
    assert.is(code, 1);
    assert.match(stderr, 'would leave');
  }
  const nameless = repo.run(program, []);
  assert.is(nameless.code, 2);
  assert.match(nameless.stderr, 'Usage: dos-sync');
});

test('uninstall removes the guards', () => {
  repo.git('worktree', 'add', '-q', '-b', 'tree', join(bin, 'tree'));
  repo.run('git', ['-C', join(bin, 'tree'), 'commit', '-q', '--allow-empty', '-m', 'x']);
  assert.ok(repo.exists('.git/worktrees/tree/dos-sync/guard'));
  assert.is(repo.dosSync('uninstall').code, 0);
  assert.not(repo.exists('.git/dos-sync'));
  assert.not(repo.exists('.git/worktrees/tree/dos-sync'));
});

test.run();
