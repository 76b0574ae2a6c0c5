// How dos-sync was installed, derived from its program's path; and the path to record.

import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { readRunner } from '../git/package-manager.js';
import type { Checkout } from '../git/porcelain.js';
import { shellWord } from '../messages/show.js';
import type { Origin } from './types.js';

const PROGRAM = join('node_modules', 'dos-sync', 'dist', 'cli.js');

export const GLOBALLY: Origin = {
  kind: 'global',
  root: '',
  fetch: 'npm install --global dos-sync',
  again: 'dos-sync install',
};

// Temporary directories of npx, pnpm dlx, yarn dlx and bunx.
const PASSING = /[\\/](?:_npx|dlx-[^\\/]+|xfs-[^\\/]+|bunx-[^\\/]+)[\\/]/;

const GLOBAL_STORES: readonly (readonly [RegExp, string])[] = [
  [/[\\/]pnpm[\\/]global[\\/]/, 'pnpm add --global dos-sync'],
  [/[\\/]yarn[\\/](?:Data[\\/])?global[\\/]/, 'yarn global add dos-sync'],
  [/[\\/]\.bun[\\/]install[\\/]global[\\/]/, 'bun add --global dos-sync'],
];

/** How the program at this path was installed, for the checkout at `top`. Pure. */
export function originOf(program: string, top: string): Origin {
  const holder = holderOf(program);
  const root = holder === undefined ? undefined : relative(top, holder) || '.';
  const around = root !== undefined && /^\.\.(?:[\\/]\.\.)*$/.test(root);
  if (root !== undefined && (around || !(root.startsWith('..') || root.includes(':')))) {
    return { ...GLOBALLY, kind: 'dependency', root: root.split(sep).join('/') };
  }
  // safeguard passing-program (T6): the program of npx is not recorded (unit/install/origin)
  if (PASSING.test(program))
    return { ...GLOBALLY, kind: 'passing', fetch: 'npm install --save-dev dos-sync', again: 'npx dos-sync install' };
  const fetch = GLOBAL_STORES.find(([store]) => store.test(program))?.[1];
  return fetch === undefined ? GLOBALLY : { ...GLOBALLY, fetch };
}

/** The command that installs the hooks again. */
export function sayAgain({ top }: Checkout, { kind, root, again }: Origin): string {
  if (kind !== 'dependency') return again;
  const go = root === '.' ? '' : `cd ${shellWord(root)} && `;
  const below = root.startsWith('..') ? ' --recurse-submodules' : '';
  return `${go}${readRunner(join(top, root), top)} install${below}`;
}

/** The directory whose package.json lists the program's package. */
function holderOf(program: string): string | undefined {
  const unplugged = program.indexOf(`${sep}.yarn${sep}unplugged${sep}`);
  if (unplugged >= 0) return program.slice(0, unplugged);
  return program.endsWith(sep + PROGRAM) ? program.slice(0, -PROGRAM.length - 1) || sep : undefined;
}

/**
 * The path to record for the program with the real path `real`: where versions have separate paths,
 * the one that survives an upgrade. `started`: argv's path. `from`: a work tree directory.
 */
export function stableProgram(real: string, started: string | undefined, from: string): string {
  const holders = [...upFrom(from), ...(started === undefined ? [] : upFrom(started)), ...upFrom(real).reverse()];
  const leadsThere = (path: string): boolean => path !== real && existsSync(path) && realpathSync(path) === real;
  const found = holders.map((holder) => join(holder, PROGRAM)).find(leadsThere);
  return found === undefined ? real : join(realpathSync(found.slice(0, -PROGRAM.length)), PROGRAM);
}

function upFrom(path: string): string[] {
  return dirname(path) === path ? [path] : [path, ...upFrom(dirname(path))];
}
