// Doctor's messages about hooks: their owner, whether each starts dos-sync, and with which node.

import { shellWord, show } from './show.js';

export function sayWorktreeUnknown(gitDir: string): string {
  return `The main work tree of ${show(gitDir)} was not examined: git does not know where it is. Run doctor there.`;
}

export function sayWorktreeGone(path: string): string {
  return `The worktree ${show(path)} no longer exists, but git still lists it.`;
}

export function sayNotInGitConfig(hook: string): string {
  return `git's configuration does not start dos-sync for ${hook}.`;
}

export function sayOwner(owner: string, directory: string): string {
  if (owner === 'config') return `The hooks are set in git's configuration; git also runs those in ${show(directory)}.`;
  const who = owner === 'native' ? 'No hook manager is set up' : `${owner} manages the hooks`;
  return `${who}; git runs the hooks in ${show(directory)}.`;
}

export function saySharedDirectory(directory: string, scope: string): string {
  return `core.hooksPath is set in the ${scope} configuration, so every repository that uses it runs the hooks in ${show(directory)}.`;
}

export const HUSKY_OFF = 'HUSKY=0 is set in the environment, so husky runs no hooks.';

export function sayHooksRun(top: string): string {
  return `pre-commit, pre-merge-commit and pre-push start dos-sync in ${show(top)}.`;
}

export function sayNoHook(hook: string, path: string): string {
  return `There is no ${hook} hook: ${show(path)} does not exist.`;
}

export function sayForeignHook(hook: string, path: string): string {
  return `The ${hook} hook does not start dos-sync: ${show(path)}.`;
}

export function sayNotExecutable(path: string): string {
  return `git ignores ${show(path)} because it is not executable.`;
}

export function sayNoInterpreter(path: string, word: string): string {
  return `git cannot start ${show(path)}: ${show(word)}, named in its first line, does not exist.`;
}

export function sayCarriageReturn(path: string): string {
  return `git cannot start ${show(path)}: its first line ends with a carriage return.`;
}

export function sayNotReached(hook: string, path: string): string {
  return `The ${hook} hook exits before it starts dos-sync: ${show(path)}.`;
}

export function sayNothingAbove(path: string): string {
  return `edit ${shellWord(path)}: no line above the dos-sync line may exit`;
}

export function saySwallowed(hook: string, path: string): string {
  return `The ${hook} hook ignores the exit code of dos-sync, so it blocks nothing: ${show(path)}.`;
}

export function sayKeepCode(path: string): string {
  return `edit ${shellWord(path)}: end the line that starts dos-sync with  || exit $?`;
}

export function saySometimes(hook: string, path: string): string {
  return `The ${hook} hook can exit with code 0 without starting dos-sync, or although dos-sync failed: ${show(path)}.`;
}

export function sayCannotFollow(hook: string, path: string): string {
  return `doctor cannot tell whether the ${hook} hook starts dos-sync, because it cannot follow all of ${show(path)}.`;
}

export const TRY_IT = 'to test it, stage a change to only one side of a pair: git commit must then be blocked';

export function sayNotInConfig(hook: string, config: string): string {
  return `${show(config)} does not start dos-sync for ${hook}.`;
}

export function sayNotUnder(manager: string, hook: string): string {
  return `${manager} does not pass on the input that git gives to ${hook}, so pushes are not checked here; check them in CI.`;
}

export function sayManagerNotActive(manager: string, path: string): string {
  return `${manager} is configured, but ${show(path)} is not its hook, so git does not start it.`;
}

export function sayNotInHusky(hook: string, path: string): string {
  return `husky does not start dos-sync for ${hook}: ${show(path)} has no dos-sync line.`;
}

export function sayNotHuskysHooksPath(top: string): string {
  return `husky is set up in ${show(top)}, but core.hooksPath does not point to its .husky/_, so git runs none of its hooks.`;
}

export function sayHuskyOffIn(path: string): string {
  return `${show(path)} turns husky off, so husky runs no hooks.`;
}

export function sayHuskyOn(path: string): string {
  return `edit ${shellWord(path)}: remove HUSKY=0 and exit`;
}

export function sayNotHuskys(path: string): string {
  return `${show(path)} does not start husky; it differs from what husky writes.`;
}

export function sayHuskyNotMade(top: string): string {
  return `husky’s .husky/_ is missing in ${show(top)}: git finds no hooks there and gives no warning.`;
}

export function sayLintStagedAfter(path: string): string {
  return `In ${show(path)}, lint-staged runs after dos-sync, so a formatter could change a copy after the check.`;
}

export const MOVE_DOWN = 'move the dos-sync line below the lint-staged line';

export function sayTrackedProgram(path: string): string {
  return `${show(path)} is tracked in this repository, so a hook that starts it would run whatever a commit puts there.`;
}

export function sayNode(version: string, path: string): string {
  return `The hooks use Node ${version} (${show(path)}).`;
}

export function sayNodeTooOld(version: string, path: string, oldest: string): string {
  return `The hooks use Node ${version} (${show(path)}); dos-sync needs ${oldest} or newer.`;
}

export const NEW_NODE = 'install Node.js 20.12 or newer, then: git dos-sync install';

export function sayHookFails(top: string, words: string): string {
  return `The hooks fail before they reach dos-sync in ${show(top)}: ${show(words)}`;
}

export function sayFromDesktop(version: string, path: string): string {
  return `Started by a graphical client, without a shell's PATH, the hooks use Node ${version} (${show(path)}).`;
}

export function sayNotFromDesktop(words: string): string {
  return `Started by a graphical client, without a shell's PATH, the hooks would block: ${show(words)}`;
}

export const PATH_FOR_HUSKY = 'add a line like  PATH="<directory of node>:$PATH"  to ~/.config/husky/init.sh';
