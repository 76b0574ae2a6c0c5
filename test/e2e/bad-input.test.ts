import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo } from '../support/repo.js';

const test = suite('bad input ends in a clear error, and nothing written');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

/** A commit that could not be checked: blocked, with this message, and nothing changed. */
function couldNotCheck(words: readonly (string | RegExp)[]): void {
  const before = repo.state();
  const { code, stderr } = repo.dosSync('hook', 'pre-commit');
  assert.is(code, 2, stderr);
  for (const each of words) assert.match(stderr, each);
  assert.is.not(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
  assert.is(repo.state(), before);
}

test('outside a repository: exit 2, and what to do', () => {
  const place = mkdtempSync(join(tmpdir(), 'nowhere-'));
  const { status, stderr } = spawnSync(process.execPath, [CLI, 'check'], { cwd: place, encoding: 'utf8' });
  rmSync(place, { recursive: true });
  assert.is(status, 2);
  assert.match(stderr, 'is not in a git repository.');
  assert.match(stderr, 'git init');
});

test('in a bare repository, and in a git directory: exit 2', () => {
  repo.git('init', '-q', '--bare', 'bare.git');
  for (const cwd of ['bare.git', '.git']) {
    const { code, stderr } = repo.run(process.execPath, [CLI, 'check'], { cwd });
    assert.is(code, 2, stderr);
    assert.match(stderr, 'is a repository without a work tree.');
  }
});

test('no manifest: the hook is silent, the command says how to start', () => {
  repo.git('rm', '-q', '.dos-sync-manifest.json');
  repo.settle();
  repo.write('live/skill.md', 'two\n').git('add', '-A');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
  const { code, stderr } = repo.dosSync('check');
  assert.is(code, 2);
  assert.match(stderr, 'There is no .dos-sync-manifest.json');
  assert.match(stderr, 'dos-sync init');
});

test('a manifest that is not staged is not used: one line says so', () => {
  repo.git('rm', '-q', '--cached', '.dos-sync-manifest.json');
  repo.git('commit', '-q', '--no-verify', '-m', 'without');
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 0);
  assert.is(stderr.trim().split('\n').length, 1);
  assert.match(stderr, 'git add .dos-sync-manifest.json');
});

test('a broken manifest blocks the commit, with every problem by line and column', () => {
  repo
    .write('.dos-sync-manifest.json', '{\n  "pairs": [{ "a": "../x", "b": "/y" }],\n  "fix_directon": "up"\n}\n')
    .git('add', '-A');
  couldNotCheck([/\.dos-sync-manifest\.json:2:20: /, /json:2:33: /, /json:3:3: /, 'fix_direction']);
});

test('a manifest that is a symlink is refused', () => {
  repo.delete('.dos-sync-manifest.json');
  repo.write('elsewhere.json', '{}');
  symlinkSync('elsewhere.json', repo.path('.dos-sync-manifest.json'));
  repo.git('add', '-A');
  couldNotCheck(['is a symbolic link, not a regular file']);
  assert.is(repo.dosSync('check').code, 2);
});

test('a file on one end and a directory on the other', () => {
  repo.git('rm', '-q', '-r', 'release');
  repo.write('release', 'a file\n').git('add', '-A');
  couldNotCheck(['pairs a file with a directory', 'release is a file, live is a directory']);
  assert.is(repo.dosSync('check').code, 2);
});

test('unmerged entries of a pair', () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('live/skill.md', 'side\n').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('live/skill.md', 'main\n').settle();
  repo.tryGit('merge', '-q', 'side');
  for (const scope of [[], ['--staged']]) {
    const { code, stderr } = repo.dosSync('check', ...scope);
    assert.is(code, 2);
    assert.match(stderr, 'Unmerged: live/skill.md');
  }
  const before = repo.state();
  assert.is(repo.dosSync('fix').code, 2);
  assert.is(repo.state(), before);
});

test('a git that is too old', () => {
  const real = repo.run('sh', ['-c', 'command -v git']).stdout.trim();
  const fake = mkdtempSync(join(tmpdir(), 'fake-'));
  const answer = `case "$1" in --version|version) echo "git version 2.30.2";; *) exec '${real}' "$@";; esac`;
  writeFileSync(
    join(fake, 'git'),
    `#!/bin/sh\ncase "$*" in *--version*) echo "git version 2.30.2"; exit 0;; esac\n${answer}\n`,
  );
  chmodSync(join(fake, 'git'), 0o755);
  repo.env['PATH'] = `${fake}${delimiter}${process.env['PATH']}`;
  const { code, stderr } = repo.dosSync('check');
  const hook = repo.dosSync('hook', 'pre-commit');
  rmSync(fake, { recursive: true });
  assert.is(code, 2);
  assert.match(stderr, 'git version 2.30.2');
  assert.match(stderr, 'dos-sync needs git 2.38 or newer');
  assert.is(hook.code, 2);
});

