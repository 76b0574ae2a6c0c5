// Doctor's messages: one sentence for each examined thing.

import { shellWord, show } from './show.js';

export function sayGit(words: string, program: string): string {
  return `${words}, ${show(program)}`;
}

export function sayUnknownSetting(key: string, meant: string | undefined): string {
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `${show(key)} is not a key of dos-sync, so it has no effect.${hint}`;
}

/** Undefined if no command can change it: a key from the environment or from git -c. */
export function sayHowToRename(
  scope: string,
  key: string,
  meant: string | undefined,
  value: string,
): string | undefined {
  if (scope === 'command') return undefined;
  const config = scope === 'local' ? 'git config' : `git config --${scope}`;
  const unset = `${config} --unset ${shellWord(key)}`;
  return meant === undefined ? unset : `${unset} && ${config} ${meant} ${shellWord(value)}`;
}

export function sayWrongScope(key: string, scope: string): string {
  return `${key} counts only in the global configuration, and here it is set in the ${scope} one.`;
}

export const NO_MANIFEST = 'There is no .dos-sync-manifest.json, so the hooks are silent.';

export const NOT_STAGED = '.dos-sync-manifest.json is not staged, so the hooks do not use it yet.';

export const NO_PAIRS = 'No pairs are declared yet.';

export const EDIT = 'edit .dos-sync-manifest.json';

export const PIN_AGAIN = 'look at the two, then edit "at" in .dos-sync-manifest.json, or take the exception out';

export function sayManifestSound(pairs: number): string {
  return `Every entry of the manifest comes to bear (${pairs === 1 ? '1 pair' : `${pairs} pairs`}).`;
}

export function sayDead(key: string): string {
  return `Neither side is there: ${show(key)}.`;
}

export function sayNoMatch(key: string): string {
  return `No name is on both sides: ${show(key)}.`;
}

export function sayNoCopy(key: string): string {
  return `No copy exists yet, so nothing is compared: ${show(key)}.`;
}

export function sayDeadSide(key: string, side: string): string {
  return `Nothing is at ${show(side)}: ${show(key)}.`;
}

export function sayVacuousPair(key: string): string {
  return `The two sides have no file in common, so nothing is compared: ${show(key)}.`;
}

export function sayMatchesNothing(list: string, glob: string): string {
  return `${list} has ${show(glob)}, which no file of a pair matches.`;
}

export function sayOnBothSides(list: string, glob: string): string {
  return `${list} has ${show(glob)}, but what it matches is on both sides.`;
}

export function sayExceptionForNothing(key: string): string {
  return `An exception is declared for files that are not there: ${show(key)}.`;
}

export function sayLapsed(key: string): string {
  return `The exception has lapsed, since a side is not as it was pinned: ${show(key)}.`;
}

export function sayExceptionNotNeeded(key: string): string {
  return `An exception is declared, but the two are equal: ${show(key)}.`;
}

export function sayFolding(names: readonly string[]): string {
  return `Some file systems take these for one name: ${names.map(show).join(', ')}.`;
}

export function sayReserved(path: string): string {
  return `Windows cannot have a file of this name: ${show(path)}.`;
}

export function saySubmoduleMissing(path: string): string {
  return `The submodule ${show(path)} is not initialised, so its files are not compared.`;
}

export function saySubmoduleNotRead(path: string): string {
  return `Files inside the submodule ${show(path)} are not compared.`;
}

export function saySubmoduleUnguarded(path: string): string {
  return `A commit made in the submodule ${show(path)} is not checked: git would not start dos-sync there.`;
}

export function sayTrust(write: boolean): string {
  return `You have agreed to ${write ? 'reading and writing' : 'reading'} what the manifest pairs outside the repository.`;
}

export const NOT_AGREED = 'The manifest pairs places outside the repository, and you have not agreed to that yet.';
export const LAPSED_CONSENT = 'What the manifest pairs outside the repository is not what you agreed to any more.';
export const NO_CONSENT_IN_CI = 'CI is set, so nothing outside the repository is read.';

export function sayPlaceGone(root: string): string {
  return `${show(root)} is not on this machine, so nothing of it is compared.`;
}

export function sayOutsideNotRead(count: number): string {
  return `${count === 1 ? '1 pair' : `${count} pairs`} with a side outside the repository: not compared.`;
}

/** The last line: the summary. */
export function sayVerdict(problems: number, warnings: number): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  if (problems + warnings === 0) return 'all is well';
  return [problems > 0 && count(problems, 'problem'), warnings > 0 && count(warnings, 'warning')]
    .filter(Boolean)
    .join(', ');
}
