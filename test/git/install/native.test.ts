// Native hooks in real repositories: installed beside existing ones, and removed.

import { existsSync, linkSync, readFileSync, renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type InstallReport, installHooks, uninstallHooks } from '../../../src/install/index.js';
import {
  exitWith,
  git,
  makeScratch,
  put,
  removeScratch,
  type Scratch,
  seen,
  snapshot,
  tryCommit,
} from '../../support/hooks.js';

const test = suite<{ s: Scratch }>('native hooks');

test.before.each((context) => {
  context.s = makeScratch();
});
test.after.each(({ s }) => removeScratch(s));

function install(s: Scratch): Promise<InstallReport> {
  return installHooks({ cwd: s.top, program: s.program, node: process.execPath });
}

function hook(s: Scratch, name = 'pre-commit'): string {
  return join(s.top, '.git/hooks', name);
}

/** Install fails with this message, and nothing is written. */
async function refused(s: Scratch, words: RegExp): Promise<void> {
  const before = snapshot(join(s.top, '.git'));
  const outcome = await install(s).catch((error: unknown) => error as Error);
  assert.is((outcome as Error).name, 'Fault');
  assert.match((outcome as Error).message, words);
  assert.equal(snapshot(join(s.top, '.git')), before);
}

/**
 * Installs twice, runs `between`, uninstalls: the second install changes nothing, and the end
 * equals the start.
 */
async function thereAndBack(s: Scratch, between: () => void): Promise<void> {
  const before = snapshot(join(s.top, '.git/hooks'));
  const config = readFileSync(join(s.top, '.git/config'), 'utf8');
  await install(s);
  const installed = snapshot(join(s.top, '.git'));
  const again = await install(s);
  assert.equal([...new Set(again.actions.map(({ what }) => what))], ['unchanged']);
  assert.equal(snapshot(join(s.top, '.git')), installed);
  between();
  await uninstallHooks({ cwd: s.top });
  assert.equal(snapshot(join(s.top, '.git/hooks')), before);
  assert.is(readFileSync(join(s.top, '.git/config'), 'utf8'), config);
  assert.not(existsSync(join(s.top, '.git/dos-sync')));
}

test('a repository without hooks gets three executable ones, and loses them again', async ({ s }) => {
  await thereAndBack(s, () => {
    const lines = snapshot(join(s.top, '.git/hooks')).map((entry) => entry.split('\n')[0]);
    assert.equal(lines, [
      `${join(s.top, '.git/hooks')}: 40755`,
      ...['pre-commit', 'pre-merge-commit', 'pre-push'].map((name) => `${hook(s, name)}: 100755 #!/bin/sh`),
    ]);
  });
});

test('a hooks directory that was empty still exists afterwards', async ({ s }) => {
  put(hook(s, 'x'), '');
  unlinkSync(hook(s, 'x'));
  await thereAndBack(s, () => assert.is(tryCommit(s).code, 0));
});

test('a script gets its bytes and mode back', async ({ s }) => {
  put(hook(s), Buffer.from('#!/usr/bin/env -S bash -eu\necho \xff\ntrue', 'latin1'), 0o750);
  await thereAndBack(s, () => assert.is(tryCommit(s).code, 0));
});

const UNFIT = [
  ['another interpreter', '#!/usr/bin/env node\nrequire("fs").writeFileSync("RAN", "1")\n', 0o755, true],
  ['no shebang', 'touch RAN\n', 0o755, undefined],
  ['CRLF line ends', '#!/bin/sh\r\ntouch RAN\r\n', 0o755, undefined],
  ['no x bit', '#!/bin/sh\ntouch RAN\n', 0o644, false],
  ['bytes that are no text', '#!/bin/sh\n\0\xff', 0o700, undefined],
  ['a shebang without a line end', '#!/bin/sh', 0o755, undefined],
] as const;

for (const [what, content, mode, runs] of UNFIT) {
  test(`a hook with ${what} is kept beside ours, which runs first`, async ({ s }) => {
    const ran = join(s.root, 'ran');
    put(hook(s), Buffer.from(content.replace('RAN', ran), 'latin1'), mode);
    await thereAndBack(s, () => {
      assert.ok(existsSync(`${hook(s)}.dos-sync-chained`));
      exitWith(s, 1);
      assert.is(tryCommit(s).code, 1);
      assert.not(existsSync(ran));
      exitWith(s, 0);
      tryCommit(s);
      assert.is(seen(s).length, 2);
      // How the system handles a file without a valid shebang is not tested.
      if (runs !== undefined) assert.is(existsSync(ran), runs);
    });
  });
}

