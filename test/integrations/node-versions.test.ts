// From the tarball, under every supported Node beside the one that runs the tests.

import { delimiter, join } from 'node:path';
import * as assert from 'uvu/assert';
import { liveThrough, mustRun, suiteOfTarball } from '../support/package.js';

const test = suiteOfTarball('Node versions');

for (const major of [22, 24, 26]) {
  test(`Node ${major}`, ({ repo, tarball, peer }) => {
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
      `The hooks use Node v${major}.`,
    );
  });
}

test.run();
