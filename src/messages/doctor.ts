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
  return `${key} is read only from the global configuration, but it is set in the ${scope} one.`;
}

export const NO_MANIFEST = 'There is no .dos-sync-manifest.json, so the hooks check nothing.';

export const NOT_STAGED = '.dos-sync-manifest.json is not staged, so the hooks do not use it yet.';

export const NO_PAIRS = 'No pairs are declared yet.';

export const EDIT = 'edit .dos-sync-manifest.json';

export const PIN_AGAIN = 'compare the two sides, then edit "at" in .dos-sync-manifest.json, or remove the exception';

export function sayManifestSound(pairs: number): string {
  return `All manifest entries match existing files (${pairs === 1 ? '1 pair' : `${pairs} pairs`}).`;
}

export function sayDead(key: string): string {
  return `Neither side exists: ${show(key)}.`;
}

export function sayNoMatch(key: string): string {
  return `No name exists on both sides: ${show(key)}.`;
}

export function sayNoCopy(key: string): string {
  return `No copy exists yet, so nothing is compared: ${show(key)}.`;
}

export function sayDeadSide(key: string, side: string): string {
  return `Nothing exists at ${show(side)}: ${show(key)}.`;
}

export function sayVacuousPair(key: string): string {
  return `The two sides have no file in common, so nothing is compared: ${show(key)}.`;
}

export function sayMatchesNothing(list: string, glob: string): string {
  return `${list} has ${show(glob)}, which matches no file of any pair.`;
}

export function sayOnBothSides(list: string, glob: string): string {
  return `${list} has ${show(glob)}, but the files that it matches exist on both sides.`;
}

export function sayExceptionForNothing(key: string): string {
  return `An exception is declared for files that do not exist: ${show(key)}.`;
}

export function sayLapsed(key: string): string {
  return `The exception has lapsed, because a side has changed since it was accepted: ${show(key)}.`;
}

/** A rule that hides much of a file. */
export function sayWideRule(path: string): string {
  return `"own" leaves out more than a fifth of ${show(path)}, so that drift in these lines is not seen.`;
}

export function sayUnfitPair(pair: string, why: 'binary' | 'large'): string {
  const what = why === 'binary' ? 'is binary' : 'is larger than 1 MiB';
  return `The rule for ${show(pair)} does not apply, because a side ${what}; the bytes are compared.`;
}

export function sayExceptionNotNeeded(key: string): string {
  return `An exception is declared, but its two sides are equal: ${show(key)}.`;
}

export function sayFolding(names: readonly string[]): string {
  return `Some file systems treat these as one name: ${names.map(show).join(', ')}.`;
}

export function sayReserved(path: string): string {
  return `Windows does not allow a file with this name: ${show(path)}.`;
}

export function saySubmoduleMissing(path: string): string {
  return `The submodule ${show(path)} is not initialised, so its files are not compared.`;
}

export function saySubmoduleNotRead(path: string): string {
  return `Files inside the submodule ${show(path)} are not compared.`;
}

export function saySubmoduleUnguarded(path: string): string {
  return `Commits made in the submodule ${show(path)} are not checked: git does not start dos-sync there.`;
}

export function sayTrust(write: boolean): string {
  return `You trust this manifest to ${write ? 'read and write' : 'read'} files outside the repository.`;
}

export const NOT_AGREED = 'The manifest pairs files outside the repository, and you have not trusted it yet.';
export const LAPSED_CONSENT = 'The manifest or a path outside the repository has changed since you trusted it.';
export const NO_CONSENT_IN_CI = 'CI is set, so nothing outside the repository is read.';

export function sayPlaceGone(root: string): string {
  return `${show(root)} is not on this machine, so its files are not compared.`;
}

export function sayOutsideNotRead(count: number): string {
  return `${count === 1 ? '1 pair' : `${count} pairs`} with a side outside the repository ${count === 1 ? 'was' : 'were'} not compared.`;
}

/** The last line: the number of problems. */
export function sayVerdict(problems: number, warnings: number): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  if (problems + warnings === 0) return 'all is well';
  return [problems > 0 && count(problems, 'problem'), warnings > 0 && count(warnings, 'warning')]
    .filter(Boolean)
    .join(', ');
}
