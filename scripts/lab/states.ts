// Tries random blocked states: runs every printed command, and no edit may be lost without a
// mention.
// usage: npm run lab -- states [--states N] [--seed N] [--ruled | --record]

import { parseArgs } from 'node:util';
import { isolate } from '../../test/support/isolate.js';
import { tryState } from '../../test/support/random-states.js';
import { RULED_SHAPES } from '../../test/support/ruled-shapes.js';
import { recordMeasured } from '../measured.js';

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '200' },
    seed: { type: 'string' },
    ruled: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
});
const start = Number(values.seed ?? Date.now() % 1_000_000);
const { remove } = isolate();
let [blocked, typed, committed, faulty] = [0, 0, 0, 0];
try {
  for (let at = 0; at < Number(values.states); at += 1) {
    const outcome = tryState(start + at, values.ruled ? RULED_SHAPES : undefined);
    blocked += outcome.blocked ? 1 : 0;
    typed += outcome.typed;
    committed += outcome.committed ? 1 : 0;
    if (outcome.faults.length === 0) continue;
    faulty += 1;
    process.stdout.write(`seed ${outcome.seed}: ${outcome.story.join('; ')}\n  ${outcome.faults.join('\n  ')}\n\n`);
  }
} finally {
  remove();
}
process.stdout.write(`${values.states} states from seed ${start}: ${blocked} blocked, ${typed} commands typed, `);
process.stdout.write(`${committed} led to a commit, ${faulty} faulty\n`);
if (values.record && !values.ruled)
  recordMeasured('states', { seed: start, states: Number(values.states), blocked, typed, committed, faulty });
process.exitCode = faulty === 0 ? 0 : 1;
