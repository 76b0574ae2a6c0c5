// The sh of native hooks under the shells that users have, and under shellcheck. Needs shellcheck,
// dash, busybox, bash.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildBlock } from '../../src/install/block.js';
import { GLOBALLY } from '../../src/install/origin.js';
import { HOOK_NAMES, type HookName } from '../../src/install/types.js';
import { git, makeScratch, put, type Ran, removeScratch, type Scratch } from '../support/hooks.js';

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));
const BLOCK = readFileSync(join(TEMPLATES, 'hook-block.sh'), 'latin1');
const CHAIN = readFileSync(join(TEMPLATES, 'hook-chain.sh'), 'latin1');
const SHELLS = ['/usr/bin/dash', '/usr/bin/busybox sh', '/usr/bin/bash', '/usr/bin/bash --posix'];
// Every character with a meaning for a shell, and invalid UTF-8.
const AWKWARD = 'it\'s $HOME `x` \\n "2" *?[a] #;&|<>(){}!~ é\nline\t-';
const REFS = 'refs/heads/a\\b 1 refs/heads/a\\b 0\n  refs/x 2 refs/x 3\n';

const test = suite<{ s: Scratch }>('the sh of hooks');

test.before.each((context) => {
  context.s = makeScratch('top');
});
test.after.each(({ s }) => removeScratch(s));

interface Stand {
  readonly hook: string;
  readonly node: string;
  readonly program: string;
}

/**
 * A hook with our block and `rest`, with a sh stub for node that shows its input and exits with
 * $CODE.
 */
function makeHook(s: Scratch, name: HookName, rest: string): Stand {
  const node = join(s.root, AWKWARD, 'bin', 'node');
  const program = join(s.root, AWKWARD, 'cli.js');
  const shows =
    'echo node; for word do printf "<%s>" "$word"; done; echo; while IFS= read -r l; do printf "in:%s\\n" "$l"; done';
  put(node, `#!/usr/bin/dash\n${shows}; exit "\${CODE:-0}"\n`, 0o755);
  put(program, '');
  const hook = join(s.root, name);
  put(
    hook,
    Buffer.from(`#!/bin/sh\n${buildBlock(BLOCK, name, 'added', { node, program, origin: GLOBALLY })}${rest}`, 'latin1'),
    0o755,
  );
  return { hook, node, program };
}

