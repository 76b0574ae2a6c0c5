// What each command costs as one thing grows, over four doublings, beside git's own command: a
// curve that turns upwards is seen by its exponent.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  makeDirectories,
  makeDrifted,
  makeFanOut,
  makeFixed,
  makeOwn,
  makeStaged,
  makeTenStaged,
} from './curve-repositories.js';
import { ENVIRONMENT } from './repositories.js';
import { type Timed, type Times, timeTogether } from './timer.js';

/** One curve: a command in repositories that double. */
export interface Curve {
  readonly name: string;
  /** What doubles, in words of a user. */
  readonly grows: string;
  readonly sizes: readonly number[];
  readonly setUp: (top: string, size: number) => void;
  readonly words: readonly string[];
  /** A shell command that reads or writes the same with git alone. */
  readonly beside: string;
  /** Seconds at the largest size. */
  readonly wanted: number;
  readonly accept?: readonly number[];
  /** Words of our own, run after each run to put the state back. */
  readonly back?: readonly string[];
  /** Puts back what the command beside has changed. */
  readonly besideBack?: string;
}

const DOUBLED = (largest: number) => [16, 8, 4, 2, 1].map((part) => largest / part);

const FILES = 'files in the pair';
const COPY_AND_ADD = 'cp -r live/. release && git add live release';
const RESET_SIDE = 'git reset -q && git checkout -q -- release';

export const CURVES: readonly Curve[] = [
  {
    name: 'check, pairs in directories of their own',
    grows: 'pairs',
    sizes: DOUBLED(8000),
    setUp: makeOwn,
    words: ['check'],
    beside: 'git status',
    wanted: 1.5,
  },
  {
    name: 'check --commit, the same pairs',
    grows: 'pairs',
    sizes: DOUBLED(8000),
    setUp: makeOwn,
    words: ['check', '--commit', 'HEAD'],
    beside: 'git ls-tree -r HEAD',
    wanted: 1.5,
  },
  {
    name: 'explain of a file with many copies',
    grows: 'copies',
    sizes: DOUBLED(1024),
    setUp: makeFanOut,
    words: ['explain', 'LICENSE'],
    beside: 'git log --raw',
    wanted: 1,
  },
  {
    name: 'explain of one file',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeDirectories,
    words: ['explain', 'live/d5/f5.txt'],
    beside: 'git log --raw -- live/d5/f5.txt release/d5/f5.txt',
    wanted: 1,
  },
  {
    name: 'diff of one file',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeTenStaged,
    words: ['diff', 'live/d5/f5.txt'],
    beside: 'git diff --no-index live/d5/f5.txt release/d5/f5.txt',
    wanted: 1,
    accept: [0, 1],
  },
  {
    name: 'fix --staged of ten files, its plan',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeTenStaged,
    words: ['fix', '--staged', '--dry-run'],
    beside: 'git diff --cached --raw',
    wanted: 1,
    accept: [0, 1],
  },
  {
    name: 'fix of every file',
    grows: FILES,
    sizes: DOUBLED(4096),
    setUp: makeDrifted,
    words: ['fix'],
    back: ['undo'],
    beside: COPY_AND_ADD,
    besideBack: RESET_SIDE,
    wanted: 3,
  },
  {
    name: 'undo of that fix',
    grows: FILES,
    sizes: DOUBLED(4096),
    setUp: makeFixed,
    words: ['undo'],
    back: ['fix'],
    beside: 'git status',
    wanted: 3,
  },
  {
    name: 'a commit of every file that is blocked',
    grows: FILES,
    sizes: DOUBLED(4096),
    setUp: makeStaged,
    words: ['hook', 'pre-commit'],
    beside: 'git diff --cached --raw',
    wanted: 1,
    accept: [1],
  },
  {
    name: 'status',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeDirectories,
    words: ['status'],
    beside: 'git status',
    wanted: 1,
  },
  {
    name: 'check --json',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeDirectories,
    words: ['check', '--json'],
    beside: 'git status',
    wanted: 1,
  },
  {
    name: 'doctor',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeDirectories,
    words: ['doctor'],
    beside: 'git status',
    wanted: 1,
    accept: [0, 1],
  },
  {
    name: 'graph',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeDirectories,
    words: ['graph', '--format', 'html'],
    beside: 'git status',
    wanted: 1,
  },
  {
    name: 'audit',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeDirectories,
    words: ['audit'],
    beside: 'git log --raw',
    wanted: 1,
  },
  {
    name: 'discover',
    grows: FILES,
    sizes: DOUBLED(32_000),
    setUp: makeDirectories,
    words: ['discover'],
    beside: 'git log --raw',
    wanted: 1,
  },
];

/** The builds that are compared: this one, and another dist/ if there is one. */
export interface Builds {
  readonly before: string | undefined;
}

/** For each size, the times of dos-sync, of the build before, and of the command beside. */
export function timeCurve(
  scratch: string,
  curve: Curve,
  rounds: number,
  { before }: Builds,
): ReadonlyMap<number, Times> {
  const found = new Map<number, Times>();
  for (const size of curve.sizes) {
    const top = join(scratch, `curve-${size}`);
    curve.setUp(top, size);
    const builds = [['dos-sync', resolve('dist/cli.js')] as const, ...(before ? [['before', before] as const] : [])];
    const commands = builds.map(([name, program]) => ourCommand(top, curve, name, program));
    found.set(size, timeTogether([...commands, besideCommand(top, curve)], rounds));
    rmSync(top, { recursive: true, force: true });
  }
  return found;
}

function ourCommand(top: string, { words, accept = [0], back }: Curve, name: string, program: string): Timed {
  const start = (args: readonly string[]) => ({
    command: process.execPath,
    args: [program, ...args],
    cwd: top,
    env: ENVIRONMENT,
  });
  const after = () => {
    const { command, args } = start(back ?? []);
    const { status, stderr } = spawnSync(command, args, { cwd: top, env: ENVIRONMENT });
    if (status !== 0) throw new Error(stderr.toString());
  };
  return { name, ...start(words), accept, ...(back && { after }) };
}

function besideCommand(top: string, { beside, besideBack }: Curve): Timed {
  const sh = (text: string) => ['-c', `{ ${text}; } >/dev/null`];
  const after = () => {
    if (spawnSync('sh', sh(besideBack ?? ''), { cwd: top, env: ENVIRONMENT }).status !== 0) throw new Error(besideBack);
  };
  return {
    name: beside,
    command: 'sh',
    args: sh(beside),
    cwd: top,
    env: ENVIRONMENT,
    accept: [0, 1],
    ...(besideBack && { after }),
  };
}
