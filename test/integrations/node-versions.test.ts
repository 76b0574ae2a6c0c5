// From the tarball, under every Node that is supported, beside the one that runs the tests.

import { rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installPeers, liveThrough, mustRun, newProject, packTarball } from '../support/package.js';
import type { Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('Node versions');

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

for (const major of [22, 24, 26]) {
  test(`Node ${major}`, ({ repo }) => {
    const node = join(
      peer(`node-${process.platform}-${process.arch}@${major}`),
      `node-${process.platform}-${process.arch}/bin`,
    );
    repo.env['PATH'] = [node, process.env['PATH']].join(delimiter);
    assert.match(mustRun(repo, 'node --version'), new RegExp(`^v${major}\\.`));
    mustRun(repo, `npm install -D '${tarball}'`);
    liveThrough(repo, 'npx --no dos-sync');
    mustRun(repo, 'npx --no dos-sync install');
    assert.match(
      mustRun(repo, 'npx --no dos-sync fix; npx --no dos-sync doctor || true'),
      `The hooks find node v${major}.`,
    );
  });
}

test.run();
