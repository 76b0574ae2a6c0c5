// Interrupts commands by signals, and kills their gits, at every step; checks what that leaves.
// usage: npm run lab -- signals [--times N] [--command NAME]… [--seed N] [--jobs N] [--minutes N]
//          [--record]

import { parseArgs } from 'node:util';
import { COMMANDS } from '../../test/signals/commands.js';
import { formatRow, runSeries, type SeriesTotals, type StrikeRow } from '../../test/signals/series.js';
import { isolate } from '../../test/support/isolate.js';
import { recordMeasured } from '../measured.js';
import { parsePart, runParts } from './parts/run-parts.js';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    command: { type: 'string', multiple: true },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    jobs: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '600' },
    /** For child processes: which part of how many. */
    part: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

/** Tries the commands of this part in this process; the totals go to stdout. */
async function runPart(part: string): Promise<number> {
  const [at, of] = parsePart(part);
  const named = COMMANDS.filter(({ name }) => values.command?.includes(name) ?? true);
  const commands = named.filter((_, index) => index % of === at);
  const series = {
    commands,
    times: Number(values.times),
    seed: Number(values.seed) + at,
    minutes: Number(values.minutes),
  };
  const { remove } = isolate();
  try {
    const totals = await runSeries(series, (line) => void process.stderr.write(`${line}\n`));
    process.stdout.write(JSON.stringify(totals));
    return 0;
  } finally {
    remove();
  }
}

async function runAll(): Promise<number> {
  const parts = await runParts<SeriesTotals>(Number(values.jobs), values.seed);
  const rows = parts.flatMap((part) => part.rows);
  const problems = parts.flatMap((part) => part.problems);
  const sum = (key: keyof StrikeRow & keyof Pick<StrikeRow, 'tried' | 'locked' | 'lost'>) =>
    rows.reduce((total, row) => total + row[key], 0);
  const [gits, struckGits, missed] = (['gits', 'struckGits', 'missed'] as const).map((key) =>
    parts.reduce((total, part) => total + part[key], 0),
  ) as [number, number, number];
  for (const line of [...rows.map(formatRow), ...problems]) process.stdout.write(`${line}\n`);
  process.stdout.write(
    `${rows.length} kinds of strikes, seed ${values.seed}\n` +
      `strikes: ${sum('tried')}, after the command's end: ${missed}\n` +
      `gits struck: ${struckGits} of ${gits}\n` +
      `bytes lost: ${sum('lost') === 0 ? 0 : `of ${sum('lost')} files or entries`}\n` +
      `problems: ${problems.length}\n`,
  );
  const measured = { rows, gits, struckGits, missed, problems: problems.length, seed: Number(values.seed) };
  if (values.record) recordMeasured('signals', measured);
  return sum('tried') > 0 && problems.length === 0 ? 0 : 1;
}

process.exitCode = values.part === undefined ? await runAll() : await runPart(values.part);
