// doctor follows each hook to dos-sync and back in real repositories; its verdict must match real
// commits.

import { chmodSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('doctor follows hooks');
const HOOKS = '.git/hooks';

test.before.each((context) => {
  context.repo = new Repo();
  context.repo.delete(HOOKS);
  context.repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  context.repo.write('live/x', '1').write('release/x', '1').settle();
  for (const [name, target] of [
    ['dos-sync-hook', join(dirname(CLI), 'dos-sync-hook')],
    ['dos-sync', CLI],
  ] as const) {
    mkdirSync(context.repo.path('node_modules/.bin'), { recursive: true });
    symlinkSync(target, context.repo.path(`node_modules/.bin/${name}`));
  }
  context.repo.write('.git/info/exclude', 'node_modules\n');
});
test.after.each(({ repo }) => repo.remove());

interface Note {
  readonly probe: string;
  readonly level: string;
  readonly says: string;
  readonly next?: string;
}

/**
 * Doctor's notes on the hooks: level and sentence, without the scratch directory's name, and the
 * command to type.
 */
function examine(repo: Repo): { code: number; lines: string[]; next: string[] } {
  const { code, stdout } = repo.dosSync('doctor', '--json');
  const notes = (JSON.parse(stdout) as { notes: Note[] }).notes.filter(
    ({ probe, level }) => level !== 'ok' && probe !== 'node-bare-path',
  );
  return {
    code,
    lines: notes.map(({ level, says }) => `${level}: ${says.replaceAll(repo.top, '<top>')}`),
    next: notes.map(({ next }) => next ?? ''),
  };
}

function put(repo: Repo, path: string, text: string, mode = 0o755): void {
  repo.write(path, text);
  chmodSync(repo.path(path), mode);
}

function edit(repo: Repo, path: string, how: (text: string) => string): void {
  repo.write(path, how(repo.read(path)));
}

/** True if a commit of only one side is blocked. */
function blocks(repo: Repo): boolean {
  repo.write('live/x', `${Math.random()}\n`).git('add', 'live');
  const { code } = repo.tryGit('commit', '-q', '-m', 'one side');
  repo.git('reset', '-q', '--hard', code === 0 ? 'HEAD~' : 'HEAD');
  return code !== 0;
}

const after = (line: string) => (text: string) => text.replace('\n', () => `\n${line}\n`);

test('native hooks: anything that disables our block is a problem, and no command of a hook is run', ({ repo }) => {
  repo.dosSync('install');
  const whole = repo.read(`${HOOKS}/pre-commit`);
  assert.ok(blocks(repo));
  edit(repo, `${HOOKS}/pre-commit`, after('touch .git/was-run\nexit 0'));
  edit(repo, `${HOOKS}/pre-merge-commit`, after('trap "exit 0" EXIT\n: "$(touch .git/was-run)"'));
  edit(repo, `${HOOKS}/pre-push`, (text) => `#!/bin/sh\n: <<'OFF'\n${text}OFF\ntouch .git/was-run\n`);
  const { code, lines } = examine(repo);
  assert.is(code, 1);
  assert.equal(lines, [
    'problem: The pre-commit hook exits before it starts dos-sync: <top>/.git/hooks/pre-commit.',
    'problem: The pre-merge-commit hook ignores the exit code of dos-sync, so it blocks nothing: <top>/.git/hooks/pre-merge-commit.',
    'problem: The pre-push hook exits before it starts dos-sync: <top>/.git/hooks/pre-push.',
  ]);
  assert.not(repo.exists('.git/was-run'));
  assert.not(blocks(repo));
  repo.write(`${HOOKS}/pre-commit`, whole);
  assert.ok(blocks(repo));
});

test("a user's own hooks: sound, conditional, and not in sh", ({ repo }) => {
  const start = 'node_modules/.bin/dos-sync-hook';
  put(repo, `${HOOKS}/pre-commit`, `#!/bin/sh\ngit diff --cached --check || exit 1\n${start} pre-commit || exit $?\n`);
  put(repo, `${HOOKS}/pre-merge-commit`, `#!/bin/sh\n[ -n "$CI" ] && exit 0\nexec ${start} pre-merge-commit\n`);
  put(repo, `${HOOKS}/pre-push`, `#!/bin/sh\n. ./common.sh\n${start} pre-push "$@"\n`);
  const { code, lines, next } = examine(repo);
  assert.is(code, 0, lines.join('\n'));
  assert.equal(lines, [
    'warning: The pre-merge-commit hook can exit with code 0 without starting dos-sync, or although dos-sync failed: <top>/.git/hooks/pre-merge-commit.',
    'warning: doctor cannot tell whether the pre-push hook starts dos-sync, because it cannot follow all of <top>/.git/hooks/pre-push.',
  ]);
  assert.match(next[1] ?? '', 'git commit must then be blocked');
  assert.ok(blocks(repo));
  edit(repo, `${HOOKS}/pre-commit`, (text) => text.replace('|| exit $?', '|| true'));
  assert.match(examine(repo).lines[0] ?? '', /^problem: The pre-commit hook ignores the exit code of dos-sync/);
  assert.not(blocks(repo));
});

test('hooks that git cannot start: each has a command, which repairs it', ({ repo }) => {
  repo.dosSync('install');
  chmodSync(repo.path(`${HOOKS}/pre-commit`), 0o644);
  edit(repo, `${HOOKS}/pre-merge-commit`, (text) => text.replaceAll('\n', '\r\n'));
  edit(repo, `${HOOKS}/pre-push`, (text) => text.replace('/bin/sh', '/usr/bin/env no-such-shell'));
  const { lines, next } = examine(repo);
  assert.equal(lines, [
    'problem: git ignores <top>/.git/hooks/pre-commit because it is not executable.',
    'problem: git cannot start <top>/.git/hooks/pre-merge-commit: its first line ends with a carriage return.',
    'problem: git cannot start <top>/.git/hooks/pre-push: no-such-shell, named in its first line, does not exist.',
  ]);
  for (const command of next.slice(0, 2)) assert.is(repo.run('sh', ['-c', command], { cwd: 'live' }).code, 0, command);
  edit(repo, `${HOOKS}/pre-push`, (text) => text.replace('/usr/bin/env no-such-shell', '/bin/sh'));
  assert.equal(examine(repo).lines, []);
});

test('husky: its lines, its starter and its switch', ({ repo }) => {
  repo.write(
    'package.json',
    '{ "scripts": { "prepare": "husky" }, "devDependencies": { "husky": "9", "dos-sync": "0" } }',
  );
  cpSync('node_modules/husky', repo.path('node_modules/husky'), { recursive: true });
  symlinkSync('../husky/bin.js', repo.path('node_modules/.bin/husky'));
  repo.run(process.execPath, [repo.path('node_modules/husky/bin.js')]);
  repo.dosSync('install');
  assert.equal(examine(repo).lines, []);
  const before = repo.read('.husky/pre-commit');
  put(repo, '.husky/pre-commit', `exit 0\n${before}`, 0o644);
  edit(repo, '.husky/pre-merge-commit', (text) => text.replace('|| exit $?', '|| true'));
  chmodSync(repo.path('.husky/_/pre-push'), 0o644);
  const { lines, next } = examine(repo);
  assert.equal(lines, [
    'problem: The pre-commit hook exits before it starts dos-sync: <top>/.husky/pre-commit.',
    'problem: The pre-merge-commit hook ignores the exit code of dos-sync, so it blocks nothing: <top>/.husky/pre-merge-commit.',
    'problem: git ignores <top>/.husky/_/pre-push because it is not executable.',
  ]);
  assert.not(blocks(repo));
  repo.run('sh', ['-c', next[2] ?? '']);
  repo.dosSync('install');
  repo.write('.husky/pre-commit', before);
  repo.delete('.husky/_/pre-push');
  repo.env['XDG_CONFIG_HOME'] = repo.path('.git/config-home');
  repo.write('.git/config-home/husky/init.sh', 'export HUSKY=0\n');
  const off = examine(repo);
  assert.equal(off.lines, [
    'problem: <top>/.git/config-home/husky/init.sh turns husky off, so husky runs no hooks.',
    'problem: husky’s .husky/_ is missing in <top>: git finds no hooks there and gives no warning.',
  ]);
  assert.is(repo.run('sh', ['-c', off.next[1] ?? ''], { cwd: 'live' }).code, 0, off.next[1]);
  repo.write('.git/config-home/husky/init.sh', 'PATH="/x:$PATH"\n');
  assert.equal(examine(repo).lines, []);
});

test('lefthook: a hook that is not executable, and a line that swallows the exit code', ({ repo }) => {
  const run = (hook: string) => `${hook}:\n  jobs:\n    - run: node_modules/.bin/dos-sync-hook ${hook}`;
  repo.write('lefthook.yml', `${run('pre-commit')} || true\n${run('pre-merge-commit')}\n${run('pre-push')} {0}\n`);
  for (const hook of ['pre-commit', 'pre-merge-commit', 'pre-push']) {
    put(repo, `${HOOKS}/${hook}`, '#!/bin/sh\ncall_lefthook run\n', hook === 'pre-push' ? 0o644 : 0o755);
  }
  assert.equal(examine(repo).lines, [
    'problem: The pre-commit hook ignores the exit code of dos-sync, so it blocks nothing: <top>/lefthook.yml.',
    'problem: git ignores <top>/.git/hooks/pre-push because it is not executable.',
  ]);
});

test('git init --separate-git-dir: in the main work tree, and in a linked one', ({ repo }) => {
  repo.git('init', '-q', '--separate-git-dir', '.away');
  repo.write('.away/info/exclude', '.away\nnode_modules\nlinked\n');
  repo.dosSync('install');
  assert.equal(examine(repo).lines, []);
  edit(repo, '.away/hooks/pre-commit', after('exit 0'));
  assert.match(examine(repo).lines[0] ?? '', /^problem: The pre-commit hook exits before/);
  edit(repo, '.away/hooks/pre-commit', (text) => text.replace('exit 0\n', ''));
  repo.git('worktree', 'add', '-q', 'linked');
  assert.equal(examine(repo).lines, []);
  const { code, stdout } = repo.run(process.execPath, [CLI, 'doctor'], { cwd: 'linked' });
  assert.is(code, 0, stdout);
  assert.match(stdout, 'The main work tree of');
  assert.match(stdout, `start dos-sync in ${repo.path('linked')}.`);
});

test.run();
