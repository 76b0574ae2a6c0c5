// Interrupts one command once, and asks the oracle what that left.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Judgement, judge, type Known } from '../faults/judge.js';
import { readState, readTreasure, readTree } from '../faults/oracle.js';
import type { Scenario } from '../faults/scenarios.js';
import { type Call, parseCalls, TRACED } from '../faults/trace.js';
import { CLI, Repo } from '../support/repo.js';
import { type AtGit, CountedGit, type Started, type Target } from './counted-git.js';

export interface Rehearsal extends Known {
  readonly template: Repo;
  /** The gits that the command starts. */
  readonly gits: readonly Started[];
  /** Its own system calls that change something. */
  readonly calls: readonly Call[];
  /** Seconds that the command takes. */
  readonly duration: number;
  /** Every file that may be there after the command, by {@link plainName}. */
  readonly names: ReadonlySet<string>;
}

/** The place of a strike: at a git, at a system call of dos-sync, or after so many seconds. */
export type StrikePlace = { readonly git: AtGit } | { readonly call: Call } | { readonly after: number };

export interface Strike {
  readonly signal: NodeJS.Signals;
  readonly target: Target;
  readonly place: StrikePlace;
}

export interface StrikeOutcome {
  /** False if the command had ended before: nothing was tried. */
  readonly hit: boolean;
  readonly left: 'as it was' | 'done' | 'half';
  /** True if a journal was left, and one command restored everything. */
  readonly recovered: boolean;
  /** A lock of ours, or of a git. */
  readonly locked: boolean;
  readonly lost: readonly string[];
  readonly problems: readonly string[];
}

interface Ended {
  readonly code: number;
  readonly stderr: string;
  readonly seconds: number;
}

/** The longest that a command may take, and a process may outlive it, in milliseconds. */
const LONGEST = 60_000;
const OUTLIVES = 30_000;

/** Runs the command once without a strike for each thing that has to be known. */
export async function record(scenario: Scenario): Promise<Rehearsal> {
  const template = new Repo(scenario.options ?? []);
  scenario.prepare(template);
  rmSync(template.path('.git/hooks'), { recursive: true });
  const git = new CountedGit();
  const [counted, traced, timed] = [template.copy(), template.copy(), template.copy()];
  const trace = join(mkdtempSync(join(tmpdir(), 'trace-')), 't');
  try {
    await mustRun(counted, words(scenario), git.env());
    await mustRun(traced, ['strace', ...tracing(trace), ...words(scenario)], {});
    const { seconds } = await mustRun(timed, words(scenario), {});
    return {
      scenario,
      template,
      treasure: readTreasure(template),
      before: readState(template),
      after: readState(timed),
      judged: new Map<string, Judgement>(),
      gits: git.started(),
      calls: parseCalls(readFileSync(trace, 'latin1')),
      duration: seconds,
      names: new Set([template, timed].flatMap((repo) => [...readTree(repo.top).keys()].map(plainName))),
    };
  } finally {
    git.remove();
    rmSync(join(trace, '..'), { recursive: true });
    for (const repo of [counted, traced, timed]) repo.remove();
  }
}

function words({ command }: Scenario): readonly string[] {
  return [process.execPath, CLI, ...command];
}

function tracing(file: string): readonly string[] {
  return ['-y', '-s', '300', '-o', file, '-e', `trace=${TRACED},execve`];
}

async function mustRun(repo: Repo, command: readonly string[], env: Record<string, string>): Promise<Ended> {
  const ended = await run(repo, command, env);
  if (ended.code !== 0) throw new Error(`${command.join(' ')}: ${ended.stderr}`);
  return ended;
}

/**
 * Runs a command as the leader of a session of its own. `interrupt` gets its process id when it has
 * started.
 */
function run(
  repo: Repo,
  [program = '', ...args]: readonly string[],
  env: Record<string, string>,
  interrupt: (pid: number) => void = () => undefined,
): Promise<Ended> {
  const start = performance.now();
  const options = { cwd: repo.top, env: { ...process.env, ...env }, detached: true, timeout: LONGEST } as const;
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'], killSignal: 'SIGKILL' });
  const chunks: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('spawn', () => interrupt(child.pid ?? 0));
    child.on('close', async (status, signal) => {
      const seconds = (performance.now() - start) / 1000;
      const alone = await isAlone(child.pid ?? 0);
      const stderr = `${Buffer.concat(chunks)}${alone ? '' : STILL_RUNNING}`;
      resolve({ code: status ?? 128 + constants.signals[signal ?? 'SIGKILL'], stderr, seconds });
    });
  });
}

const STILL_RUNNING = 'a process of the command still runs';

