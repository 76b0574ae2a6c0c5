// From the tarball, in a new repository, with every package manager.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { liveThrough, mustRun, sh, suiteOfTarball } from '../support/package.js';

const test = suiteOfTarball('from a tarball');

test('npm, without a warning', ({ repo, tarball }) => {
  const { code, stdout, stderr } = sh(repo, `npm install -D --loglevel=warn --engine-strict '${tarball}'`);
  assert.is(code, 0, stderr);
  assert.not.match(stdout + stderr, /\b(?:warn|deprecated)/i);
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

test('npm pack: the README has absolute links in the package, and its own again after it', ({ repo }) => {
  const here = process.cwd();
  const list = `git -C '${here}' ls-files -z --cached --others --exclude-standard`;
  mustRun(repo, `mkdir source && ${list} | tar -C '${here}' --null -T - -cf - | tar -C source -xf -`);
  mustRun(repo, `ln -s '${here}/node_modules' source/node_modules`);
  const before = repo.read('source/README.md');
  const tarball = mustRun(repo, 'cd source && npm pack --silent').trim();
  assert.match(tarball, /^dos-sync-[\d.]+\.tgz$/);
  assert.is(repo.read('source/README.md'), before);
  const packed = mustRun(repo, `tar -xOf 'source/${tarball}' package/README.md`);
  assert.equal(packed.match(/\]\((?!https:|#)[^)]*\)/g), null);
  const { scripts } = JSON.parse(mustRun(repo, `tar -xOf 'source/${tarball}' package/package.json`));
  assert.not.ok('prepare' in scripts);
});

test.run();
