// How dos-sync was installed, from its path; the printed command, from lock files; the path that
// survives an upgrade.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readRunner } from '../../../src/git/package-manager.js';
import { originOf, stableProgram } from '../../../src/install/origin.js';

const test = suite<{ root: string }>('how dos-sync was installed');
const PROGRAM = 'node_modules/dos-sync/dist/cli.js';

test.before.each((context) => {
  context.root = realpathSync(mkdtempSync(join(tmpdir(), 'origin-')));
});
test.after.each(({ root }) => rmSync(root, { recursive: true }));

const PLACES = [
  [`/r/${PROGRAM}`, 'dependency', '.', ''],
  [`/r/app/${PROGRAM}`, 'dependency', 'app', ''],
  [`/${PROGRAM}`, 'dependency', '..', ''],
  [`/r/.yarn/unplugged/dos-sync-file-1a2b/${PROGRAM}`, 'dependency', '.', ''],
  [`/r/node_modules/.pnpm/dos-sync@0.1.0/${PROGRAM}`, 'dependency', 'node_modules/.pnpm/dos-sync@0.1.0', ''],
  [`/usr/lib/${PROGRAM}`, 'global', '', 'npm install --global dos-sync'],
  [`/home/u/.local/share/pnpm/global/5/${PROGRAM}`, 'global', '', 'pnpm add --global dos-sync'],
  [`/home/u/.config/yarn/global/${PROGRAM}`, 'global', '', 'yarn global add dos-sync'],
  [`/home/u/.bun/install/global/${PROGRAM}`, 'global', '', 'bun add --global dos-sync'],
  [`/home/u/.npm/_npx/1a2b/${PROGRAM}`, 'passing', '', 'npm install --save-dev dos-sync'],
  ['/src/dos-sync/dist/cli.js', 'global', '', 'npm install --global dos-sync'],
] as const;

for (const [path, kind, root, fetch] of PLACES) {
  test(`${path} is ${kind}, ${root || 'outside'}`, () => {
    const origin = originOf(path, '/r');
    assert.equal([origin.kind, origin.root], [kind, root]);
    if (kind !== 'dependency') assert.is(origin.fetch, fetch);
  });
}

const RUNNERS = [
  [{ 'package.json': '{}' }, 'npx --no dos-sync'],
  [{ 'package-lock.json': '' }, 'npx --no dos-sync'],
  [{ 'pnpm-lock.yaml': '' }, 'pnpm exec dos-sync'],
  [{ 'yarn.lock': '' }, 'yarn dos-sync'],
  [{ 'bun.lock': '' }, 'bunx --no-install dos-sync'],
  [{ 'bun.lockb': '' }, 'bunx --no-install dos-sync'],
  [{ 'package.json': '{ "packageManager": "pnpm@10.1.0" }' }, 'pnpm exec dos-sync'],
  [{ 'package-lock.json': '', 'package.json': '{"packageManager":"yarn@4.1.0"}' }, 'yarn dos-sync'],
  [{ 'package.json': '{ "packageManager": "other@1" }' }, 'npx --no dos-sync'],
] as const;

for (const [files, runner] of RUNNERS) {
  test(`${JSON.stringify(files)} means ${runner}, also for a package below`, ({ root }) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
    assert.is(readRunner(root, root), runner);
    mkdirSync(join(root, 'packages/a'), { recursive: true });
    assert.is(readRunner(join(root, 'packages/a'), root), runner);
  });
}

function put(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

test('the recorded path has no version in it if a link without one leads there', ({ root }) => {
  const real = put(join(root, 'node_modules/.pnpm/dos-sync@0.1.0', PROGRAM));
  assert.is(stableProgram(real, undefined, root), real);
  symlinkSync('.pnpm/dos-sync@0.1.0/node_modules/dos-sync', join(root, 'node_modules/dos-sync'));
  assert.is(stableProgram(real, undefined, root), join(root, PROGRAM));
  assert.is(stableProgram(real, undefined, join(root, 'node_modules')), join(root, PROGRAM));
  // A global store, unknown to the work tree.
  assert.is(stableProgram(real, undefined, '/'), join(root, PROGRAM));
  assert.is(stableProgram(real, real, '/'), join(root, PROGRAM));
});

test('a link that leads to another version is not recorded', ({ root }) => {
  const real = put(join(root, 'store/2', PROGRAM));
  put(join(root, PROGRAM));
  assert.is(stableProgram(real, undefined, root), real);
});

test('a sub-package is found through the path that the process was started with', ({ root }) => {
  const real = put(join(root, 'node_modules/.pnpm/dos-sync@0.1.0', PROGRAM));
  const own = join(root, 'app/node_modules/dos-sync');
  mkdirSync(dirname(own), { recursive: true });
  symlinkSync(join(root, 'node_modules/.pnpm/dos-sync@0.1.0/node_modules/dos-sync'), own);
  assert.is(stableProgram(real, join(own, 'dist/cli.js'), root), join(root, 'app', PROGRAM));
});

test.run();
