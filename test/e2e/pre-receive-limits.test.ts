// A guarded bare repository: the time limit, and how its hook finds the program.

import { mkdirSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drift, passes, push, refused, repo, server, setUpGuardedPushes } from '../support/guarded-pushes.js';
import { CLI, Repo } from '../support/repo.js';
import { guard, preReceive } from '../support/server.js';

const test = suite('the limits of a guarded repository');
setUpGuardedPushes(test);

test('over the time limit the push is refused with the name of the limit', () => {
  repo.write('readme.md', 'two\n').settle();
  server.git('config', 'dosSync.receiveTimeLimit', '0.001');
  refused('longer than 0.001 s (dosSync.receiveTimeLimit), so the push was refused', 'main');
  server.git('config', 'dosSync.receiveTimeLimit', 'soon');
  refused('dosSync.receiveTimeLimit is soon, which is not a number of seconds', 'main');
  server.git('config', 'dosSync.receiveTimeLimit', '600');
  passes(push('main'));
});

test('the limit holds while the program is busy with one long step', () => {
  const pairs = Array.from({ length: 150_000 }, (_, at) => ({ a: `x/${at}/${'a'.repeat(20)}`, b: `y/${at}` }));
  repo.manifest({ pairs }).settle();
  server.git('config', 'dosSync.receiveTimeLimit', '0.2');
  refused('(dosSync.receiveTimeLimit), so the push was refused. Commits checked until then: 0 of 1.', 'main');
});

test('a tree that repeats itself without end does not hold the server', () => {
  // Each level contains the one below it ten times: 10^9 paths in ten objects.
  let tree = repo.git('rev-parse', 'HEAD:live').trim();
  for (let level = 0; level < 9; level += 1) {
    const entries = Array.from({ length: 10 }, (_, at) => `040000 tree ${tree}\t${at}\n`).join('');
    tree = repo.run('git', ['mktree'], { input: entries }).stdout.trim();
  }
  repo.git('read-tree', '--prefix=live/bomb/', `${repo.git('rev-parse', 'HEAD:live').trim()}`);
  const top = repo.run('sh', ['-c', `git ls-tree HEAD | sed "s/$(git rev-parse HEAD:live)/${tree}/" | git mktree`]);
  const commit = repo.git('commit-tree', '-p', 'HEAD', '-m', 'bomb', top.stdout.trim()).trim();
  server.git('config', 'dosSync.receiveTimeLimit', '2');
  const stderr = refused('Commits checked until then: 0 of 1. Next: refs/heads/main.', `${commit}:refs/heads/main`);
  assert.match(stderr, 'git config dosSync.receiveTimeLimit SECONDS allows more');
});

test('if the program is missing the push is rejected, and the message says what to set', () => {
  drift('two\n');
  guard(server, preReceive(process.execPath, '/nonexistent/cli.js'));
  const stderr = refused('the check could not run', 'main');
  assert.match(stderr, 'remote:   /nonexistent/cli.js does not exist.');
  guard(server, preReceive('/nonexistent/node'));
  refused('/nonexistent/node does not exist.', 'main');
});

test('without settings, the dos-sync on PATH is started', () => {
  const bin = new Repo();
  try {
    mkdirSync(bin.path('bin'));
    symlinkSync(CLI, bin.path('bin/dos-sync'));
    symlinkSync(process.execPath, bin.path('bin/node'));
    guard(server, preReceive('', ''));
    drift('two\n');
    repo.env['PATH'] = `${bin.path('bin')}:${process.env['PATH']}`;
    refused('release/skill.md differ', 'main');
  } finally {
    bin.remove();
  }
});

test('by hand, in a bare repository', () => {
  const zero = '0'.repeat(40);
  const tip = server.git('rev-parse', 'main').trim();
  server.env['GIT_DIR'] = '.';
  const { code, stderr } = server.run(process.execPath, [CLI, 'hook', 'pre-receive'], {
    input: `${tip} ${zero} refs/heads/main\n${zero} ${tip} refs/heads/again\n`,
  });
  assert.equal({ code, stderr }, { code: 0, stderr: '' });
  const broken = server.run(process.execPath, [CLI, 'hook', 'pre-receive'], { input: `${tip} refs/heads/main\n` });
  assert.is(broken.code, 2);
});

test.run();
