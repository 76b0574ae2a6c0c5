// Injects one fault at one system call of a fix, and asks the oracle.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitInBetween } from '../support/git-in-between.js';
import { CLI, Repo, type Result } from '../support/repo.js';
import { type Judgement, judge, type Known } from './judge.js';
import { readState, readTreasure } from './oracle.js';
import { findIndexNameUnsynced, findUnsynced, findUnsyncedIndex, withBarriers } from './power.js';
import type { Scenario } from './scenarios.js';
import { type Call, parseCalls, TRACED } from './trace.js';

export type FaultName = 'SIGKILL' | 'ENOSPC' | 'EIO' | 'EACCES';

export const ERRORS = ['ENOSPC', 'EIO', 'EACCES'] as const;

/** A place for a fault. `process`: `dos-sync`, or a word that identifies its git commands. */
export interface Point {
  readonly process: string;
  /** Which of the processes that match the word, from 1. */
  readonly nth: number;
  readonly call: Call;
}

export interface Recording extends Known {
  readonly template: Repo;
  readonly code: number;
  readonly points: readonly Point[];
  /** The number of renames by all processes. */
  readonly renames: number;
  /** Files that any of its processes opened for writing. */
  readonly opened: readonly string[];
  /** Changing calls that were not on the main thread, and orders that a power cut could break. */
  readonly problems: readonly string[];
}

export interface Outcome {
  /** False if the process did not reach this call: nothing was tried. */
  readonly hit: boolean;
  readonly code: number;
  /** Identifies the state that the fault left in the repository. */
  readonly left: string;
  readonly lost: readonly string[];
  readonly problems: readonly string[];
  /** True if a journal was left, and one command restored everything. */
  readonly recovered: boolean;
}

const TRIES = 3;

/**
 * The git commands that write, identified by a unique argument; the last two write to an open file.
 */
const WRITING_GITS = ['--index-info', '--skip-worktree', '--intent-to-add', 'hash-object', '--filters', 'blob'];

/** The program that syncs a file system. A fault hits it whenever it is started. */
const BARRIER = 'sync';

function strace(repo: Repo, options: readonly string[], words: readonly string[]): Result {
  const common = ['-y', '-s', '300', '-e', `trace=${TRACED},execve`, '-e', 'signal=none'];
  // An error at an unexpected call can leave the event loop waiting for ever.
  return repo.run('timeout', ['-s', 'KILL', '120', 'strace', ...common, ...options, process.execPath, CLI, ...words]);
}

/** Runs the scenario once without a fault, and lists the places for faults. */
export function record(scenario: Scenario): Recording {
  const template = new Repo(scenario.options ?? []);
  scenario.prepare(template);
  // git's sample hooks are useless here, and would be copied and read at each attempt.
  rmSync(template.path('.git/hooks'), { recursive: true });
  const repo = new Repo([], template);
  const traces = mkdtempSync(join(tmpdir(), 'traces-'));
  const [treasure, before] = [readTreasure(repo), readState(repo)];
  const { code, stderr } = strace(repo, ['-ff', '-ttt', '-o', join(traces, 't')], scenario.command);
  if (code !== 0) throw new Error(`${scenario.name}: ${stderr}`);
  const after = readState(repo);
  // By the time of the first call, because process ids can wrap around.
  const processes = readdirSync(traces)
    .map((name) => readFileSync(join(traces, name), 'latin1'))
    .sort((one, other) => Number.parseFloat(one) - Number.parseFloat(other))
    .map((trace) => ({ command: commandOf(trace), calls: parseCalls(trace) }));
  const [main, ...others] = processes;
  const points = (main?.calls ?? []).map((call) => ({ process: 'dos-sync', nth: 1, call }));
  const problems: string[] = [];
  const started = new Map<string, number>();
  for (const { command, calls } of others) {
    const word = WRITING_GITS.find((each) => command.includes(`"${each}"`));
    const changing = calls.filter(({ path }) => path?.startsWith(repo.top) || path?.startsWith('.git'));
    const [barrier] = changing.filter(({ name }) => name === 'syncfs');
    if (barrier) {
      if (!started.has(BARRIER)) points.push({ process: BARRIER, nth: 1, call: barrier });
      started.set(BARRIER, 1);
    } else if (word === undefined)
      problems.push(...changing.map(({ args }) => `written where no fault is put: ${args}`));
    else {
      const nth = (started.get(word) ?? 0) + 1;
      started.set(word, nth);
      points.push(...changing.map((call) => ({ process: word, nth, call })));
    }
  }
  const calls = main?.calls ?? [];
  const gits = others.map((each) => each.calls);
  problems.push(...findUnsynced(withBarriers(calls, gits), repo.top), ...gits.flatMap(findUnsyncedIndex));
  problems.push(...findIndexNameUnsynced(calls, gits, repo.top));
  const opened = processes.flatMap(({ calls }) => openedBy(calls)).map((path) => path.replace(repo.top, '<top>'));
  rmSync(traces, { recursive: true });
  repo.remove();
  const renames = processes.flatMap((each) => each.calls).filter(({ name }) => name === 'rename').length;
  const judged = new Map<string, Judgement>();
  const files = [...new Set(opened)];
  return { scenario, template, treasure, before, after, code, points, renames, opened: files, problems, judged };
}

