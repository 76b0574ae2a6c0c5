import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('signals at every step of a fix and an undo');

test('a sample: nothing lost, no lock or temporary file left, the exit code says what happened', () => {
  const words = ['--import', 'tsx', resolve('scripts/lab/signals.ts'), '--times', '3', '--seed', '20', '--jobs', '2'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.is(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /^32 kinds of strikes, seed 20$/m);
  assert.match(stdout, /^bytes lost: 0$/m);
  assert.match(stdout, /^problems: 0$/m);
  const [, strikes] = /^strikes: (\d+)/m.exec(stdout) ?? [];
  assert.ok(Number(strikes) >= 80, stdout);
});

test.run();
