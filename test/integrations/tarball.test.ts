// From the tarball, in a new repository, with every package manager.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { liveThrough, mustRun, suiteOfTarball } from '../support/package.js';

const test = suiteOfTarball('from a tarball');

test('npm', ({ repo, tarball }) => {
  mustRun(repo, `npm install -D '${tarball}'`);
  liveThrough(repo, 'npx --no dos-sync');
});

test('pnpm', ({ repo, tarball, peer }) => {
  const pnpm = join(peer('pnpm'), '.bin/pnpm');
  mustRun(repo, `'${pnpm}' add -D '${tarball}'`);
  liveThrough(repo, `'${pnpm}' exec dos-sync`);
});

test('yarn, the classic one', ({ repo, tarball, peer }) => {
  const yarn = join(peer('yarn@1'), '.bin/yarn');
  mustRun(repo, `'${yarn}' add -D 'file:${tarball}'`);
  liveThrough(repo, `'${yarn}' -s dos-sync`);
});

test('yarn without node_modules (plug and play)', ({ repo, tarball, peer }) => {
  const yarn = join(peer('@yarnpkg/cli-dist@4'), '@yarnpkg/cli-dist/bin/yarn.js');
  repo.write('yarn.lock', '');
  mustRun(repo, `node '${yarn}' add -D 'dos-sync@file:${tarball}'`);
  assert.not(existsSync(repo.path('node_modules')));
  liveThrough(repo, `node '${yarn}' dos-sync`);
});

test.run();
