// Puts one fault at one system call of a fix, and asks the oracle.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitInBetween } from '../support/git-in-between.js';
import { CLI, Repo, type Result } from '../support/repo.js';
import { findBroken, findLeft, findLost, readState, readTreasure, type Treasure } from './oracle.js';
import type { Scenario } from './scenarios.js';
import { type Call, readCalls, TRACED } from './trace.js';

export type FaultName = 'SIGKILL' | 'ENOSPC' | 'EIO' | 'EACCES';

export const ERRORS = ['ENOSPC', 'EIO', 'EACCES'] as const;

/** A place where a fault can strike. `process`: `dos-sync`, or the word that tells the git that it started. */
export interface Point {
  readonly process: string;
  readonly call: Call;
}

export interface Recording {
  readonly scenario: Scenario;
  readonly template: Repo;
  readonly treasure: Treasure;
  /** Before the command, and after it went through. */
  readonly before: string;
  readonly after: string;
  readonly code: number;
  readonly points: readonly Point[];
  /** Files that any process of it opened for writing. */
  readonly opened: readonly string[];
  /** Changing calls that did not come from the main thread, and orders that a power cut could lose. */
  readonly problems: readonly string[];
}

export interface Outcome {
  /** False if the process did not come by this call: nothing was tried. */
  readonly hit: boolean;
  readonly code: number;
  readonly lost: readonly string[];
  readonly problems: readonly string[];
  /** True if a journal was left, and one command put it in order. */
  readonly recovered: boolean;
}

/** The gits that write, by a word that only they are given. */
const WRITING_GITS = ['--index-info', '--skip-worktree', '--intent-to-add', 'hash-object'];

function strace(repo: Repo, options: readonly string[], words: readonly string[]): Result {
  const common = ['-y', '-s', '300', '-e', `trace=${TRACED},execve`, '-e', 'signal=none'];
  return repo.run('strace', [...common, ...options, process.execPath, CLI, ...words]);
}

/** Runs the scenario once without a fault, and lists where faults can strike. */
export function record(scenario: Scenario): Recording {
  const template = new Repo(scenario.options ?? []);
  scenario.prepare(template);
  const repo = new Repo([], template);
  const traces = mkdtempSync(join(tmpdir(), 'traces-'));
  const [treasure, before] = [readTreasure(repo), readState(repo)];
  const { code, stderr } = strace(repo, ['-ff', '-o', join(traces, 't')], scenario.command);
  if (code !== 0) throw new Error(`${scenario.name}: ${stderr}`);
  const after = readState(repo);
  const processes = readdirSync(traces)
    .sort((one, other) => Number(one.slice(2)) - Number(other.slice(2)))
    .map((name) => ({ command: commandOf(join(traces, name)), calls: readCalls(join(traces, name)) }));
  const [main, ...others] = processes;
  const points = (main?.calls ?? []).map((call) => ({ process: 'dos-sync', call }));
  const problems: string[] = [];
  for (const { command, calls } of others) {
    const word = WRITING_GITS.find((each) => command.includes(`"${each}"`));
    const changing = calls.filter(({ path }) => path?.startsWith(repo.top) || path?.startsWith('.git'));
    if (word !== undefined) points.push(...changing.map((call) => ({ process: word, call })));
    else if (command === '' && changing.length > 0) problems.push(`another thread: ${changing[0]?.args}`);
  }
  problems.push(...findUnsynced(main?.calls ?? [], repo.top));
  const opened = processes.flatMap(({ calls }) => openedBy(calls)).map((path) => path.replace(repo.top, '<top>'));
  rmSync(traces, { recursive: true });
  repo.remove();
  return { scenario, template, treasure, before, after, code, points, opened: [...new Set(opened)], problems };
}

/** What a process or thread was started as; empty for a thread. */
function commandOf(trace: string): string {
  return (
    readFileSync(trace, 'latin1')
      .split('\n')
      .find((line) => line.startsWith('execve(')) ?? ''
  );
}

function openedBy(calls: readonly Call[]): string[] {
  return calls.flatMap(({ name, path }) => (name === 'openat' && path !== undefined ? [path] : []));
}

/**
 * Power loss keeps what was synced, in no order: so each new file must be synced before it is renamed, and its directory after.
 */