test('a hook that is a symbolic link stays one, and still leads to its script', async ({ s }) => {
  put(join(s.top, '.git/scripts/check'), `#!/bin/sh\necho "$@" > ${s.root}/ran\nexit 7\n`, 0o755);
  put(hook(s, 'other'), '');
  symlinkSync('../scripts/check', hook(s));
  await thereAndBack(s, () => {
    assert.is(tryCommit(s).code, 1);
    assert.ok(existsSync(join(s.root, 'ran')));
    assert.is(seen(s).length, 1);
  });
});

test('a hook with a second hard link is not edited', async ({ s }) => {
  put(hook(s), '#!/bin/sh\n', 0o755);
  linkSync(hook(s), join(s.root, 'second'));
  await thereAndBack(s, () => assert.is(readFileSync(join(s.root, 'second'), 'utf8'), '#!/bin/sh\n'));
});

test('a script with only a first line is not recognised as ours', async ({ s }) => {
  put(hook(s), '#!/bin/sh\n', 0o755);
  await thereAndBack(s, () => assert.is(tryCommit(s).code, 0));
});

test('other recorded paths, of any bytes, replace the block in place', async ({ s }) => {
  put(hook(s), '#!/bin/bash\necho on\n', 0o755);
  await install(s);
  const before = readFileSync(hook(s), 'utf8');
  const moved = join(s.root, 'it\'s $HOME `x` é\n"2"', 'program.mjs');
  put(moved, readFileSync(s.program));
  await installHooks({ cwd: s.top, program: moved, node: process.execPath });
  assert.is.not(readFileSync(hook(s), 'utf8'), before);
  assert.is(tryCommit(s).code, 0);
  git(s, 'dos-sync', 'check');
  assert.equal(
    seen({ ...s, program: moved }).map(({ args }) => args),
    [['hook', 'pre-commit'], ['check']],
  );
  await install(s);
  assert.is(readFileSync(hook(s), 'utf8'), before);
  await uninstallHooks({ cwd: s.top });
  assert.is(readFileSync(hook(s), 'utf8'), '#!/bin/bash\necho on\n');
});

test('what the user wrote since stays', async ({ s }) => {
  put(hook(s, 'pre-push'), 'no shebang\n', 0o755);
  await install(s);
  for (const name of ['pre-commit', 'pre-push']) {
    writeFileSync(hook(s, name), `${readFileSync(hook(s, name), 'utf8')}echo mine\n`);
  }
  const { notices } = await uninstallHooks({ cwd: s.top });
  assert.is(readFileSync(hook(s), 'utf8'), '#!/bin/sh\necho mine\n');
  assert.match(readFileSync(hook(s, 'pre-push'), 'utf8'), /^#!\/bin\/sh\n# >>> dos-sync chained[\s\S]*echo mine\n$/);
  assert.is(readFileSync(`${hook(s, 'pre-push')}.dos-sync-chained`, 'utf8'), 'no shebang\n');
  assert.match(notices.join('\n'), /pre-push was edited after the installation/);
});

test('a chained name that is taken is refused', async ({ s }) => {
  put(hook(s, 'pre-push.dos-sync-chained'), 'whose?');
  await refused(s, /pre-push\.dos-sync-chained already exists/);
  put(hook(s, 'pre-push'), 'another', 0o755);
  await refused(s, /pre-push\.dos-sync-chained already exists/);
});

test('a block without one of its marks, and a hooks directory that is a link, are refused', async ({ s }) => {
  await install(s);
  writeFileSync(hook(s), readFileSync(hook(s), 'utf8').replace('# <<< dos-sync hook <<<\n', ''));
  await refused(s, /lost its first or last line/);
  renameSync(join(s.top, '.git/hooks'), join(s.root, 'hooks'));
  symlinkSync(join(s.root, 'hooks'), join(s.top, '.git/hooks'));
  await refused(s, /is a symbolic link/);
});

test('a program that this repository tracks is refused, under its name and through a link', async ({ s }) => {
  put(join(s.top, 'tool/cli.js'), '');
  git(s, 'add', '.');
  await refused({ ...s, program: join(s.top, 'tool/cli.js') }, /is tracked in this repository/);
  symlinkSync(join(s.top, 'tool'), join(s.root, 'link'));
  await refused({ ...s, program: join(s.root, 'link/cli.js') }, /is tracked in this repository/);
  await refused({ ...s, program: join(s.top, 'gone.js') }, /dos-sync is not at/);
});

test.run();
