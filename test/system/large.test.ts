import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('a large file');

// Larger than git loads into memory (core.bigFileThreshold), but small enough for the disk: npm run
// lab -- large copies 4 GiB.
test('640 MiB are copied and put back, and no process takes 200 MB of memory', () => {
  const words = ['--import', 'tsx', resolve('scripts/lab/large.ts'), '--mib', '640'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.is(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /^640 MiB copied and put back: yes$/m);
});

test.run();
