// Lets several processes write in one repository at the same time, in rounds of different kinds.
// usage: npm run lab -- races [--rounds N] [--minutes N] [--jobs N] [--kind NAME]… [--record]

import { parseArgs } from 'node:util';
import { kindOf, type RaceKind, race, WRITERS } from '../../test/races/race.js';
import { addRounds, type Round } from '../../test/races/round.js';
import { isolate } from '../../test/support/isolate.js';
import { recordMeasured } from '../measured.js';

const { values } = parseArgs({
  options: {
    /** 20, or as many as the minutes allow. */
    rounds: { type: 'string' },
    minutes: { type: 'string' },
    /** Rounds at the same time. */
    jobs: { type: 'string', default: '1' },
    kind: { type: 'string', multiple: true, default: [] },
    record: { type: 'boolean', default: false },
  },
});

interface KindTotals {
  readonly rounds: number;
  readonly fixes: number;
  readonly problems: number;
}

const { minutes } = values;
const rounds = values.rounds ?? (minutes === undefined ? '20' : 'Infinity');
const start = performance.now();
const end = minutes === undefined ? Number.POSITIVE_INFINITY : start + Number(minutes) * 60_000;

/** A round that was made. */
interface Made {
  readonly kind: RaceKind;
  readonly round: Round;
}

async function makeRounds(): Promise<readonly Made[]> {
  const made: Made[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < Number(rounds) && performance.now() < end) {
      const at = next;
      next += 1;
      const kind = kindOf(at, values.kind);
      const round = await race(kind, at);
      for (const problem of round.problems) process.stdout.write(`${kind} ${at}: ${problem}\n`);
      made.push({ kind, round });
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  return made;
}

function totalsOf(made: readonly Made[]): Readonly<Record<string, KindTotals>> {
  const kinds = [...new Set(made.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    kinds.map((name) => {
      const own = made.filter(({ kind }) => kind === name).map(({ round }) => round);
      const { fixes, problems } = addRounds(own);
      return [name, { rounds: own.length, fixes, problems: problems.length }];
    }),
  );
}

const { remove } = isolate();
let made: readonly Made[];
try {
  made = await makeRounds();
} finally {
  remove();
}
const { problems, ...sums } = addRounds(made.map(({ round }) => round));
const kinds = totalsOf(made);
const seconds = (performance.now() - start) / 1000;
for (const [kind, each] of Object.entries(kinds)) {
  process.stdout.write(`${kind}: ${each.rounds} rounds, ${each.fixes} fixes, ${each.problems} problems\n`);
}
for (const [key, sum] of Object.entries(sums)) process.stdout.write(`${key}: ${sum}\n`);
process.stdout.write(`seconds: ${seconds.toFixed(0)}, per round ${(seconds / made.length).toFixed(2)}\n`);
process.stdout.write(`rounds: ${made.length}, problems: ${problems.length}\n`);
const numbers = { rounds: made.length, writers: WRITERS.length, ...sums, problems: problems.length, kinds };
if (values.record) recordMeasured('races', numbers);
process.exitCode = made.length > 0 && sums.mismatches + sums.falseFixes + problems.length === 0 ? 0 : 1;
