// The effect of the shell's builtins on a way through a script. Pure.

import { eitherWay, ended, guess, type ShellWay } from './state.js';
import { readScript, type ShellCommand } from './tree.js';
import { evaluateTest } from './values.js';
import { assign, assignRaw } from './variables.js';

/** One command on one way. */
export interface ShellCall {
  /** As written. */
  readonly words: readonly string[];
  /** The values of the words after the first; undefined if only a run could show one. */
  readonly values: readonly (string | undefined)[];
  readonly way: ShellWay;
  readonly guarded: boolean;
  readonly walk: Walker;
}

interface Walker {
  run(command: ShellCommand, ways: readonly ShellWay[], guarded: boolean): ShellWay[];
  call(words: readonly string[], way: ShellWay, guarded: boolean): ShellWay[];
  end(way: ShellWay): ShellWay[];
}

const lose = ({ way }: ShellCall): ShellWay[] => [{ ...way, flow: 'lost' }];
const succeed = ({ way }: ShellCall): ShellWay[] => [ended(way, true)];

function leave(flow: 'exit' | 'return'): (call: ShellCall) => ShellWay[] {
  return ({ values, way }) => {
    if (values.length === 0) return [{ ...way, flow }];
    const [status] = values;
    if (status !== undefined) return [{ ...way, status: asStatus(status), flow }];
    return guess(way).map((each) => ({ ...each, flow }));
  };
}

/** sh exits with 2 if the value is not a number. */
function asStatus(value: string): string {
  return /^\d+$/.test(value) ? String(Number(value) % 256) : '2';
}

function exec({ words, way, walk }: ShellCall): ShellWay[] {
  if (words.length === 1) return [ended(way, true)];
  return walk.call(words.slice(1), way, true).map((each) => (each.flow === 'lost' ? each : { ...each, flow: 'exit' }));
}

/** `set -e`, `set +o pipefail`, … */
function set({ values, way }: ShellCall): ShellWay[] {
  let { errexit, pipefail } = way;
  for (const [at, value] of values.entries()) {
    if (/^[-+][a-z]*e/.test(value ?? '')) errexit = value?.startsWith('-') ?? errexit;
    const option = /^[-+][a-z]*o$/.test(values[at - 1] ?? '') ? value : undefined;
    if (option === 'errexit') errexit = values[at - 1]?.startsWith('-') ?? errexit;
    if (option === 'pipefail') pipefail = values[at - 1]?.startsWith('-') ?? pipefail;
  }
  return [{ ...ended(way, true), errexit, pipefail }];
}

function trap(call: ShellCall): ShellWay[] {
  const [action, ...signals] = call.values;
  if (signals.some((signal) => signal === undefined || /^(?:ERR|DEBUG|RETURN)$/.test(signal))) return lose(call);
  if (!signals.some((signal) => signal === 'EXIT' || signal === '0')) return succeed(call);
  // A trap that cannot be read makes the end of the script unknown.
  return [{ ...ended(call.way, true), trap: action === '-' ? '' : (action ?? '(') }];
}

function declare({ words, way }: ShellCall): ShellWay[] {
  return [
    words
      .slice(1)
      .filter((word) => /^\w+=/.test(word))
      .reduce(assignRaw, ended(way, true)),
  ];
}

function test({ words, values, way }: ShellCall): ShellWay[] {
  const inner = words[0] === '[' ? values.slice(0, -1) : values;
  const found = words[0] === '[[' ? undefined : evaluateTest(inner);
  return found === undefined ? guess(way) : [ended(way, found)];
}

/** Reads `sh -c '…'` too, but not what `sh` reads from its input. */
function shell(call: ShellCall): ShellWay[] {
  const { values, way, walk, guarded } = call;
  const at = values.findIndex((value) => /^-[a-z]*c$/.test(value ?? ''));
  const text = at < 0 ? undefined : values[at + 1];
  if (at < 0 && values.length > 0) return eitherWay(way, guarded);
  const tree = text === undefined ? undefined : readScript(text);
  if (tree === undefined) return lose(call);
  const inside = { ...way, errexit: /e/.test(values[at] ?? ''), trap: '' };
  return walk
    .run(tree, [inside], false)
    .flatMap((each) => walk.end(each))
    .map((each) => ({
      ...each,
      flow: each.flow === 'lost' ? 'lost' : 'on',
      errexit: way.errexit,
      trap: way.trap,
    }));
}

function command({ words, way, guarded, walk, values }: ShellCall): ShellWay[] {
  return values[0]?.startsWith('-') ? eitherWay(way, guarded) : walk.call(words.slice(1), way, guarded);
}

function read({ values, way }: ShellCall): ShellWay[] {
  const names = values.filter((value) => value !== undefined && /^[A-Za-z_]\w*$/.test(value));
  return guess(names.reduce((each, name) => assign(each, name ?? '', undefined), way));
}

function unset({ values, way }: ShellCall): ShellWay[] {
  if (values[0] === '-f') return [ended(way, true)];
  return [
    values.reduce<ShellWay>((each, name) => (name === undefined ? each : assign(each, name, '')), ended(way, true)),
  ];
}

const wait = (call: ShellCall): ShellWay[] => (call.values.length === 0 ? succeed(call) : lose(call));

const breakOff = ({ way }: ShellCall): ShellWay[] => [{ ...ended(way, true), flow: 'break' }];

export const BUILTINS: ReadonlyMap<string, (call: ShellCall) => ShellWay[]> = new Map([
  ...[':', 'true', 'echo', 'printf', 'cd', 'shift', 'umask', 'ulimit', 'sleep'].map((name) => [name, succeed] as const),
  ['false', ({ way }) => [ended(way, false)]],
  ['exit', leave('exit')],
  ['return', leave('return')],
  ['break', breakOff],
  ['continue', breakOff],
  ['exec', exec],
  ['set', set],
  ['trap', trap],
  ...['export', 'readonly', 'local', 'declare', 'typeset'].map((name) => [name, declare] as const),
  ...['[', '[[', 'test'].map((name) => [name, test] as const),
  ...['sh', 'bash', 'dash', 'zsh', '/bin/sh', '/bin/bash'].map((name) => [name, shell] as const),
  ['command', command],
  ['builtin', command],
  ['read', read],
  ['unset', unset],
  ['wait', wait],
  ...['eval', '.', 'source', 'alias', 'shopt', 'let', 'mapfile', 'readarray'].map((name) => [name, lose] as const),
]);
