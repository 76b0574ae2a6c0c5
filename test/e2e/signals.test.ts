// A signal during a fix: no byte is lost, no lock is left, and the parent process sees the signal.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTree } from '../faults/oracle.js';
import { gitInBetween } from '../support/git-in-between.js';
import { CLI, pairedRepo, type Repo, type Result } from '../support/repo.js';

const test = suite('signals');
const STORE = '.git/dos-sync/fixes/main';
const SIGNALS = { HUP: 1, INT: 2, QUIT: 3, TERM: 15 } as const;
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n').git('add', 'live');
});
test.after.each(() => repo.remove());

/** The git commands of a fix; `config` runs under the lock, before anything is written. */
const STEPS = ['core.sharedRepository', '--filters', '--index-info', '--stage'];

/** Runs the command and, at the step, sends it the signal, before or after the git. */
function struck(signal: string, step: string, words: readonly string[], when: 'before' | 'after'): Result {
  const kill = `kill -${signal} $PPID`;
  const script = when === 'before' ? `${kill}; sleep 0.05` : `"$git" "$@"; code=$?; ${kill}; exit $code`;
  const restore = gitInBetween(repo, step, script);
  const result = runInShell(words);
  restore();
  return result;
}

/** Runs the command as a shell does, which turns signal n into exit code 128 + n. */
function runInShell(words: readonly string[]): Result {
  return repo.run('sh', ['-c', '"$@"; exit $?', 'sh', process.execPath, CLI, ...words]);
}

/** The store without backups and recorded contents: no lock, no journal. */
function left(): string[] {
  const names = existsSync(repo.path(STORE)) ? readdirSync(repo.path(STORE)) : [];
  return names.filter((name) => name !== 'backups' && name !== 'known-contents.json');
}

/** Our private directories for temporary files. */
function temporaries(): string[] {
  return readdirSync(process.env['TMPDIR'] ?? '/tmp').filter((name) => name.startsWith('dos-sync-'));
}

/** Each step with one signal, and each signal at one step; all combinations take minutes. */
const STRUCK: readonly [signal: keyof typeof SIGNALS, step: string, when: 'before' | 'after'][] = [
  ...STEPS.map((step) => ['TERM', step, 'before'] as [keyof typeof SIGNALS, string, 'before']),
  ['HUP', '--index-info', 'after'],
  ['INT', '--index-info', 'after'],
  ['QUIT', '--filters', 'after'],
];

for (const [signal, step, when] of STRUCK) {
  test(`SIG${signal} ${when} git ${step}: as it was, or done, and the exit code says so`, () => {
    const before = repo.state();
    const { code, stderr } = struck(signal, step, ['fix', '--staged'], when);
    assert.is(code, 128 + SIGNALS[signal], stderr);
    assert.equal(left(), []);
    if (repo.state() === before) return;
    assert.is(repo.dosSync('check', '--staged').code, 0);
    assert.is(repo.dosSync('undo').code, 0);
    assert.is(repo.state(), before);
  });
}

test('a signal in an undo: it is undone completely, or not at all', () => {
  const before = repo.state();
  repo.dosSync('fix', '--staged');
  assert.is(struck('TERM', '--index-info', ['undo'], 'before').code, 143);
  assert.equal(left(), []);
  assert.is(repo.state(), before);
});

test('a signal in a merge of both sides leaves no private copy of them', () => {
  diverge();
  const before = repo.state();
  const { code } = struck('TERM', 'merge-file', ['fix', '--merge'], 'before');
  assert.is(code, 143);
  assert.is(repo.state(), before);
  assert.equal(temporaries(), []);
});

/** A function of node:fs, the name of what it makes, a command that makes it, and its state. */
const MADE: readonly [call: string, name: string, words: readonly string[], prepare: () => void][] = [
  ['linkSync', 'main/lock', ['fix', '--staged'], () => undefined],
  ['mkdtempSync', 'dos-sync-merge-', ['fix', '--merge'], diverge],
  ['openSync', 'dos-sync/guard.', ['hook', 'pre-commit'], () => repo.git('reset', '-q', '--hard')],
  ['openSync', '.dos-sync-', ['install'], () => undefined],
  ['openSync', 'consents.json.', ['trust'], pairOutside],
];

