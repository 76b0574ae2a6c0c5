// The state of one way through a script. Pure.

import type { ShellCommand } from './tree.js';

export interface ShellWay {
  /** Of the last command. */
  readonly status: string;
  /** Undefined if only a run could show the value. Other variables come from the environment. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  readonly functions: ReadonlyMap<string, ShellCommand>;
  readonly reached: boolean;
  /** Since dos-sync failed, a test or a condition had two possible results. */
  readonly guessed: boolean;
  /** `lost`: the rest is unknown. */
  readonly flow: 'on' | 'exit' | 'return' | 'break' | 'lost';
  readonly errexit: boolean;
  readonly pipefail: boolean;
  /** The command of `trap … EXIT`. */
  readonly trap: string;
}

export function startWays(variables: Readonly<Record<string, string>>, errexit: boolean): ShellWay[] {
  return [
    {
      status: '0',
      variables: new Map(Object.entries(variables)),
      functions: new Map(),
      reached: false,
      guessed: false,
      flow: 'on',
      errexit,
      pipefail: false,
      trap: '',
    },
  ];
}

export function ended(way: ShellWay, isTrue: boolean | string): ShellWay {
  return { ...way, status: typeof isTrue === 'string' ? isTrue : isTrue ? '0' : '1' };
}

/** Both results of something that only a run could show. */
export function eitherWay(way: ShellWay, isQuestion: boolean): ShellWay[] {
  const guessed = way.guessed || (way.reached && isQuestion);
  return [ended(way, true), { ...ended(way, false), guessed }];
}

/** Both results of a test. */
export function guess(way: ShellWay): ShellWay[] {
  return eitherWay(way, true).map((each) => ({ ...each, guessed: way.guessed || way.reached }));
}

/** Merges ways with the same state. */
export function merge(ways: readonly ShellWay[]): ShellWay[] {
  const key = ({ variables, functions, ...rest }: ShellWay): string =>
    JSON.stringify([rest, [...variables].map(([name, value]) => [name, value ?? null]).sort(), [...functions.keys()]]);
  return [...new Map(ways.map((way) => [key(way), way])).values()];
}