export function findUnsynced(calls: readonly Call[], top: string): string[] {
  const problems: string[] = [];
  calls.forEach(({ name, path, args }, at) => {
    if (name !== 'rename' || !path?.startsWith(top)) return;
    const directory = path.slice(0, path.lastIndexOf('/'));
    const from = /"([^"]*)"/.exec(args)?.[1] ?? '';
    const next = calls.slice(at + 1).find((call) => call.name === 'fsync' && call.path === directory);
    if (!next) problems.push(`not followed by fsync of its directory: ${args}`);
    const base = from.slice(from.lastIndexOf('/') + 1);
    const made = calls.slice(0, at).filter((call) => call.path !== undefined && plainName(call.path).endsWith(base));
    const isLink = made.some((call) => call.name === 'symlink');
    if (!isLink && !made.some((call) => call.name === 'fsync')) problems.push(`renamed before it was synced: ${args}`);
  });
  return problems;
}

function plainName(path: string): string {
  return path.replace(/\d+/g, '#');
}

/** Tries the fault at the point, on a copy of the scenario's repository. */
export function tryFault(recording: Recording, { process: where, call }: Point, fault: FaultName): Outcome {
  const repo = new Repo([], recording.template);
  const trace = join(mkdtempSync(join(tmpdir(), 'trace-')), 't');
  const effect = fault === 'SIGKILL' ? 'signal=SIGKILL' : `error=${fault}`;
  const inject = ['-e', `inject=${call.name}:${effect}:when=${call.ordinal}`];
  try {
    const result =
      where === 'dos-sync' ? strike(repo, recording, trace, inject) : strikeGit(repo, recording, trace, inject, where);
    const calls = readCalls(trace);
    const hit =
      fault === 'SIGKILL' ? sameCall(calls.at(-1), call) : calls.some((each) => each.injected && sameCall(each, call));
    if (!hit) return { hit, code: result.code, lost: [], problems: [], recovered: false };
    return judge(repo, recording, result, where !== 'dos-sync');
  } finally {
    rmSync(join(trace, '..'), { recursive: true });
    repo.remove();
  }
}

function sameCall(one: Call | undefined, other: Call): boolean {
  return one?.name === other.name && one.ordinal === other.ordinal && shape(one.args) === shape(other.args);
}

// Repositories differ in their random names, backups in their times, claims and temporary objects in both.
function shape(args: string): string {
  const names = args
    .replace(/repo-[^/">]+/g, 'repo')
    .replace(/claim-[^">]+/g, 'claim')
    .replace(/tmp_obj_[^">]+/g, 'tmp');
  return names.replace(/#[a-z0-9#]*/g, '#').slice(0, 100);
}

function strike(repo: Repo, { scenario }: Recording, trace: string, inject: readonly string[]): Result {
  return strace(repo, ['-o', trace, ...inject], scenario.command);
}

function strikeGit(
  repo: Repo,
  { scenario }: Recording,
  trace: string,
  inject: readonly string[],
  word: string,
): Result {
  const options = ['-y', '-s', '300', '-o', trace, '-e', `trace=${TRACED}`, '-e', 'signal=none', ...inject];
  const restore = gitInBetween(repo, word, `exec strace ${options.map((each) => `'${each}'`).join(' ')} "$git" "$@"`);
  try {
    return repo.dosSync(...scenario.command);
  } finally {
    restore();
  }
}

function judge(repo: Repo, recording: Recording, { code }: Result, gitDied: boolean): Outcome {
  const lost = findLost(repo, recording.treasure);
  const problems: string[] = [];
  const expect = (holds: boolean, words: string): void => void (holds || problems.push(words));
  const state = readState(repo).replaceAll(/^\.dos-sync.*$/gm, '');
  if (code === 0) expect(state === recording.after, 'exit code 0, and not what the fix should have made');
  // A lock that a killed git has left is git's; a person takes it away.
  if (gitDied) repo.run('rm', ['-f', '.git/index.lock']);
  const interrupted = repo.exists('.git/dos-sync/fixes/main/journal.json');
  if (interrupted) expect(repo.dosSync('check').code === 2, 'a check that meets a journal does not exit 2');
  const isUndo = recording.scenario.command[0] === 'undo';
  // To put an interrupted undo back is all that one undo does; the next one undoes.
  if (isUndo && interrupted) expect(repo.dosSync('undo').code === 0, 'undo does not put an undo back');
  const again = repo.dosSync(...recording.scenario.command);
  lost.push(...findLost(repo, recording.treasure));
  expect(
    readState(repo) === recording.after || again.code !== 0,
    `run again: exit code ${again.code}, and another state`,
  );
  if (!isUndo) expect(repo.dosSync('undo').code === 0, 'undo does not go through');
  if (!isUndo) expect(readState(repo) === recording.before, 'undo does not give back what was there');
  problems.push(...findLeft(repo).map((path) => `left: ${path}`), ...findBroken(repo));
  return { hit: true, code, lost, problems, recovered: interrupted && problems.length === 0 };
}
