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
  const hint = 'run dos-sync in a checkout of it; to guard it against pushes, see the package: templates/pre-receive';
  return new Fault('usage', `${show(cwd)} is a repository without a work tree.`, hint);
}

export function gitSaidNo(verb: string, words: string): Fault {
  return new Fault('git', `git ${verb} failed: ${words}`);
}

export function unreadableName(what: string): Fault {
  const said = `The name of ${what} is not UTF-8, so nothing can be installed there.`;
  return new Fault('git', said, 'rename the directory');
}

export function otherRepository(cwd: string): Fault {
  const hint = 'unset GIT_DIR and GIT_WORK_TREE, or start at the top level';
  return new Fault('git', `GIT_DIR means another repository in ${show(cwd)} than at the top level.`, hint);
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
    `${show(path)} is tracked by this repository: hooks that start it would run whatever a commit brings.`,
    `install dos-sync as a package: git rm --cached ${shellWord(path)}, then npm install --save-dev dos-sync`,
  );
}

export function foreignProgram(path: string, repository: string): Fault {
  return new Fault(
    'usage',
    `${show(path)} is a part of the repository ${show(repository)}: hooks that start it would run whatever a commit there brings.`,
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
  return new Fault('busy', `${show(path)} changed while it was about to be edited.`, 'run the same command again');
}

export function notRegular(path: string): Fault {
  return new Fault('disk', `${show(path)} is neither a file nor a link.`, `look at it: ls -ld ${shellWord(path)}`);
}

export function chainTaken(path: string, chained: string): Fault {
  return new Fault(
    'disk',
    `${show(chained)} exists already, and ${show(path)} is not the hook that dos-sync wrote for it.`,
    `if it is your hook, put it back: mv ${shellWord(chained)} ${shellWord(path)}; else move it away`,
  );
}

export function damagedBlock(path: string): Fault {
  const hint = 'take the lines between the dos-sync marks out by hand, then run this again';
  return new Fault('disk', `The dos-sync block in ${show(path)} has lost one of its marks.`, hint);
}

export function unquotable(path: string): Fault {
  return new Fault('usage', `A hook cannot record the path ${show(path)}.`, 'move dos-sync or Node.js elsewhere');
}

export function badPackageJson(path: string, what: string): Fault {
  return new Fault('disk', `${show(path)} cannot be edited: ${what}.`, 'mend it, then run this again');
}

export function damagedState(path: string): Fault {
  return new Fault('disk', `${show(path)} is not what dos-sync wrote.`, `remove it: rm ${shellWord(path)}`);
}

export function noTemplate(name: string): Fault {
  return new Fault('disk', `The template ${name} is missing from this installation of dos-sync.`, 'run npm ci');
}

export function saySharedHooks(directory: string, scope: string): string {
  return (
    `core.hooksPath is set in the ${scope} configuration: the hooks in ${show(directory)} serve every repository ` +
    'that uses it. Where there is no .dos-sync-manifest.json they are silent.'
  );
}

export function sayTrackedHook(path: string): string {
  return `${show(path)} is tracked, and its new block names paths of this machine: do not commit it.`;
}

export function sayChained(path: string, chained: string): string {
  return `${show(path)} was kept as ${show(chained)} and runs after the check, under that name.`;
}

export function sayLeftChained(path: string): string {
  return `${show(path)} was edited since, so it stays, and goes on to start the hook that was there before.`;
}

export function sayHuskyNotActive(): string {
  return 'husky is not active yet (core.hooksPath is not .husky/_): run once  npm run prepare';
}

export function sayUnderHusky(directory: string): string {
  return `husky writes ${show(directory)} anew whenever it runs, and the hooks that were put there are then gone.`;
}

export function sayPrepareAdded(): string {
  return 'package.json got the script "prepare": "husky || true"; where husky is not installed (npm ci --omit=dev) it does nothing.';
}

export function sayPrepareLeft(prepare: string): string {
  return `package.json has a prepare script that does not run husky ("${show(prepare)}"); it was left as it is.`;
}

export function sayNoPackageJson(): string {
  return 'There is no package.json beside .husky, so nothing runs husky in a fresh clone.';
}

export function sayNotDependency(): string {
  return 'package.json does not name dos-sync, so the hooks will not find it: npm install --save-dev dos-sync';
}

export function sayEndsEarly(path: string): string {
  return `${show(path)} has an exit or exec line; where it is reached, the dos-sync line after it is not.`;
}

export function sayReadsInput(path: string): string {
  return `In ${show(path)} a command before the dos-sync line that reads its input leaves nothing to check.`;
}

export function sayAliasSet(): string {
  return 'git dos-sync works here now (alias.dos-sync in .git/config).';
}

export function sayAliasUnset(): string {
  return 'alias.dos-sync was taken out of .git/config.';
}

export const CONFIG_HOOKS_KEPT = "git's configuration starts dos-sync already; nothing was left to do.";

export function sayConfigHook(section: string): string {
  return `${section} was put into .git/config: git starts it beside whatever hook files there are.`;
}

export function sayConfigHookGone(section: string): string {
  return `${section} was taken out of .git/config.`;
}

export function noConfigHooks(since: string): Fault {
  return new Fault(
    'usage',
    `This git starts no hooks from its configuration; git ${since} does.`,
    'git dos-sync install --native',
  );
}
