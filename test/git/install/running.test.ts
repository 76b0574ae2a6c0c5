// Installed native hooks in real commits, merges and pushes.

import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type InstallReport, installHooks } from '../../../src/install/index.js';
import {
  exitWith,
  git,
  makeScratch,
  put,
  removeScratch,
  type Scratch,
  seen,
  tryCommit,
  tryGit,
} from '../../support/hooks.js';

const test = suite<{ s: Scratch }>('native hooks at work');

test.before.each((context) => {
  context.s = makeScratch('a repository');
});
test.after.each(({ s }) => removeScratch(s));

function install(s: Scratch, program = s.program, node = process.execPath): Promise<InstallReport> {
  return installHooks({ cwd: s.top, program, node });
}

function hook(s: Scratch, name = 'pre-commit'): string {
  return join(s.top, '.git/hooks', name);
}

/** A PATH with git, sh and the usual tools, but without node. */
function pathWithoutNode(s: Scratch): string {
  const bin = join(s.root, 'bin');
  put(join(bin, 'keep'), '');
  for (const name of ['git', 'sh', 'cat', 'env']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
  return bin;
}

test('a commit passes at exit 0, is blocked at any other, and --no-verify bypasses it', async ({ s }) => {
  await install(s);
  assert.is(tryCommit(s).code, 0);
  for (const code of [1, 2, 77]) {
    exitWith(s, code);
    assert.is(tryCommit(s).code, 1);
  }
  assert.is(git(s, 'rev-list', '--count', 'HEAD'), '2\n');
  assert.equal(seen(s)[0]?.args, ['hook', 'pre-commit']);
  assert.is(tryGit(s, ['commit', '-qanm', 'without']).code, 0);
});

test('the script with the block continues after it, with its own PATH, options and variables', async ({ s }) => {
  put(hook(s), `#!/bin/sh -eu\n{ echo "PATH=$PATH"; set; } > ${s.root}/ran\nexit 0\n`, 0o755);
  await install(s);
  assert.is(tryCommit(s, { PATH: `.:${process.env['PATH']}` }).code, 0);
  assert.not.match(seen(s)[0]?.path ?? '', /:\.:|^\.:/);
  assert.equal(seen(s)[0]?.leaked, []);
  const ran = readFileSync(join(s.root, 'ran'), 'utf8');
  assert.match(ran, /^PATH=.*:\.:/);
  assert.not.match(ran, /^_dos_sync/m);
});

test('an exit at the start of the script cannot bypass the check, and a block stops it', async ({ s }) => {
  put(hook(s), `#!/bin/sh\ntouch ${s.root}/ran\nexit 0\n`, 0o755);
  await install(s);
  exitWith(s, 1);
  assert.is(tryCommit(s).code, 1);
  assert.not(existsSync(join(s.root, 'ran')));
});

test('a push gives every ref line to the check and to the script after it', async ({ s }) => {
  const remote = join(s.root, 'remote');
  git(s, 'init', '-q', '--bare', remote);
  put(hook(s, 'pre-push'), `#!/bin/sh\ncat > ${s.root}/ran\necho "$@" >> ${s.root}/ran\n`, 0o755);
  await install(s);
  git(s, 'branch', 'second');
  assert.is(tryGit(s, ['push', '-q', remote, 'main', 'second']).code, 0);
  const [first] = seen(s);
  assert.equal(first?.args, ['hook', 'pre-push', remote, remote]);
  assert.match(
    first?.stdin ?? '',
    /^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\nrefs\/heads\/second .*\n$/,
  );
  assert.is(readFileSync(join(s.root, 'ran'), 'utf8'), `${first?.stdin}${remote} ${remote}\n`);
  exitWith(s, 1);
  assert.is(tryGit(s, ['push', '-q', remote, 'main:third']).code, 1);
});

test('a push of nothing has an empty input, not an empty line', async ({ s }) => {
  const remote = join(s.root, 'remote');
  git(s, 'init', '-q', '--bare', remote);
  put(hook(s, 'pre-push'), `#!/bin/sh\ncat > ${s.root}/ran\n`, 0o755);
  await install(s);
  git(s, 'push', '-q', remote, 'main');
  git(s, 'push', '-q', remote, 'main');
  assert.is(seen(s).at(-1)?.stdin, '');
  assert.is(readFileSync(join(s.root, 'ran'), 'utf8'), '');
});

test('a push gives the ref lines to a chained hook as well', async ({ s }) => {
  const remote = join(s.root, 'remote');
  git(s, 'init', '-q', '--bare', remote);
  const copy = `require("fs").writeFileSync("${s.root}/ran", require("fs").readFileSync(0) + process.argv.slice(2))`;
  put(hook(s, 'pre-push'), `#!/usr/bin/env node\n${copy}\n`, 0o755);
  await install(s);
  assert.is(tryGit(s, ['push', '-q', remote, 'main']).code, 0);
  assert.match(seen(s)[0]?.stdin ?? '', /^refs\/heads\/main /);
  assert.is(readFileSync(join(s.root, 'ran'), 'utf8'), `${seen(s)[0]?.stdin}${remote},${remote}`);
});

test('a clean merge is checked by pre-merge-commit', async ({ s }) => {
  await install(s);
  git(s, 'checkout', '-qb', 'side');
  put(join(s.top, 'other'), '1');
  git(s, 'add', '.');
  git(s, 'commit', '-qm', 'side');
  git(s, 'checkout', '-q', 'main');
  assert.is(tryCommit(s).code, 0);
  exitWith(s, 1);
  assert.is(tryGit(s, ['merge', '-q', '--no-edit', 'side']).code, 1);
  assert.equal(seen(s).at(-1)?.args, ['hook', 'pre-merge-commit']);
});

test('without node on PATH the recorded one is used', async ({ s }) => {
  await install(s);
  const { code, stderr } = tryCommit(s, { PATH: pathWithoutNode(s) });
  assert.is(stderr, '');
  assert.is(code, 0);
  assert.is(seen(s)[0]?.node, process.execPath);
});

test('without both, the newest of nvm is used', async ({ s }) => {
  const gone = join(s.root, 'gone/node');
  put(gone, '', 0o755);
  await install(s, s.program, gone);
  rmSync(gone);
  for (const version of ['v20.1.0', 'v22.1.0', 'v9.0.0']) {
    const ran = join(s.root, 'ran');
    const starts = `#!/bin/sh\necho ${version} > ${ran}\nexec ${process.execPath} "$@"\n`;
    put(join(s.root, 'home/.nvm/versions/node', version, 'bin/node'), starts, 0o755);
  }
  assert.is(tryCommit(s, { PATH: pathWithoutNode(s), NVM_DIR: '' }).code, 0);
  assert.is(readFileSync(join(s.root, 'ran'), 'utf8'), 'v22.1.0\n');
});

test('a missing program blocks the commit and says what to do', async ({ s }) => {
  await install(s);
  rmSync(s.program);
  const { code, stderr } = tryCommit(s);
  assert.is(code, 1);
  assert.is(
    stderr,
    'dos-sync: the commit was stopped, because the check could not run.\n' +
      `  ${s.program} does not exist.\n` +
      '  put it back:  npm install --global dos-sync && dos-sync install\n' +
      '  once without the check:  git commit --no-verify\n',
  );
});

test('a program that a later commit adds is not run', async ({ s }) => {
  const program = join(s.top, 'node_modules/dos-sync/cli.mjs');
  put(program, readFileSync(s.program));
  await install(s, program);
  assert.is(tryCommit(s).code, 0);
  assert.is(seen({ ...s, program }).length, 1);
  git(s, 'add', '-f', 'node_modules/dos-sync/cli.mjs');
  const { code, stderr } = tryCommit(s, { GIT_LITERAL_PATHSPECS: '1' });
  assert.is(code, 1);
  assert.match(stderr, /cli\.mjs is a file of this repository, so .* was not run\./);
  assert.is(seen({ ...s, program }).length, 1);
});

test('a program below a link that a later commit adds is not run', async ({ s }) => {
  const program = join(s.top, 'node_modules/dos-sync/cli.mjs');
  put(program, readFileSync(s.program));
  await install(s, program);
  rmSync(join(s.top, 'node_modules/dos-sync'), { recursive: true });
  put(join(s.top, 'evil/cli.mjs'), `import { writeFileSync } from 'node:fs'; writeFileSync('${s.root}/ran', '');`);
  symlinkSync('../evil', join(s.top, 'node_modules/dos-sync'));
  git(s, 'add', '.');
  assert.match(tryCommit(s).stderr, /is a file of this repository/);
  assert.not(existsSync(join(s.root, 'ran')));
});

test('programs of the work tree on PATH are not run, under a relative, absolute or linked entry', async ({ s }) => {
  await install(s);
  const bin = join(s.top, 'node_modules/.bin');
  const ran = join(s.root, 'ran');
  for (const name of ['node', 'git', 'cat', 'printf', 'ls']) {
    put(join(bin, name), `#!/bin/sh\necho ${name} >> ${ran}\n`, 0o755);
  }
  symlinkSync(bin, join(s.root, 'link'));
  git(s, 'add', '.');
  // The alias starts the real git, which passes this PATH to the hook.
  const start = 'alias.start=!f() { PATH="$ENTRY:$PATH" /usr/bin/git "$@"; }; f';
  const entries = ['node_modules/.bin', '', bin, `${s.root}/link`, `${s.root}/./link/`];
  for (const entry of entries) {
    const run = tryGit(s, ['-c', start, 'start', 'commit', '-qm', 'next', '--allow-empty'], { ENTRY: entry });
    assert.is(run.code, 0, entry);
  }
  assert.not(existsSync(ran));
  assert.is(seen(s).length, entries.length);
});

test.run();
