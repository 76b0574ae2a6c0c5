// Pushes that the hook stops: the printed command works as printed.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { printedCommand, printedCommands } from '../support/printed.js';
import { drift, passes, publish, push, remote, repo, setUpPushes } from '../support/pushes.js';
import type { Result } from '../support/repo.js';

const test = suite('what is printed when a push is stopped');
setUpPushes(test);

/** Runs the first printed command, as a user would. */
function follow(result: Result): void {
  const [command = ''] = printedCommands(result);
  assert.ok(command, result.stderr);
  const done = repo.run('sh', ['-c', command]);
  assert.is(done.code, 0, `${command}\n${done.stderr}`);
}

test('a drifted commit is named with its pair, and the printed line fixes it', () => {
  publish('origin', 'main');
  const commit = drift('two\n').slice(0, 10);
  repo.write('readme.md', 'later\n').settle();
  repo.env['GIT_EDITOR'] = 'sh -c "echo in step > $1" sh';
  const tip = repo.git('rev-parse', 'HEAD').slice(0, 10);
  const result = push('origin', 'main');
  assert.is(result.code, 1);
  assert.is(
    result.stderr.replace(/error: failed to push.*\n/, ''),
    [
      'dos-sync: this push was stopped, because it contains pairs that are out of sync.',
      `refs/heads/main at ${tip}:`,
      `  live/skill.md and its copy release/skill.md differ (changed in ${commit})`,
      '  > git dos-sync fix --staged live/skill.md && git commit   # copies the source to its copies',
      '  then push again',
      '  judged: the commits that the remote does not have yet',
      '',
    ].join('\n'),
  );
  assert.is(remote.git('rev-list', '--count', 'main'), '1\n');
  follow(result);
  passes(push('origin', 'main'));
  assert.is(remote.show('main:release/skill.md'), 'two\n');
});

test('if only the copy was edited, the printed way keeps the edit', () => {
  publish('origin', 'main');
  repo.write('release/skill.md', 'edited\n').settle();
  repo.env['GIT_EDITOR'] = 'sh -c "echo in step > $1" sh';
  const result = push('origin', 'main');
  assert.match(
    result.stderr,
    '> git dos-sync fix --staged --from b release/skill.md && git commit   # copies release/skill.md to live/skill.md\n',
  );
  follow(result);
  passes(push('origin', 'main'));
  assert.is(remote.show('main:live/skill.md'), 'edited\n');
});

test('if both were edited, they are merged', () => {
  const lines = Array.from({ length: 9 }, (_, at) => `${at}\n`);
  repo.write('live/skill.md', lines.join('')).write('release/skill.md', lines.join('')).settle();
  publish('origin', 'main');
  repo.write('live/skill.md', ['first\n', ...lines.slice(1)].join('')).settle();
  repo.write('release/skill.md', [...lines.slice(0, -1), 'last\n'].join('')).settle();
  repo.env['GIT_EDITOR'] = 'sh -c "echo in step > $1" sh';
  const result = push('origin', 'main');
  assert.equal(printedCommands(result), ['git dos-sync fix --staged --merge release/skill.md && git commit']);
  follow(result);
  passes(push('origin', 'main'));
  assert.is(remote.show('main:release/skill.md'), ['first\n', ...lines.slice(1, -1), 'last\n'].join(''));
  assert.is(remote.show('main:live/skill.md'), remote.show('main:release/skill.md'));
});

test('a deleted source: the copy is deleted too, or the source is restored', () => {
  publish('origin', 'main');
  repo.delete('live/skill.md');
  repo.settle();
  repo.env['GIT_EDITOR'] = 'sh -c "echo in step > $1" sh';
  const result = push('origin', 'main');
  assert.match(result.stderr, 'release/skill.md exists, but its source live/skill.md does not (changed in ');
  assert.match(
    result.stderr,
    /> git dos-sync fix --staged --from b release\/skill.md && git commit +# restores live\/skill.md\n/,
  );
  follow(result);
  passes(push('origin', 'main'));
  assert.is(remote.git('ls-tree', '-r', '--name-only', 'main'), '.dos-sync-manifest.json\nreadme.md\n');
});

