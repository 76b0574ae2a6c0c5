// A series of faults over the scenarios, and its totals.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '../support/isolate.js';
import { readTree } from './oracle.js';
import { ERRORS, type FaultName, keyOf, type Outcome, type Point, type Recording, record, tryFault } from './run.js';
import type { Scenario } from './scenarios.js';

export interface Series {
  readonly scenarios: readonly Scenario[];
  /** The number of faults to try; all if missing. */
  readonly kills: number;
  readonly errors: number;
  readonly seed: number;
  /** No attempt starts after this time. */
  readonly minutes: number;
  /**
   * Outcomes of an earlier run of the same build, by {@link keyOf}: they are counted and not
   * repeated.
   */
  readonly known: ReadonlyMap<string, Outcome>;
  /** Called after each attempt. */
  readonly keep: (key: string, outcome: Outcome) => void;
}

export interface SessionTotals {
  scenarios: number;
  points: number;
  readonly tried: Record<FaultName, number>;
  /** Faults whose system call did not occur again in the run; not counted as tried. */
  missed: number;
  /**
   * The number of different states left by faults; in each the command was run again, then undone.
   */
  states: number;
  lost: number;
  /** Runs that left a journal which one command resolved. */
  recovered: number;
  outside: number;
  /** Renames that are safe against a power cut, by the order of the system calls around them. */
  renames: number;
  /** Files that were opened for writing in all scenarios. */
  opened: number;
  /** Of these, private ones below TMPDIR for git merge-file, which only takes files. */
  temporary: number;
  readonly problems: string[];
}

export function noTotals(): SessionTotals {
  const tried = { SIGKILL: 0, ENOSPC: 0, EIO: 0, EACCES: 0 };
  return {
    scenarios: 0,
    points: 0,
    tried,
    missed: 0,
    states: 0,
    lost: 0,
    recovered: 0,
    outside: 0,
    renames: 0,
    opened: 0,
    temporary: 0,
    problems: [],
  };
}

const MERGED = /\/dos-sync-merge-\w+\/(?:ours|base|theirs)$/;

interface Attempt {
  readonly recording: Recording;
  readonly point: Point;
  readonly fault: FaultName;
}

/** `root`: a directory for everything; it gets a canary beside the repositories. */
export function runSeries(series: Series, root: string, say: (line: string) => void): SessionTotals {
  const canary = join(root, 'canary');
  mkdirSync(canary, { recursive: true });
  writeFileSync(join(canary, 'file'), 'nobody writes here\n');
  const outside = () => JSON.stringify([...readTree(root, ['tmp'])]);
  const before = outside();
  const totals = noTotals();
  const recordings = series.scenarios.map((scenario) => take(totals, record(scenario)));
  const attempts = choose(recordings, series);
  const end = performance.now() + series.minutes * 60_000;
  const left = new Set<string>();
  for (const [at, attempt] of attempts.entries()) {
    const { recording, point, fault } = attempt;
    const key = keyOf(recording.scenario, point, fault);
    let outcome = series.known.get(key);
    if (!outcome && performance.now() > end) continue;
    if (!outcome) {
      outcome = tryFault(recording, point, fault);
      series.keep(key, outcome);
    }
    if (outcome.hit) left.add(`${recording.scenario.name} ${outcome.left}`);
    count(attempt, outcome, totals, say);
    if (at % 50 === 49) say(`${at + 1} of ${attempts.length}`);
  }
  totals.states = left.size;
  if (outside() !== before) totals.outside += 1;
  for (const { template } of recordings) template.remove();
  return totals;
}

function take(totals: SessionTotals, recording: Recording): Recording {
  const { scenario, points, renames, opened, problems } = recording;
  totals.scenarios += 1;
  totals.points += points.length;
  totals.renames += renames;
  totals.opened += opened.length;
  const temporary = opened.filter((path) => MERGED.test(path));
  totals.temporary += temporary.length;
  // git's paths are relative to its top level.
  const strange = opened.filter((path) => (path.startsWith('/') || path.startsWith('..')) && !temporary.includes(path));
  totals.outside += strange.length;
  totals.problems.push(
    ...[...problems, ...strange.map((path) => `opened ${path}`)].map((each) => `${scenario.name}: ${each}`),
  );
  return recording;
}

function choose(recordings: readonly Recording[], { kills, errors, seed }: Series): readonly Attempt[] {
  const random = randomFrom(seed);
  const all = recordings.flatMap((recording) => recording.points.map((point) => ({ recording, point })));
  const killed = pick(all, kills, random).map((each) => ({ ...each, fault: 'SIGKILL' as const }));
  const failing = all.flatMap((each) => ERRORS.map((fault) => ({ ...each, fault })));
  // Kills first, each kind in random order, so that a run that ends early is a fair sample.
  return [...killed, ...pick(failing, errors, random)];
}

function pick<Item>(items: readonly Item[], count: number, random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .slice(0, count)
    .map(({ item }) => item);
}

function count(
  { recording, point, fault }: Attempt,
  { hit, code, lost, problems, recovered }: Outcome,
  totals: SessionTotals,
  say: (line: string) => void,
): void {
  if (!hit) {
    totals.missed += 1;
    say(`not met again: ${recording.scenario.name}: ${point.process} ${point.call.name} ${point.call.args}`);
    return;
  }
  totals.tried[fault] += 1;
  totals.lost += lost.length;
  totals.recovered += recovered ? 1 : 0;
  const where = `${recording.scenario.name}: ${fault} at ${point.process} ${point.call.name} ${point.call.args}`;
  for (const each of [...lost.map((what) => `LOST ${what}`), ...problems]) {
    totals.problems.push(`${where}: ${each} (exit code ${code})`);
    say(`${where}: ${each} (exit code ${code})`);
  }
}

/** The sum of both. */
export function addTotals(one: SessionTotals, other: SessionTotals): SessionTotals {
  const tried = { ...one.tried };
  for (const fault of Object.keys(tried) as FaultName[]) tried[fault] += other.tried[fault];
  return {
    scenarios: one.scenarios + other.scenarios,
    points: one.points + other.points,
    tried,
    missed: one.missed + other.missed,
    states: one.states + other.states,
    lost: one.lost + other.lost,
    recovered: one.recovered + other.recovered,
    outside: one.outside + other.outside,
    renames: one.renames + other.renames,
    opened: one.opened + other.opened,
    temporary: one.temporary + other.temporary,
    problems: [...one.problems, ...other.problems],
  };
}
