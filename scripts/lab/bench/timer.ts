// Times commands side by side: every round runs each of them once, alternately forwards and
// backwards.

import { spawnSync } from 'node:child_process';

export interface Timed {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input?: Buffer;
  /** Exit codes of a successful run. */
  readonly accept?: readonly number[];
  /** Untimed, after each run. */
  readonly after?: () => void;
}

/** Milliseconds of each round, in the order of the rounds. */
export type Times = ReadonlyMap<string, readonly number[]>;

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** @throws if a command fails. */
export function timeTogether(commands: readonly Timed[], rounds: number): Times {
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (const each of commands) timeOnce(each);
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? commands : [...commands].reverse();
    for (const each of order) times.get(each.name)?.push(timeOnce(each));
  }
  return times;
}

function timeOnce({ name, command, args, cwd, env, input, accept = [0], after }: Timed): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, {
    cwd,
    env,
    input: input ?? '',
    stdio: ['pipe', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  const taken = Number(process.hrtime.bigint() - start) / 1e6;
  if (!accept.includes(status ?? -1)) throw new Error(`${name} ended with ${status}: ${stderr.toString()}`);
  after?.();
  return taken;
}

/** The median and the interquartile range. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** The ratio of two commands, round by round, so that the load of the machine cancels out. */
export function ratioOf(times: Times, name: string, to: string): Spread {
  const [one = [], other = []] = [times.get(name), times.get(to)];
  return spreadOf(one.map((time, round) => time / (other[round] ?? Number.NaN)));
}
