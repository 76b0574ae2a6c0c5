// Where one way through a script has got to. Pure.

import type { ShellCommand } from './tree.js';

export interface ShellWay {
  /** Of the last command. */
  readonly status: string;
  /** Undefined: only a run could show it. What is not here comes from the environment. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  readonly functions: ReadonlyMap<string, ShellCommand>;
  readonly reached: boolean;
  /** Since dos-sync failed, a test or a command in a condition could have had the other answer. */
  readonly guessed: boolean;
  /** `lost`: from here on, anything could happen. */
  readonly flow: 'on' | 'exit' | 'return' | 'break' | 'lost';
  readonly errexit: boolean;
  readonly pipefail: boolean;
  /** What `trap … EXIT` set. */
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

/** Both answers of what only a run could show. */
export function eitherWay(way: ShellWay, isQuestion: boolean): ShellWay[] {
  const guessed = way.guessed || (way.reached && isQuestion);
  return [ended(way, true), { ...ended(way, false), guessed }];
}

/** Both answers of a test. */
export function guess(way: ShellWay): ShellWay[] {
  return eitherWay(way, true).map((each) => ({ ...each, guessed: way.guessed || way.reached }));
}

/** Ways that can no longer differ are one. */
export function merge(ways: readonly ShellWay[]): ShellWay[] {
  const key = ({ variables, functions, ...rest }: ShellWay): string =>
    JSON.stringify([rest, [...variables].map(([name, value]) => [name, value ?? null]).sort(), [...functions.keys()]]);
  return [...new Map(ways.map((way) => [key(way), way])).values()];
}
