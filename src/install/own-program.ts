// Whether a program came with a repository, so that whoever may commit there would choose what
// runs; as the hooks' sh asks at each start.

import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { type Checkout, isTracked, openCheckout } from '../git/porcelain.js';

/** What was found: a path that is tracked here, or a place in the work tree of another
 * repository. */
export interface Foreign {
  readonly path: string;
  readonly repository?: string;
}

/** The package directory of a program, or the directory that it is in. */
function packageOf(program: string): string {
  const directory = dirname(program);
  return basename(directory) === 'dist' ? dirname(directory) : directory;
}

/** What of a program, its package or the way to it a repository brings; undefined if
 * nothing. @throws Fault `git`. */
export async function readForeign(checkout: Checkout, program: string): Promise<Foreign | undefined> {
  const directory = packageOf(program);
  for (const path of [directory, ...linksAbove(program)]) {
    if (await isTracked(checkout, path)) return { path };
  }
  const real = realpathSync(directory);
  const repository = workTreeOf(real);
  if (repository === undefined || repository === checkout.top) return undefined;
  if (isBelow(repository, checkout.top)) return { path: directory, repository };
  const led = isBelow(directory, checkout.top) || isBelow(checkout.top, repository);
  return led && (await isTracked(await openCheckout(repository), real)) ? { path: directory, repository } : undefined;
}

/** Each symbolic link among a path and the directories above it, by where that link really is. */
function linksAbove(path: string): string[] {
  if (path === dirname(path)) return [];
  const above = linksAbove(dirname(path));
  return lstatSync(path).isSymbolicLink() ? [join(realpathSync(dirname(path)), basename(path)), ...above] : above;
}

function workTreeOf(path: string): string | undefined {
  if (existsSync(join(path, '.git'))) return path;
  return path === dirname(path) ? undefined : workTreeOf(dirname(path));
}

function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory + sep);
}
