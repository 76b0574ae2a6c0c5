// Lets four processes stage, commit and fix in one repository at the same time.
// usage: npm run lab -- races [--rounds N] [--record]

import { parseArgs } from 'node:util';
import { type Round, race } from '../../test/races/race.js';
import { isolate } from '../../test/support/isolate.js';
import { recordMeasured } from '../measured.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, record: { type: 'boolean', default: false } },
});

const COUNTED = ['commits', 'blocked', 'fixes', 'mismatches', 'caughtAtPush', 'falseFixes'] as const;

const { remove } = isolate();
const rounds: Round[] = [];
try {
  for (let at = 0; at < Number(values.rounds); at += 1) rounds.push(await race(at));
} finally {
  remove();
}
const sums = Object.fromEntries(COUNTED.map((key) => [key, rounds.reduce((sum, round) => sum + round[key], 0)]));
const problems = rounds.flatMap((round) => round.problems);
for (const problem of problems) process.stdout.write(`${problem}\n`);
for (const [key, sum] of Object.entries(sums)) process.stdout.write(`${key}: ${sum}\n`);
process.stdout.write(`rounds: ${rounds.length}, problems: ${problems.length}\n`);
if (values.record) recordMeasured('races', { rounds: rounds.length, ...sums, problems: problems.length });
process.exitCode = sums['mismatches'] === 0 && sums['falseFixes'] === 0 && problems.length === 0 ? 0 : 1;
