// Runs the property tests at length.
// usage: npm run lab -- fuzz [--runs N] [--minutes N] [--seed N] [--only WORD] [--record]

import { parseArgs } from 'node:util';
import { PURE } from '../../test/fuzz/pure.js';
import { WITH_GIT } from '../../test/fuzz/with-git.js';
import { isolate } from '../../test/support/isolate.js';
import { recordMeasured } from '../measured.js';

/** A property that asks git or runs a fix takes this much longer than a pure one. */
const SLOWER = 100;

/** The runs of a pure property before the next property has its turn, with a seed of its own. */
const TURN = 10_000;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '600' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

const { remove } = isolate();
const [runs, seed, end] = [Number(values.runs), Number(values.seed), Date.now() + Number(values.minutes) * 60_000];
const properties = [
  ...PURE.map((each) => ({ ...each, slower: 1 })),
  ...WITH_GIT.map((each) => ({ ...each, slower: SLOWER })),
].filter(({ name }) => values.only === undefined || name.includes(values.only));
const done: Record<string, number> = {};
try {
  for (let from = 0; from < runs && Date.now() < end; from += TURN) {
    for (const { name, run, slower } of properties) {
      const count = Math.ceil(Math.min(TURN, runs - from) / slower);
      await run(count, seed + from);
      done[name] = (done[name] ?? 0) + count;
    }
  }
} finally {
  remove();
}
for (const [name, count] of Object.entries(done)) process.stdout.write(`${name}: ${count} runs\n`);
process.stdout.write(`seed ${seed}: no counterexample\n`);
if (values.record) recordMeasured('fuzz', { seed, properties: done });
