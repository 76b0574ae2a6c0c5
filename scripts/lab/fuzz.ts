// Runs the property tests at length.
// usage: npm run lab -- fuzz [--runs N] [--seed N] [--only WORD] [--record]

import { parseArgs } from 'node:util';
import { PURE } from '../../test/fuzz/pure.js';
import { WITH_GIT } from '../../test/fuzz/with-git.js';
import { isolate } from '../../test/support/isolate.js';
import { recordMeasured } from '../measured.js';

/** A property that asks git or runs a fix takes this much longer than a pure one. */
const SLOWER = 100;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

const { remove } = isolate();
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const done: Record<string, number> = {};
try {
  for (const { name, run } of [...PURE, ...WITH_GIT]) {
    if (values.only !== undefined && !name.includes(values.only)) continue;
    const count = WITH_GIT.some((each) => each.name === name) ? Math.ceil(runs / SLOWER) : runs;
    await run(count, seed);
    done[name] = count;
    process.stdout.write(`${name}: ${count} runs\n`);
  }
} finally {
  remove();
}
process.stdout.write(`seed ${seed}: no counterexample\n`);
if (values.record) recordMeasured('fuzz', { seed, properties: done });
