// Runs the tests of faults, servers and shared repositories, and counts what was tried and what
// held.
// usage: npm run lab -- trials [--record]

import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { recordMeasured, type Trial } from '../measured.js';

const { values } = parseArgs({ options: { record: { type: 'boolean', default: false } } });

/** The test files, by what they put to the test. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  'stores after a power cut': ['e2e/damaged-stores', 'e2e/interrupted', 'git/fix-lock'],
  'disks that refuse': ['system/disks', 'system/mounted-disks', 'system/folding-disk', 'e2e/read-only'],
  'signals and children': ['e2e/signals', 'system/signals'],
  'writers at the same time': ['system/races', 'git/install/changed', 'git/fix-folders'],
  'shared repositories': ['system/two-users', 'e2e/shared', 'e2e/foreign-files'],
  'the server': ['e2e/many-refs', 'e2e/pre-receive', 'e2e/pre-receive-kinds', 'e2e/pre-receive-limits'],
  'hostile content': ['e2e/attacks', 'e2e/broken-trees', 'e2e/gitlinks', 'e2e/outside-writing', 'git/install/detours'],
};

async function runFile(subject: string, name: string): Promise<Trial> {
  const file = `test/${name}.test.ts`;
  const { stdout } = await execa('tsx', ['scripts/test.ts', file], { preferLocal: true, reject: false });
  const [, passed = '0', failed = '1'] = /^(\d+) passed, (\d+) failed$/m.exec(stdout) ?? [];
  process.stdout.write(
    `${failed === '0' ? 'ok  ' : 'FAIL'} ${subject}: ${file} (${passed} passed, ${failed} failed)\n`,
  );
  return { subject, file, tried: Number(passed) + Number(failed), held: Number(passed) };
}

const trials: Trial[] = [];
for (const [subject, names] of Object.entries(SUBJECTS)) {
  for (const name of names) trials.push(await runFile(subject, name));
}
if (values.record) recordMeasured('trials', { trials });
const held = trials.reduce((sum, trial) => sum + trial.held, 0);
const tried = trials.reduce((sum, trial) => sum + trial.tried, 0);
process.stdout.write(`${held} passed, ${tried - held} failed\n`);
process.exitCode = held === tried ? 0 : 1;
