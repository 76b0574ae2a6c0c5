// A series of strikes over the commands, and its counts by command and signal.

import type { Scenario } from '../faults/scenarios.js';
import { randomFrom } from '../support/isolate.js';
import type { AtGit, Target } from './counted-git.js';
import { type Rehearsal, record, type Strike, type StrikeOutcome, type StrikePlace, strike } from './strike.js';

export interface StrikeSeries {
  readonly commands: readonly Scenario[];
  /** The strikes for each command and kind. */
  readonly times: number;
  readonly seed: number;
  /** No strike starts after this time. */
  readonly minutes: number;
}

/** The counts of one kind of strike at one command. */
export interface StrikeRow {
  readonly command: string;
  readonly kind: string;
  tried: number;
  asItWas: number;
  done: number;
  /** A journal was left, and one command put everything back. */
  recovered: number;
  locked: number;
  lost: number;
  problems: number;
}

export interface SeriesTotals {
  readonly rows: readonly StrikeRow[];
  /** The gits of all commands, and those at which a signal struck. */
  gits: number;
  struckGits: number;
  /** Strikes that came after the command's end; not counted as tried. */
  missed: number;
  readonly problems: readonly string[];
}

interface Kind {
  readonly name: string;
  readonly signal: NodeJS.Signals;
  readonly target: Target;
}

/** A terminal sends Ctrl-C, Ctrl-\ and a hang-up to every process of the foreground. */
const KINDS: readonly Kind[] = [
  ...(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const).map(
    (signal): Kind => ({ name: signal, signal, target: 'main' }),
  ),
  ...(['SIGINT', 'SIGHUP', 'SIGQUIT'] as const).map(
    (signal): Kind => ({ name: `${signal} to the group`, signal, target: 'group' }),
  ),
  { name: 'SIGKILL to a git', signal: 'SIGKILL', target: 'git' },
];

const WHENS = ['before', 'during', 'after'] as const;

/** Of ten strikes at dos-sync, so many are at a git, and so many at one of its own system calls. */
const [AT_GITS, AT_CALLS] = [6, 2];

export async function runSeries(series: StrikeSeries, say: (line: string) => void): Promise<SeriesTotals> {
  const end = performance.now() + series.minutes * 60_000;
  const rows: StrikeRow[] = [];
  const problems: string[] = [];
  const totals = { gits: 0, struckGits: 0, missed: 0 };
  for (const command of series.commands) {
    const recording = await record(command);
    const struck = new Set<number>();
    for (const [at, kind] of KINDS.entries()) {
      const row: StrikeRow = { command: command.name, kind: kind.name, ...NONE };
      rows.push(row);
      for (const place of choosePlaces(recording, kind, series.times, randomFrom(series.seed * 100 + at))) {
        if (performance.now() > end) break;
        const outcome = await strike(recording, { ...kind, place });
        if (!outcome.hit) totals.missed += 1;
        if (outcome.hit && 'git' in place) struck.add(place.git.nth);
        for (const each of count(row, outcome)) {
          problems.push(`${command.name}: ${nameOf({ ...kind, place }, recording)}: ${each}`);
          say(problems.at(-1) ?? '');
        }
      }
      say(formatRow(row));
    }
    totals.gits += recording.gits.length;
    totals.struckGits += struck.size;
    recording.template.remove();
  }
  return { rows, ...totals, problems };
}

const NONE = { tried: 0, asItWas: 0, done: 0, recovered: 0, locked: 0, lost: 0, problems: 0 };

/** Adds an outcome. @returns what did not hold; also of a strike that missed. */
function count(row: StrikeRow, { hit, left, recovered, locked, lost, problems }: StrikeOutcome): readonly string[] {
  const all = [...lost.map((what) => `LOST ${what}`), ...problems];
  row.lost += lost.length;
  row.problems += problems.length;
  if (!hit) return all;
  row.tried += 1;
  row.asItWas += left === 'as it was' ? 1 : 0;
  row.done += left === 'done' ? 1 : 0;
  row.recovered += recovered ? 1 : 0;
  row.locked += locked ? 1 : 0;
  return all;
}

/** Places of every kind, each kind in random order, none twice before all were taken. */
function choosePlaces(
  { gits, calls, duration }: Rehearsal,
  { target }: Kind,
  times: number,
  random: () => number,
): readonly StrikePlace[] {
  const atGits = shuffle(
    gits.flatMap(({ duration: most }, at) =>
      WHENS.map((when) => ({ nth: at + 1, when, delay: most * random() }) satisfies AtGit),
    ),
    random,
  );
  const atCalls = shuffle(calls, random);
  return Array.from({ length: times }, (_, at): StrikePlace => {
    const git = atGits[(target === 'git' ? at : Math.floor(at / 10) * AT_GITS + (at % 10)) % atGits.length];
    const call = atCalls[at % atCalls.length];
    if (git && (target === 'git' || at % 10 < AT_GITS)) return { git };
    if (call && target === 'main' && at % 10 < AT_GITS + AT_CALLS) return { call };
    return { after: duration * random() };
  });
}

function shuffle<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}

function nameOf({ signal, target, place }: Strike, { gits }: Rehearsal): string {
  if ('after' in place) return `${signal} to ${target} after ${place.after.toFixed(3)} s`;
  if ('call' in place) return `${signal} at ${place.call.name} ${place.call.args}`;
  const { nth, when, delay } = place.git;
  const words = gits[nth - 1]?.words.slice(0, 120);
  return `${signal} to ${target} ${when} git ${nth} (${words})${when === 'during' ? `, ${delay.toFixed(3)} s` : ''}`;
}

export function formatRow({
  command,
  kind,
  tried,
  asItWas,
  done,
  recovered,
  locked,
  lost,
  problems,
}: StrikeRow): string {
  return (
    `${command}: ${kind}: tried ${tried}, as it was ${asItWas}, done ${done}, put back ${recovered}, ` +
    `left a lock ${locked}, lost ${lost}, problems ${problems}`
  );
}