test('no git at all', () => {
  const { code, stderr } = (() => {
    repo.env['PATH'] = '/nonexistent';
    const result = spawnSync(process.execPath, [CLI, 'check'], {
      cwd: repo.top,
      env: { ...process.env, ...repo.env },
      encoding: 'utf8',
    });
    delete repo.env['PATH'];
    return { code: result.status, stderr: result.stderr };
  })();
  assert.is(code, 2);
  assert.match(stderr, 'git was not found on PATH');
});

test('an invalid HEAD is broken, not a first commit', () => {
  repo.write('.git/refs/heads/main', `${'1'.repeat(40)}\n`);
  const { code, stderr } = repo.dosSync('hook', 'pre-commit');
  assert.is(code, 2);
  assert.match(stderr, 'git fsck');
});

test('a tree that is missing from the store is not an empty directory', () => {
  const tree = repo.git('rev-parse', 'HEAD:release').trim();
  rmSync(repo.path(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`));
  rmSync(repo.path('release'), { recursive: true });
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  for (const args of [
    ['hook', 'pre-commit'],
    ['check', '--staged'],
    ['check', '--commit', 'HEAD'],
  ]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2, args.join(' '));
    assert.match(stderr, tree);
  }
});

test('an invalid ref is broken, not a first commit', () => {
  repo.write('.git/refs/heads/main', 'garbage\n');
  assert.is(repo.dosSync('hook', 'pre-commit').code, 2);
});

test('a HEAD that is missing', () => {
  repo.delete('.git/HEAD');
  const { code, stderr } = repo.dosSync('check');
  assert.is(code, 2);
  assert.match(stderr, 'not in a git repository');
});

test('a missing object is not an absent file', () => {
  const tree = repo.git('rev-parse', 'HEAD:release').trim();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  repo.delete(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`);
  const { code, stderr } = repo.dosSync('hook', 'pre-commit');
  assert.is(code, 2, stderr);
});

test('a symlink above a side that leads elsewhere', () => {
  repo.git('rm', '-q', '-r', 'release');
  mkdirSync(repo.path('other'));
  repo.write('other/skill.md', 'one\n');
  symlinkSync('other', repo.path('release'));
  repo.git('add', '-A');
  couldNotCheck(['release is a symlink']);
});

test('an unknown command, option, hook or scope', () => {
  for (const words of [
    ['chek'],
    ['check', '--ful'],
    ['hook', 'post-commit'],
    ['check', '--staged', '--commit', 'HEAD'],
  ]) {
    assert.is(repo.dosSync(...words).code, 2, words.join(' '));
  }
  assert.match(repo.dosSync('chek').stderr, 'Did you mean check?');
});

test('a repository in a directory that cannot be named', () => {
  const script = `
    set -e
    for name in "$(printf 'not\\377utf8')" "$(printf 'two\\nlines')"; do
      git init -q "$name"; cp .dos-sync-manifest.json "$name"; cd "$name"; git add .
      set +e; '${process.execPath}' '${CLI}' hook pre-commit; echo "exit code $?"
      '${process.execPath}' '${CLI}' check; echo "exit code $?"; '${process.execPath}' '${CLI}' fix; echo "exit code $?"; set -e; cd ..
    done`;
  const { stdout, stderr } = repo.run('sh', ['-c', script]);
  assert.is(stdout, 'exit code 2\n'.repeat(6), stderr);
  assert.is(stderr.match(/is not UTF-8, so dos-sync cannot use it/g)?.length, 3, stderr);
  assert.is(stderr.match(/has a line break in it/g)?.length, 3, stderr);
});

test('an unknown revision, a path outside, a path of no pair', () => {
  assert.match(repo.dosSync('check', '--commit', 'nothing').stderr, 'nothing is not a commit in this repository.');
  assert.match(repo.dosSync('check', '/elsewhere').stderr, 'is outside the repository');
  const { code, stderr } = repo.dosSync('check', 'readme.md');
  assert.is(code, 2);
  assert.match(stderr, 'No pair has a path at or below readme.md.');
  for (const verb of ['check', 'fix', 'diff']) {
    const typo = repo.dosSync(verb, 'live/skil.md');
    assert.equal(
      [typo.code, typo.stderr],
      [2, 'dos-sync: There is no file or directory live/skil.md.\n  did you mean live/skill.md?\n'],
    );
  }
});

test.run();
