// Doctor's messages about hooks: their owner, whether each starts dos-sync, and with which node.

import { shellWord, show } from './show.js';

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