/** Both sides edited in different lines. */
function diverge(): void {
  repo.settle();
  repo.dosSync('fix', '--force');
  repo.write('live/skill.md', '1\ntwo\n').write('release/skill.md', 'two\n3\n');
}

function pairOutside(): void {
  repo.manifest({ pairs: [{ a: 'live', b: '~/there' }] }).write('.git/home/there/skill.md', 'one\n');
  repo.env['HOME'] = repo.path('.git/home');
  repo.env['XDG_CONFIG_HOME'] = repo.path('.git/home');
}

for (const [call, name, words, prepare] of MADE) {
  test(`a signal right after ${call} of ${name}: it is not left`, () => {
    prepare();
    const argument = call === 'linkSync' ? 1 : 0;
    const script = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
      const real = fs.${call};
      fs.${call} = (...args) => {
        const made = real(...args);
        if (String(args[${argument}]).includes('${name}')) process.kill(process.pid, 'SIGTERM');
        return made;
      };
      syncBuiltinESMExports();`;
    repo.env['NODE_OPTIONS'] = `--import=data:text/javascript,${encodeURIComponent(script)}`;
    const { code, stderr } = runInShell(words);
    assert.is(code, 143, stderr);
    const ours = /\/lock|\.dos-sync-\d|(?:guard|json)\.\d+$/;
    assert.equal(
      [...readTree(repo.top).keys()].filter((path) => ours.test(path)),
      [],
    );
    assert.equal(temporaries(), []);
  });
}

test('a git that reads history is killed: exit code 2, and no half of the fix is made', () => {
  const before = repo.state();
  const restore = gitInBetween(repo, 'log', 'kill -9 $$');
  const { code, stderr } = repo.dosSync('fix', '--staged');
  restore();
  assert.is(code, 2, stderr);
  assert.match(stderr, 'killed by SIGKILL');
  assert.is(repo.state(), before);
});

test('the git that writes the index is killed: exit code 2, and nothing changed', () => {
  const before = repo.state();
  const restore = gitInBetween(repo, '--index-info', 'kill -9 $$');
  const { code, stderr } = repo.dosSync('fix', '--staged');
  restore();
  assert.is(code, 2, stderr);
  assert.is(repo.state(), before);
  assert.equal(left(), []);
});

test('a git is killed while it holds the index: the next fix names the lock, and how to remove it', () => {
  const before = repo.state();
  const restore = gitInBetween(repo, '--index-info', 'touch .git/index.lock; kill -9 $$');
  assert.is(repo.dosSync('fix', '--staged').code, 2);
  restore();
  const { code, stderr } = repo.dosSync('fix', '--staged');
  assert.is(code, 1, stderr);
  assert.is(repo.state(), before);
  const [, removal = ''] = /if no git runs here: (rm .*)\)$/m.exec(stderr) ?? [];
  assert.is(repo.run('sh', ['-c', removal]).code, 0, stderr);
  assert.is(repo.dosSync('fix', '--staged').code, 0);
});

test('closed streams, and readers that have gone, change no exit code', () => {
  const program = `'${process.execPath}' '${CLI}' check --full`;
  for (const streams of ['<&-', '>&-', '2>&-', '<&- >&- 2>&-', '>/dev/full 2>&1 || [ $? = 2 ] && exit 1']) {
    assert.is(repo.run('sh', ['-c', `${program} ${streams}`]).code, 1, streams);
  }
  const { code } = repo.run('bash', ['-c', `${program} 2>&1 | true; exit \${PIPESTATUS[0]}`]);
  assert.is(code, 1);
  const hook = `'${process.execPath}' '${CLI}' hook pre-commit`;
  assert.is(spawnSync('bash', ['-c', `${hook} 2> >(true)`], { cwd: repo.top }).status, 1);
});

test('few file descriptors: a verdict, or exit code 2 in a sentence', () => {
  for (const most of [20, 24, 28, 32, 48]) {
    const script = `ulimit -n ${most}; exec '${process.execPath}' '${CLI}' check --staged`;
    const { code, stderr } = repo.run('sh', ['-c', script]);
    assert.is.not(code, 0, `${most}`);
    assert.not.match(stderr, /this is a bug|^ +at .*:\d/m, `${most}`);
  }
});

test.run();