/** The command of a process; empty for a thread. */
function commandOf(trace: string): string {
  return /^[\d. ]*execve\(.*$/m.exec(trace)?.[0] ?? '';
}

function openedBy(calls: readonly Call[]): string[] {
  return calls.flatMap(({ name, path }) => (name === 'openat' && path !== undefined ? [path] : []));
}

/** Tries the fault at the point, and again if the process made one call more or less before it. */
export function tryFault(recording: Recording, point: Point, fault: FaultName): Outcome {
  for (let tries = 1; ; tries += 1) {
    const outcome = tryOnce(recording, point, fault);
    if (outcome.hit || tries === TRIES) return outcome;
  }
}

/** In a copy of the scenario's repository. */
function tryOnce(recording: Recording, point: Point, fault: FaultName): Outcome {
  const { process: where, call } = point;
  const repo = new Repo([], recording.template);
  const trace = join(mkdtempSync(join(tmpdir(), 'trace-')), 't');
  const effect = fault === 'SIGKILL' ? 'signal=SIGKILL' : `error=${fault}`;
  const inject = ['-e', `inject=${call.name}:${effect}:when=${call.ordinal}`];
  try {
    const result = strike(repo, recording, trace, inject, point);
    const traces = readTraces(trace);
    const hit = traces.some((calls) =>
      fault === 'SIGKILL' ? sameCall(calls.at(-1), call) : calls.some((each) => each.injected && sameCall(each, call)),
    );
    if (!hit) return { hit, code: result.code, left: '', lost: [], problems: [], recovered: false };
    const gitDied = where !== 'dos-sync' && where !== BARRIER;
    const outcome = { ...judge(repo, recording, result.code, gitDied), hit, code: result.code };
    // Without the barrier, each file has to be synced.
    const fixing = traces.filter(
      (calls) => where === BARRIER && calls.some(({ path }) => path?.endsWith('/journal.json')),
    );
    return { ...outcome, problems: [...outcome.problems, ...fixing.flatMap((calls) => findUnsynced(calls, repo.top))] };
  } finally {
    rmSync(join(trace, '..'), { recursive: true });
    repo.remove();
  }
}

/** A name for the attempt that is the same in every run, whatever its temporary directory. */
export function keyOf(scenario: Scenario, { process: where, nth, call }: Point, fault: FaultName): string {
  const what = shape(call.args).replace(ABOVE, 'repo').slice(0, SHOWN);
  return [scenario.name, fault, where, nth, call.name, call.ordinal, what].join(' | ');
}

/** The path to a repository. */
const ABOVE = /\/[^">]*?\/repo(?=[/">])/g;
const SHOWN = 40;

function sameCall(one: Call | undefined, other: Call): boolean {
  return one?.name === other.name && one.ordinal === other.ordinal && shape(one.args) === shape(other.args);
}

// Replaces what varies: random names of repositories, times of backups, claims and temporary
// objects.
function shape(args: string): string {
  const names = args
    .replace(/repo-[^/">]+/g, 'repo')
    .replace(/claim-[^">]+/g, 'claim')
    .replace(/merge-[^/">]+/g, 'merge')
    .replace(/tmp_obj_[^">]+/g, 'tmp');
  return names.replace(/#[a-z0-9#]*/g, '#').slice(0, 100);
}

function strike(repo: Repo, recording: Recording, trace: string, inject: readonly string[], point: Point): Result {
  const { command } = recording.scenario;
  if (point.process === 'dos-sync') return strace(repo, ['-o', trace, ...inject], command);
  if (point.process === BARRIER) return strace(repo, ['-ff', '-o', trace, ...inject], command);
  return strikeGit(repo, recording, trace, inject, point);
}

/** The calls of each traced process. */
function readTraces(trace: string): readonly (readonly Call[])[] {
  const directory = join(trace, '..');
  const names = readdirSync(directory).filter((name) => /^t(?:\.\d+)?$/.test(name));
  return names.map((name) => parseCalls(readFileSync(join(directory, name), 'latin1')));
}

function strikeGit(
  repo: Repo,
  { scenario }: Recording,
  trace: string,
  inject: readonly string[],
  { process: word, nth }: Point,
): Result {
  const options = ['-y', '-s', '300', '-o', trace, '-e', `trace=${TRACED}`, '-e', 'signal=none', ...inject];
  const struck = `exec strace ${options.map((each) => `'${each}'`).join(' ')} "$git" "$@"`;
  const count = `echo >> '${trace}.count'; [ "$(wc -l < '${trace}.count')" -ne ${nth} ] || ${struck}`;
  const restore = gitInBetween(repo, word, count);
  try {
    return repo.dosSync(...scenario.command);
  } finally {
    restore();
  }
}