test('a copy with changes before the pushed commits: the two are merged', () => {
  const lines = Array.from({ length: 9 }, (_, at) => `${at}\n`);
  repo.write('live/skill.md', lines.join('')).write('release/skill.md', lines.join('')).settle();
  repo.write('release/skill.md', [...lines.slice(0, -1), 'last\n'].join('')).settle();
  publish('origin', 'main');
  repo.write('live/skill.md', ['first\n', ...lines.slice(1)].join('')).settle();
  repo.env['GIT_EDITOR'] = 'sh -c "echo in step > $1" sh';
  const result = push('origin', 'main');
  assert.is(result.code, 1);
  follow(result);
  passes(push('origin', 'main'));
  assert.is(remote.show('main:release/skill.md'), ['first\n', ...lines.slice(1, -1), 'last\n'].join(''));
  assert.is(remote.show('main:live/skill.md'), remote.show('main:release/skill.md'));
});

test('a deleted copy: it is restored, or the source is deleted too', () => {
  publish('origin', 'main');
  repo.delete('release/skill.md');
  repo.settle();
  repo.env['GIT_EDITOR'] = 'sh -c "echo in step > $1" sh';
  const result = push('origin', 'main');
  assert.match(result.stderr, 'live/skill.md has no copy release/skill.md (changed in ');
  assert.equal(printedCommands(result), [
    'git dos-sync fix --staged --from a live/skill.md && git commit',
    'git rm -q -- live/skill.md && git commit',
  ]);
  follow(result);
  passes(push('origin', 'main'));
  assert.is(remote.show('main:release/skill.md'), 'one\n');
});

test('a branch that is not checked out: the printed way checks it out first', () => {
  publish('origin', 'main');
  repo.git('checkout', '-q', '-b', "it's-$HOME");
  drift('two\n');
  repo.git('checkout', '-q', 'main');
  repo.env['GIT_EDITOR'] = 'sh -c "echo in step > $1" sh';
  const result = push('origin', "it's-$HOME:topic");
  assert.match(result.stderr, `  > git switch 'it'\\''s-$HOME' && git dos-sync fix --staged live/skill.md`);
  follow(result);
  passes(push('origin', "it's-$HOME:topic"));
});

test('from a subdirectory the printed path works there', () => {
  publish('origin', 'main');
  drift('two\n');
  const { stderr } = repo.run('git', ['push', '-q', 'origin', 'main'], { cwd: 'live' });
  assert.match(stderr, 'fix --staged skill.md && git commit');
});

test('drift that a later commit has repaired does not block, unless each commit counts', () => {
  publish('origin', 'main');
  const commit = drift('two\n').slice(0, 10);
  repo.write('release/skill.md', 'two\n').settle();
  passes(push('origin', 'main:refs/heads/tip'));
  repo.git('update-ref', '-d', 'refs/remotes/origin/tip');
  repo.git('config', 'dosSync.prePush', 'each');
  const { code, stderr } = push('origin', 'main:refs/heads/each');
  assert.is(code, 1);
  assert.match(stderr, `commit ${commit}, pushed to refs/heads/each:`);
  assert.match(stderr, '  live/skill.md and its copy release/skill.md differ\n');
  assert.match(stderr, `  mark ${commit} "edit":  git rebase -i ${commit}^`);
  assert.match(stderr, 'fix --staged live/skill.md && git commit --amend && git rebase --continue');
  assert.match(stderr, 'git config dosSync.prePush tip');
});

test('each: the printed rewrite works, and every commit is judged by its own manifest', () => {
  publish('origin', 'main');
  repo.git('config', 'dosSync.prePush', 'each');
  const commit = drift('two\n').slice(0, 10);
  repo.manifest({ pairs: [] }).settle();
  const result = push('origin', 'main');
  assert.match(result.stderr, `commit ${commit}, pushed to refs/heads/main:`);
  repo.env['GIT_SEQUENCE_EDITOR'] = "sed -i '1s/^pick/edit/'";
  repo.env['GIT_EDITOR'] = 'true';
  const [, rebase = ''] = /"edit": {2}(git rebase.*)$/m.exec(result.stderr) ?? [];
  const amend = printedCommand(result, 'git commit --amend');
  for (const command of [rebase, amend]) assert.is(repo.run('sh', ['-c', command]).code, 0, command);
  passes(push('origin', 'main'));
  assert.is(remote.show('main~1:release/skill.md'), 'two\n');
});

test('each: a root commit is rewritten with --root, and an invalid setting fails', () => {
  repo.git('config', 'dosSync.prePush', 'each');
  repo.git('checkout', '-q', '--orphan', 'other');
  drift('two\n');
  repo.git('fetch', '-q', '.', 'main:refs/remotes/origin/main');
  assert.match(push('origin', 'other').stderr, 'git rebase -i --root');
  repo.git('config', 'dosSync.prePush', 'all');
  const { code, stderr } = push('origin', 'other');
  assert.is(code, 1);
  assert.match(stderr, 'dosSync.prePush is all.');
});

test.run();
