// From the tarball, in a new repository, with every package manager.

import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installPeers, liveThrough, mustRun, newProject, packTarball } from '../support/package.js';
import type { Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('from a tarball');

let tarball = '';
const peers: string[] = [];

test.before(() => {
  tarball = packTarball();
});
test.after(() => {
  for (const directory of [dirname(tarball), ...peers]) rmSync(directory, { recursive: true, force: true });
});
test.before.each((context) => {
  context.repo = newProject();
});
test.after.each(({ repo }) => repo.remove());

function peer(name: string): string {
  const directory = installPeers(name);
  peers.push(directory);
  return join(directory, 'node_modules');
}

test('npm', ({ repo }) => {
  mustRun(repo, `npm install -D '${tarball}'`);
  liveThrough(repo, 'npx --no dos-sync');
});

test('pnpm', ({ repo }) => {
  const pnpm = join(peer('pnpm'), '.bin/pnpm');
  mustRun(repo, `'${pnpm}' add -D '${tarball}'`);
  liveThrough(repo, `'${pnpm}' exec dos-sync`);
});

test('yarn, the classic one', ({ repo }) => {
  const yarn = join(peer('yarn@1'), '.bin/yarn');
  mustRun(repo, `'${yarn}' add -D 'file:${tarball}'`);
  liveThrough(repo, `'${yarn}' -s dos-sync`);
});

test('yarn without node_modules (plug and play)', ({ repo }) => {
  const yarn = join(peer('@yarnpkg/cli-dist@4'), '@yarnpkg/cli-dist/bin/yarn.js');
  repo.write('yarn.lock', '');
  mustRun(repo, `node '${yarn}' add -D 'dos-sync@file:${tarball}'`);
  assert.not(existsSync(repo.path('node_modules')));
  liveThrough(repo, `node '${yarn}' dos-sync`);
});

test.run();
