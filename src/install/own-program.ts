// Detects a program that comes with a repository: anybody who can commit there could choose what
// runs. The hooks' sh makes the same check.

import { existsSync, lstatSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { type Checkout, isTracked, openCheckout } from '../git/porcelain.js';

/** A tracked path here, or a path in another repository's work tree. */
export interface Foreign {
  readonly path: string;
  readonly repository?: string;
}

/** The package directory of a program, or else its own directory. */
function packageOf(program: string): string {
  const directory = dirname(program);
  return basename(directory) === 'dist' ? dirname(directory) : directory;
}

/**
 * The part of a program, its package or its path that comes with a repository; undefined if none
 * does. @throws Fault `git`.
 */
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

/** The real paths of all symbolic links in a path. */
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