function run(s: Scratch, shell: string, words: string[], env: NodeJS.ProcessEnv = {}, input = ''): Ran {
  const [program = '', ...args] = shell.split(' ');
  // A PATH without node: only the directory of git.
  const clean = { HOME: join(s.root, 'home'), PATH: toolsOf(s), ...env };
  const done = spawnSync(program, [...args, ...words], { cwd: s.top, env: clean, input, encoding: 'utf8' });
  return { code: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
}

function toolsOf(s: Scratch): string {
  const tools = join(s.root, 'tools');
  if (!existsSync(tools)) {
    put(join(tools, 'keep'), '');
    symlinkSync('/usr/bin/git', join(tools, 'git'));
  }
  return tools;
}

for (const name of HOOK_NAMES) {
  test(`shellcheck has nothing to say on ${name}`, ({ s }) => {
    for (const rest of ['', CHAIN]) {
      const hook = join(s.root, name);
      const block = buildBlock(BLOCK, name, 'added', {
        node: '/usr/bin/node',
        program: '/opt/dos-sync/dist/cli.js',
        origin: GLOBALLY,
      });
      put(hook, `#!/bin/sh\n${block}${rest}`);
      for (const dialect of ['sh', 'dash', 'bash', 'ksh']) {
        const { status, stdout } = spawnSync('shellcheck', ['-s', dialect, hook], { encoding: 'utf8' });
        assert.is(stdout, '');
        assert.is(status, 0);
      }
    }
  });
}

test('shellcheck has no complaint about dos-sync-hook', () => {
  for (const dialect of ['sh', 'dash', 'bash', 'ksh']) {
    const { status, stdout } = spawnSync('shellcheck', ['-s', dialect, 'dist/dos-sync-hook'], { encoding: 'utf8' });
    assert.is(stdout, '');
    assert.is(status, 0);
  }
});

test('every template in sh is checked here', () => {
  const scripts = readdirSync(TEMPLATES).filter((name) => !/\.(?:json|ts|yml)$/.test(name));
  assert.equal(scripts.sort(), [
    'github-action.sh',
    'hook-block.sh',
    'hook-chain.sh',
    'hook-program.sh',
    'pre-receive',
  ]);
});

for (const name of ['github-action.sh', 'pre-receive']) {
  test(`shellcheck has no complaint about ${name}`, () => {
    for (const dialect of ['sh', 'dash', 'bash', 'ksh']) {
      const { status, stdout } = spawnSync('shellcheck', ['-s', dialect, join(TEMPLATES, name)], { encoding: 'utf8' });
      assert.is(stdout, '');
      assert.is(status, 0);
    }
  });
}

for (const shell of SHELLS) {
  test(`${shell}: awkward paths and arguments arrive as they are, and the script goes on`, ({ s }) => {
    const { hook, program } = makeHook(s, 'pre-commit', 'echo "on:$#:$1"; set | grep ^_dos_sync\n');
    const { code, stdout, stderr } = run(s, shell, [hook, 'a b', '', '*'], { PATH: `${toolsOf(s)}:/usr/bin.none` });
    assert.is(stderr.replace(/.*grep.*\n/, ''), '');
    assert.is(stdout, `node\n<${program}><hook><pre-commit><a b><><*>\non:3:a b\n`);
    assert.ok(code === 127 || code === 1);
  });

  test(`${shell}: any other exit code than 0 ends the script, and an unknown one is told`, ({ s }) => {
    for (const first of ['', 'set -e\n', 'set -u\n', 'set -f\n']) {
      const { hook } = makeHook(s, 'pre-merge-commit', 'echo on\nexit 0\n');
      const text = readFileSync(hook, 'latin1').replace('#!/bin/sh\n', `#!/bin/sh\n${first}`);
      put(hook, Buffer.from(text, 'latin1'), 0o755);
      for (const code of [1, 2, 130, 143]) {
        const ran = run(s, shell, [hook], { CODE: String(code) });
        assert.is(ran.code, code);
        assert.not.match(ran.stdout, /^on$/m);
      }
      // 133: no address space for Node; 134: no memory for its heap; 137: killed by the system.
      for (const code of [77, 133, 134, 137, 255]) {
        const ran = run(s, shell, [hook], { CODE: String(code) });
        assert.is(ran.code, 2);
        assert.match(ran.stderr, `node ended with exit code ${code} and gave no verdict.`);
        assert.not.match(ran.stdout, /^on$/m);
      }
      assert.match(run(s, shell, [hook]).stdout, /\non\n$/);
    }
  });

  test(`${shell}: both readers of a push get the same lines`, ({ s }) => {
    const { hook } = makeHook(s, 'pre-push', 'while IFS= read -r l; do printf "rest:%s\\n" "$l"; done\nexit 5\n');
    for (const lines of [REFS, '', REFS.repeat(4000)]) {
      const { code, stdout } = run(s, shell, [hook, 'origin', 'url'], {}, lines);
      const [ours, rest] = ['in:', 'rest:'].map((mark) =>
        stdout.split('\n').flatMap((line) => (line.startsWith(mark) ? `${line.slice(mark.length)}\n` : [])),
      );
      assert.is(ours?.join(''), lines);
      assert.is(rest?.join(''), lines);
      assert.is(code, 5);
    }
  });

  test(`${shell}: no program of the work tree is run, wherever PATH has it`, ({ s }) => {
    const { hook } = makeHook(s, 'pre-push', '');
    const inside = join(s.top, 'bin');
    const ran = join(s.root, 'ran');
    for (const name of ['node', 'git', 'cat', 'printf', 'test', '[', 'pwd', 'emulate', 'sed', 'dirname']) {
      put(join(inside, name), `#!/usr/bin/dash\necho ${name} >> ${ran}\n`, 0o755);
    }
    symlinkSync(inside, join(s.root, 'link'));
    for (const entry of [
      '',
      '.',
      'bin',
      './bin',
      '../top/bin',
      inside,
      `${s.root}/link`,
      `${s.root}/tools/../top/bin`,
    ]) {
      for (const path of [`${entry}:${toolsOf(s)}`, `${toolsOf(s)}:${entry}`, `${entry}:`, `:${entry}`]) {
        const { code } = run(s, shell, [hook], { PATH: path, HOME: s.top, NVM_DIR: inside, ZSH_VERSION: '5' }, REFS);
        assert.is(code, 0, path);
      }
    }
    assert.not(existsSync(ran));
  });

  test(`${shell}: without any node the commit is blocked, and the message says what to do`, ({ s }) => {
    const { hook, node } = makeHook(s, 'pre-push', 'echo on\n');
    put(node, '', 0o644);
    // The machine that runs this has a node somewhere, which the hook would find.
    const text = readFileSync(hook, 'latin1').replace(/ \/(?:usr|home|opt)\/\S*\/node\b/g, ' /nonexistent/node');
    put(hook, Buffer.from(text, 'latin1'), 0o755);
    const { code, stdout, stderr } = run(s, shell, [hook]);
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.match(
      stderr,
      /^dos-sync: the push was stopped, because the check could not run\.\n {2}Node\.js was not found/,
    );
    assert.match(stderr, /install Node\.js 20\.12 or newer.*\n {2}once without the check: {2}git push --no-verify\n$/);
  });

  test(`${shell}: a guard lets a commit of other files through without node, and nothing else`, ({ s }) => {
    const { hook, program } = makeHook(s, 'pre-commit', 'echo on\n');
    put(join(s.top, '.dos-sync-manifest.json'), '{}\n');
    git(s, 'add', '.');
    git(s, 'commit', '-qm', 'manifest');
    put(join(program, '../build.txt'), '1.0 a b\n');
    const manifest = git(s, 'rev-parse', 'HEAD:.dos-sync-manifest.json');
    const guard = (...lines: string[]) => put(join(s.top, '.git/dos-sync/guard'), lines.join('\n'));
    const covers = [
      '--',
      ...Array.from({ length: 300 }, (_, at) => `:(top,literal)pair ${at}`),
      ':(top,literal).dos-sync-manifest.json',
      '',
    ];
    put(join(s.top, 'pair'), '1');
    put(join(s.top, 'file'), '2');
    git(s, 'add', '.');
    guard('1.0 a b', manifest + covers.join('\n'));
    for (const env of [{}, { GIT_DIR: '.git' }, { GIT_DIR: join(s.top, '.git') }, { IFS: 'abc1' }]) {
      const { code, stdout, stderr } = run(s, shell, [hook], env);
      assert.is(`${code}${stdout}${stderr}`, '0on\n');
    }
    const starts = (env = {}) => assert.match(run(s, shell, [hook], env).stdout, /^node\n/);
    starts({ GIT_DIR: join(s.top, 'nowhere') });
    guard('1.0 a', manifest + covers.join('\n'));
    starts();
    guard('1.0 a b', `${'0'.repeat(40)}\n${covers.join('\n')}`);
    starts();
    guard('1.0 a b', manifest + covers.join('\n'));
    put(join(s.top, 'pair 299'), '1');
    git(s, 'add', '.');
    starts();
  });

  test(`${shell}: a missing program blocks with code 2`, ({ s }) => {
    const { hook, program } = makeHook(s, 'pre-commit', 'echo on\n');
    spawnSync('rm', [program]);
    const { code, stdout, stderr } = run(s, shell, [hook]);
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.match(stderr, /does not exist\.\n {2}put it back: {2}npm install --global dos-sync && dos-sync install\n/);
  });
}

test.run();
