// Messages of init and add.

import { shellPath, shellWord, show } from './show.js';

export const ALREADY_THERE = '.dos-sync-manifest.json already exists.';

/** `known`: the manifest existed, untracked. */
export function sayStarted(known: boolean): string {
  return known ? '.dos-sync-manifest.json already existed' : 'created .dos-sync-manifest.json';
}

export function sayHowToDeclare(program: string): string {
  return `declare a pair: ${program} add <a> <b>`;
}

export function sayNextSteps(program: string): string[] {
  return [`  declare a pair:     ${program} add <a> <b>`, `  install the hooks:  ${program} install`];
}

/** A side of a new pair without files. */
export interface LackingSide {
  readonly side: 'a' | 'b';
  readonly text: string;
  /** `no-match`: a template whose fixed part exists. */
  readonly why: 'absent' | 'empty' | 'no-match';
  /** The probable correction. */
  readonly nearest: string | undefined;
}

/** A side as a shell word; the shell expands an unquoted tilde. */
export function sayTyped(side: string): string {
  return side.startsWith('~/') ? `~/${shellWord(side.slice(2))}` : shellPath(side);
}

export function sayLacking(sides: readonly LackingSide[]): string {
  return sides.map(sayLackingSide).join('\n');
}

function sayLackingSide({ text, why, nearest }: LackingSide): string {
  if (why === 'empty') return `${show(text)} contains no file.`;
  if (why === 'no-match') return `Nothing matches ${show(text)}.`;
  const hint = nearest === undefined ? '' : `; did you mean ${show(nearest)}?`;
  return `${show(text)} does not exist${hint || '.'}`;
}

export function sayNoCommonName(key: string, shape: 'named' | 'fanout'): string {
  return shape === 'named' ? `No name exists on both sides of ${show(key)}.` : `${show(key)} has no copy.`;
}

/**
 * The commands for the probable correction, and for what was typed. `words`: both sides, if known.
 */
export function sayHowToAdd(
  program: string,
  typed: { readonly a: string; readonly b: string; readonly options: readonly string[] },
  words: readonly (string | undefined)[],
): string {
  const known = words.filter((word) => word !== undefined);
  const command = (...more: string[]) => [program, 'add', ...more, ...typed.options].join(' ');
  const meant = known.length === 2 ? [command(...known)] : [];
  const anyway = command('--missing', sayTyped(typed.a), sayTyped(typed.b));
  return [...meant, `to declare it anyway: ${anyway}`].join('\n  ');
}

export function sayAdded(a: string, b: string): string {
  return `added ${show(a)} -> ${show(b)} to .dos-sync-manifest.json`;
}