/** Waits until every process of the group has ended; false if one does not. */
async function isAlone(group: number): Promise<boolean> {
  for (const end = performance.now() + OUTLIVES; performance.now() < end; ) {
    if (!livesGroup(group)) return true;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return false;
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: pid (comm) state ppid pgrp … */
function livesGroup(group: number): boolean {
  return readdirSync('/proc').some((pid) => {
    if (!/^\d+$/.test(pid) || !existsSync(`/proc/${pid}/stat`)) return false;
    const [state = '', , of] = readStat(pid).split(' ');
    return Number(of) === group && !/^[ZX]/.test(state);
  });
}

function readStat(pid: string): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2);
  } catch {
    // The process has ended meanwhile.
    return 'X';
  }
}

/** In a copy of the command's repository. */
export async function strike(recording: Rehearsal, { signal, target, place }: Strike): Promise<StrikeOutcome> {
  const repo = recording.template.copy();
  const git = new CountedGit();
  const scratch = mkdtempSync(join(tmpdir(), 'strike-'));
  const temporary = join(scratch, 'tmp');
  mkdirSync(temporary);
  const trace = join(scratch, 'trace');
  const env = { TMPDIR: temporary };
  let hit = false;
  const send = (pid: number) => {
    try {
      hit = process.kill(target === 'group' ? -pid : pid, signal);
    } catch {
      // The command has ended: nothing is hit.
    }
  };
  try {
    const command = words(recording.scenario);
    let ended: Ended;
    if ('git' in place) {
      ended = await run(repo, command, { ...env, ...git.env({ at: place.git, signal, target }) });
      hit = git.hasStruck();
    } else if ('call' in place) {
      const inject = ['-e', `inject=${place.call.name}:signal=${signal}:when=${place.call.ordinal}`];
      ended = await run(repo, ['strace', ...tracing(trace), ...inject, ...command], env);
      hit = readFileSync(trace, 'latin1').includes(`--- ${signal} `);
    } else {
      let timer: NodeJS.Timeout | undefined;
      ended = await run(repo, command, env, (pid) => {
        timer = setTimeout(send, place.after * 1000, pid);
      });
      clearTimeout(timer);
    }
    return { ...weigh(repo, recording, ended, { signal, target }, readdirSync(temporary)), hit };
  } finally {
    git.remove();
    rmSync(scratch, { recursive: true });
    repo.remove();
  }
}

function weigh(
  repo: Repo,
  recording: Rehearsal,
  { code, stderr }: Ended,
  { signal, target }: Pick<Strike, 'signal' | 'target'>,
  temporary: readonly string[],
): Omit<StrikeOutcome, 'hit'> {
  const gitDied = target === 'git';
  const names = [...readTree(repo.top).keys()];
  const isJournal = (name: string) => name.endsWith('/journal.json');
  const locks = names.filter((name) => /\/lock(?:\.|$)|\.lock$/.test(name) && !name.startsWith('.git/objects/'));
  const interrupted = names.some(isJournal);
  const strange = names.filter((name) => !recording.names.has(plainName(name)) && !isJournal(name));
  // The lock of a killed git is git's: no process can know that nobody else holds it. git removes
  // it at a signal, but not yet while it creates it.
  const gitsHit = target !== 'main';
  const ours = gitsHit ? strange.filter((name) => name !== '.git/index.lock') : strange;
  const { state, lost, problems, recovered, again } = judge(repo, recording, code, gitsHit);
  const all = [
    ...problems,
    ...ours.map((name) => `left: ${name}`),
    ...temporary.map((name) => `left in TMPDIR: ${name}`),
  ];
  const expect = (holds: boolean, words: string): void => void (holds || all.push(words));
  const left = state === recording.before ? 'as it was' : state === recording.after ? 'done' : 'half';
  expect(left !== 'half' || interrupted, 'neither as it was nor done, and no journal');
  expect(again === 0, `run again: exit code ${again}`);
  expect(!stderr.includes(STILL_RUNNING), STILL_RUNNING);
  const isOwn = code === 0 && left === 'done';
  const expected = gitDied ? 2 : 128 + constants.signals[signal];
  expect(isOwn || code === expected, `exit code ${code}: ${stderr.trim()}`);
  const isSentence = /^dos-sync: /m.test(stderr) && !/this is a bug|^ +at .*:\d/m.test(stderr);
  expect(!gitDied || isOwn || isSentence, `no sentence: ${stderr.trim()}`);
  return { left, recovered, locked: locks.length > 0, lost, problems: all };
}

/** Without what varies between runs: ids of backups, git's objects. */
function plainName(name: string): string {
  return name.replace(/\d{8}-\d{6}-\d{3}/g, 'id').replace(/^(\.git\/objects\/).*/, '$1');
}
