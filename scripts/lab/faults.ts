// Injects kills or errors at the system calls of fixes, and checks what is lost.
// usage: npm run lab -- faults [--kills N] [--errors N] [--scenario NAME]… [--seed N] [--jobs N]
//          [--minutes N] [--keep FILE] [--record]

import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Outcome } from '../../test/faults/run.js';
import { SCENARIOS } from '../../test/faults/scenarios.js';
import { addTotals, noTotals, runSeries, type Series, type SessionTotals } from '../../test/faults/session.js';
import { isolate } from '../../test/support/isolate.js';
import { recordMeasured } from '../measured.js';
import { parsePart, runParts } from './parts/run-parts.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    errors: { type: 'string' },
    scenario: { type: 'string', multiple: true },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** For the attempts, after the recordings. */
    minutes: { type: 'string', default: '600' },
    jobs: { type: 'string', default: '2' },
    /** For child processes: which part of how many. */
    part: { type: 'string' },
    /** A file that records each outcome, so that a run with the same build can continue it. */
    keep: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});

/** Tries the scenarios of this part in this process; the totals go to stdout. */
function runPart(part: string): number {
  const [at, of] = parsePart(part);
  const named = SCENARIOS.filter(({ name }) => values.scenario?.includes(name) ?? true);
  const scenarios = named.filter((_, index) => index % of === at);
  const share = (count: string | undefined) =>
    count === undefined ? Number.POSITIVE_INFINITY : Math.ceil(Number(count) / of);
  const { root, remove } = isolate();
  try {
    const series = {
      scenarios,
      kills: share(values.kills),
      errors: share(values.errors),
      minutes: Number(values.minutes),
      seed: Number(values.seed) + at,
      ...openKept(),
    };
    const totals = runSeries(series, root, (line) => void process.stderr.write(`${line}\n`));
    process.stdout.write(JSON.stringify(totals));
    return 0;
  } finally {
    remove();
  }
}

/** The outcomes of this build in the given file, one per line. */
function openKept(): Pick<Series, 'known' | 'keep'> {
  const { keep: file } = values;
  const hash = createHash('sha256');
  for (const name of readdirSync('dist').sort()) if (/\.c?js$/.test(name)) hash.update(readFileSync(`dist/${name}`));
  const build = hash.digest('hex').slice(0, 12);
  const text = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n').filter((line) => line.startsWith(`["${build}`));
  const known = new Map(
    lines.map((line) => (JSON.parse(line) as [string, string, Outcome]).slice(1) as [string, Outcome]),
  );
  const keep = (key: string, outcome: Outcome): void => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify([build, key, outcome])}\n`);
  };
  return { known, keep };
}

async function runAll(): Promise<number> {
  const parts = await runParts<SessionTotals>(Number(values.jobs), values.seed);
  const totals = parts.reduce(addTotals, noTotals());
  const { scenarios, points, tried, missed, lost, recovered, outside, problems } = totals;
  const count = tried.SIGKILL + tried.ENOSPC + tried.EIO + tried.EACCES;
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(
    `${scenarios} scenarios, ${points} points, seed ${values.seed}\n` +
      `faults tried: ${count} (${Object.entries(tried)
        .map(([fault, times]) => `${fault} ${times}`)
        .join(', ')}), not met again ${missed}\n` +
      `different states that they left: ${totals.states}\n` +
      `bytes lost: ${lost === 0 ? 0 : `of ${lost} files or entries`}\n` +
      `renames in an order that a power cut cannot harm: ${totals.renames}\n` +
      `interrupted fixes put back by one command: ${recovered}\n` +
      `files written outside: ${outside}\n` +
      `problems: ${problems.length}\n`,
  );
  if (values.record) recordMeasured('faults', { ...totals, problems: problems.length, seed: Number(values.seed) });
  return count > 0 && lost + outside + problems.length === 0 && missed * 20 < count ? 0 : 1;
}

process.exitCode = values.part === undefined ? await runAll() : runPart(values.part);
