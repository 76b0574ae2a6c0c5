import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('races: several processes write in one repository');

test('20 rounds of all kinds: no silent mismatch, no false "in sync", no byte lost, no lock or journal left', () => {
  const words = ['--import', 'tsx', resolve('scripts/lab/races.ts'), '--rounds', '20', '--jobs', '2'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.is(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /^rounds: 20, problems: 0$/m);
  assert.match(stdout, /^commits: [1-9]/m);
  assert.match(stdout, /^writers: 10 rounds, [1-9]\d* fixes/m);
  // These have no writer that could get in the way of a fix.
  assert.match(stdout, /^worktrees: 5 rounds, 20 fixes/m);
  assert.match(stdout, /^maintenance: 5 rounds, 10 fixes/m);
});

test.run();
