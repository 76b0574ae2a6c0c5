import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('races: four processes stage, commit and fix in one repository');

test('20 rounds: no silent mismatch, no false "in sync", no lock or journal left', () => {
  const words = ['--import', 'tsx', resolve('scripts/lab/races.ts'), '--rounds', '20'];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  assert.is(status, 0, `${stdout}${stderr}`);
  assert.match(stdout, /^rounds: 20, problems: 0$/m);
  assert.match(stdout, /^commits: [1-9]/m);
  assert.match(stdout, /^fixes: [1-9]/m);
});

test.run();
