// Messages of install and uninstall: notices, and the Faults that stop them before anything is
// written.

import { Fault } from './fault.js';
import { shellWord, show } from './show.js';

export function outsideWorkTree(cwd: string, words: string): Fault {
  const said = `${show(cwd)} is not in a git work tree: ${words}`;
  // git's message already says what to do about a foreign owner.
  if (words.includes('safe.directory')) return new Fault('git', said);
  return new Fault('usage', said, 'go to a checkout of your repository, or make one: git init');
}

export function bareRepository(cwd: string): Fault {
  const hint = 'run dos-sync in a checkout of it; to check pushes to it, see templates/pre-receive in the package';
  return new Fault('usage', `${show(cwd)} is a repository without a work tree.`, hint);
}

export function unreadableName(what: string): Fault {
  const said = `The name of ${what} is not UTF-8, so nothing can be installed there.`;
  return new Fault('git', said, 'rename the directory');
}

export function otherRepository(cwd: string): Fault {
  const hint = 'unset GIT_DIR and GIT_WORK_TREE, or start at the top level';
  return new Fault('git', `GIT_DIR points to a different repository in ${show(cwd)} than at the top level.`, hint);
}

export function missingFile(what: 'node' | 'program', path: string): Fault {
  const name = what === 'node' ? 'Node.js' : 'dos-sync';
  return new Fault('usage', `${name} is not at ${show(path)}, so a hook could not start it.`, 'put it back there');
}

export function noDeno(): Fault {
  return new Fault(
    'usage',
    'Deno cannot run the hooks: git starts them as `node FILE`, without the permissions that deno asks for.',
    'install Node.js 20.12 or newer (https://nodejs.org), then run: npx dos-sync install',
  );
}

export function trackedProgram(path: string): Fault {
  return new Fault(
    'usage',
    `${show(path)} is tracked in this repository, so hooks that start it would run whatever a commit puts there.`,
    `install dos-sync as a package: git rm --cached ${shellWord(path)}, then npm install --save-dev dos-sync`,
  );
}

export function foreignProgram(path: string, repository: string): Fault {
  return new Fault(
    'usage',
    `${show(path)} is part of the repository ${show(repository)}, so hooks that start it would run whatever a commit there changes.`,
    'install dos-sync as a package: npm install --save-dev dos-sync',
  );
}

export function symbolicLink(path: string, what: 'hooks' | 'file'): Fault {
  const hint =
    what === 'hooks'
      ? `name the real directory: git config core.hooksPath "$(cd -P ${shellWord(path)} && pwd)"`
      : 'put a real file or directory there';
  return new Fault('disk', `${show(path)} is a symbolic link; dos-sync does not write through links.`, hint);
}

export function changedSince(path: string): Fault {
  return new Fault('busy', `${show(path)} changed while dos-sync was about to edit it.`, 'run the same command again');
}

export function notRegular(path: string): Fault {
  return new Fault('disk', `${show(path)} is neither a file nor a link.`, `look at it: ls -ld ${shellWord(path)}`);
}

export function chainTaken(path: string, chained: string): Fault {
  return new Fault(
    'disk',
    `${show(chained)} already exists, and ${show(path)} is not the hook that dos-sync wrote for it.`,
    `if it is your hook, put it back: mv ${shellWord(chained)} ${shellWord(path)}; otherwise move it away`,
  );
}

export function damagedBlock(path: string): Fault {
  const hint = 'remove the dos-sync block from it by hand, then run the same command again';
  return new Fault('disk', `The dos-sync block in ${show(path)} has lost its first or last line.`, hint);
}

export function unquotable(path: string): Fault {
  return new Fault('usage', `A hook cannot contain the path ${show(path)}.`, 'move dos-sync or Node.js elsewhere');
}

export function badPackageJson(path: string, what: string): Fault {
  return new Fault('disk', `${show(path)} cannot be edited: ${what}.`, 'fix it, then run the same command again');
}

export function damagedState(path: string): Fault {
  return new Fault('disk', `${show(path)} does not contain what dos-sync wrote.`, `remove it: rm ${shellWord(path)}`);
}

export function noTemplate(name: string): Fault {
  return new Fault('disk', `The template ${name} is missing from this installation of dos-sync.`, 'run npm ci');
}

export function saySharedHooks(directory: string, scope: string): string {
  return (
    `core.hooksPath is set in the ${scope} configuration, so every repository that uses it runs the hooks in ` +
    `${show(directory)}. In repositories without .dos-sync-manifest.json they do nothing.`
  );
}

export function sayTrackedHook(path: string): string {
  return `${show(path)} is tracked, and its new block contains paths of this machine: do not commit it.`;
}

export function sayChained(path: string, chained: string): string {
  return `${show(path)} was renamed to ${show(chained)}; it still runs, after the check.`;
}

export function sayLeftChained(path: string): string {
  return `${show(path)} was edited after the installation, so it stays; it still starts the hook that was there before.`;
}

/** `script`: the script of package.json that runs husky. */
export function sayHuskyNotActive(script: string): string {
  return `husky is not active yet (core.hooksPath is not .husky/_): run once  npm run ${script}`;
}

export function sayUnderHusky(directory: string): string {
  return `husky rewrites ${show(directory)} whenever it runs, which removes the hooks installed there.`;
}

export function sayPrepareAdded(): string {
  return 'The script "prepare": "husky || true" was added to package.json; it does nothing where husky is not installed (npm ci --omit=dev).';
}

export function sayPrepareLeft(prepare: string): string {
  return `package.json has a prepare script that does not run husky ("${show(prepare)}"); it was not changed.`;
}

export function sayNoPackageJson(): string {
  return 'There is no package.json next to .husky, so nothing runs husky in a fresh clone.';
}

export function sayNotDependency(): string {
  return 'package.json does not list dos-sync, so the hooks will not find it: npm install --save-dev dos-sync';
}

export function sayEndsEarly(path: string): string {
  return `${show(path)} has an exit or exec line before the dos-sync line; if it runs, dos-sync does not.`;
}

export function sayReadsInput(path: string): string {
  return `If a command before the dos-sync line in ${show(path)} reads its input, dos-sync has nothing left to check.`;
}

export function sayAliasSet(): string {
  return 'git dos-sync works here now (alias.dos-sync in .git/config).';
}

export function sayAliasUnset(): string {
  return 'alias.dos-sync was removed from .git/config.';
}

export const CONFIG_HOOKS_KEPT = "git's configuration already starts dos-sync; nothing to do.";

export function sayConfigHook(section: string): string {
  return `${section} was added to .git/config: git runs it in addition to any hook files.`;
}

export function sayConfigHookGone(section: string): string {
  return `${section} was removed from .git/config.`;
}

export function noConfigHooks(since: string): Fault {
  return new Fault(
    'usage',
    `This git does not run hooks from its configuration; git ${since} and newer do.`,
    'git dos-sync install --native',
  );
}
