// What doctor says: one sentence for each thing that it looked at.

import { shellWord, show } from './show.js';

export function sayGit(words: string, program: string): string {
  return `${words}, ${show(program)}`;
}

export function sayWorktreeUnknown(gitDir: string): string {
  return `The main work tree of ${show(gitDir)} was not examined: git does not know where it is. Run doctor there.`;
}

export function sayWorktreeGone(path: string): string {
  return `The worktree ${show(path)} is gone, and git still lists it.`;
}

export function sayNotInGitConfig(hook: string): string {
  return `git's configuration does not start dos-sync for ${hook}.`;
}

export function sayOwner(owner: string, directory: string): string {
  if (owner === 'config') return `Hooks are kept in git's configuration; git also starts those in ${show(directory)}.`;
  const who = owner === 'native' ? 'Nobody else writes the hooks' : `${owner} writes the hooks`;
  return `${who}; git starts those in ${show(directory)}.`;
}

export function saySharedDirectory(directory: string, scope: string): string {
  return `core.hooksPath is set in the ${scope} configuration: ${show(directory)} serves every repository that uses it.`;
}

export const HUSKY_OFF = 'HUSKY is 0 in the environment, so husky runs no hook.';

export function sayHooksRun(top: string): string {
  return `pre-commit, pre-merge-commit and pre-push start dos-sync in ${show(top)}.`;
}

export function sayNoHook(hook: string, path: string): string {
  return `There is no ${hook} hook: nothing is at ${show(path)}.`;
}

export function sayForeignHook(hook: string, path: string): string {
  return `The ${hook} hook does not start dos-sync: ${show(path)}.`;
}

export function sayNotExecutable(path: string): string {
  return `git ignores ${show(path)}, since it is not executable.`;
}

export function sayNoInterpreter(path: string, word: string): string {
  return `git cannot start ${show(path)}: ${show(word)} of its first line is not there.`;
}

export function sayCarriageReturn(path: string): string {
  return `git cannot start ${show(path)}: its first line ends with a carriage return.`;
}

export function sayNotReached(hook: string, path: string): string {
  return `The ${hook} hook ends before it starts dos-sync: ${show(path)}.`;
}

export function sayNothingAbove(path: string): string {
  return `edit ${shellWord(path)}: no line above dos-sync may end the hook`;
}

export function saySwallowed(hook: string, path: string): string {
  return `The ${hook} hook lets the commit or push go on when dos-sync blocks it: ${show(path)}.`;
}

export function sayKeepCode(path: string): string {
  return `edit ${shellWord(path)}: end the line that starts dos-sync with  || exit $?`;
}

export function saySometimes(hook: string, path: string): string {
  return `The ${hook} hook has a way to exit code 0 without dos-sync, or in spite of it: ${show(path)}.`;
}

export function sayCannotFollow(hook: string, path: string): string {
  return `Whether the ${hook} hook starts dos-sync is unknown, since not all of it could be followed: ${show(path)}.`;
}

export const TRY_IT = 'to try it, stage a change to one side of a pair alone; git commit has to be blocked';

export function sayNotInConfig(hook: string, config: string): string {
  return `${show(config)} does not start dos-sync for ${hook}.`;
}

export function sayNotUnder(manager: string, hook: string): string {
  return `${manager} does not hand on what git says at ${hook}, so pushes are not checked here; CI has to.`;
}

export function sayManagerNotActive(manager: string, path: string): string {
  return `${manager} is configured, but ${show(path)} is not its hook, so git does not start it.`;
}

export function sayNotInHusky(hook: string, path: string): string {
  return `husky runs no dos-sync for ${hook}: ${show(path)} has no such line.`;
}

export function sayHuskyNotInForce(top: string): string {
  return `husky is set up in ${show(top)}, but core.hooksPath is not its .husky/_, so git starts none of its hooks.`;
}

export function sayHuskyOffIn(path: string): string {
  return `${show(path)} turns husky off, so husky runs no hook.`;
}

export function sayHuskyOn(path: string): string {
  return `edit ${shellWord(path)}: without HUSKY=0, and without exit`;
}

export function sayNotHuskys(path: string): string {
  return `husky is not started by ${show(path)}, which is not as husky writes it.`;
}

export function sayHuskyNotMade(top: string): string {
  return `husky’s .husky/_ is missing in ${show(top)}: git finds no hook there, and says nothing.`;
}

export function sayLintStagedAfter(path: string): string {
  return `In ${show(path)} lint-staged comes after dos-sync: a formatter could change a copy once it was compared.`;
}

export const MOVE_DOWN = 'move the dos-sync line below the lint-staged line';

export function sayTrackedProgram(path: string): string {
  return `${show(path)} is tracked by this repository: a hook that starts it would run whatever a commit brings.`;
}

export function sayNode(version: string, path: string): string {
  return `The hooks find node ${version}, ${show(path)}.`;
}

export function sayNodeTooOld(version: string, path: string, oldest: string): string {
  return `The hooks find node ${version}, ${show(path)}; dos-sync needs ${oldest} or newer.`;
}

export const NEW_NODE = 'install Node.js 20.12 or newer, then: git dos-sync install';

export function sayHookFails(top: string, words: string): string {
  return `The hooks do not get as far as dos-sync in ${show(top)}: ${show(words)}`;
}

export function sayFromDesktop(version: string, path: string): string {
  return `Started by a graphical client, without a shell's PATH, they find node ${version}, ${show(path)}.`;
}

export function sayNotFromDesktop(words: string): string {
  return `Started by a graphical client, without a shell's PATH, they would block: ${show(words)}`;
}

export const PATH_FOR_HUSKY = 'put a line like  PATH="<directory of node>:$PATH"  into ~/.config/husky/init.sh';

export function sayUnknownSetting(key: string, meant: string | undefined): string {
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return `${show(key)} is not a key of dos-sync, so it has no effect.${hint}`;
}

/** Undefined where no command can change it: a key of the environment or of git -c. */
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

/** The last line: how it stands. */
export function sayVerdict(problems: number, warnings: number): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  if (problems + warnings === 0) return 'all is well';
  return [problems > 0 && count(problems, 'problem'), warnings > 0 && count(warnings, 'warning')]
    .filter(Boolean)
    .join(', ');
}
