// For lint-staged: runs its tasks one after the other, and then checks the pairs in what they made.

import { fileURLToPath } from 'node:url';
import picomatch from 'picomatch';
import { unquotableFile } from './messages/lint-staged.js';

type Commands = string | readonly string[];

/** What lint-staged takes for a glob: commands, a function of the matched files that returns some,
 * or a list of both. */
export type Task = string | ((files: readonly string[]) => Commands | Promise<Commands>);

/** lint-staged's own configuration: globs and what to run for them. */
export type Tasks = Readonly<Record<string, Task | readonly Task[]>>;

/**
 * A whole configuration for lint-staged: `export default dosSync({ '*.ts': 'prettier --write' })`.
 * Left to itself, lint-staged runs the tasks of different globs at the same time, so that the check
 * could come before a formatter.
 */
export function dosSync(tasks: Tasks = {}): (files: readonly string[]) => Promise<string[]> {
  return async (files) => {
    const commands: string[] = [];
    for (const [glob, list] of Object.entries(tasks)) {
      const matched = files.filter(matcherOf(glob));
      if (matched.length === 0) continue;
      for (const task of Array.isArray(list) ? (list as readonly Task[]) : [list as Task]) {
        commands.push(...(await commandsOf(task, matched)));
      }
    }
    return [...commands, startOfCheck()];
  };
}

/** By the package's sh, which looks whether a repository brings the program; Windows starts no
 * scripts of sh. */
function startOfCheck(): string {
  const path = (name: string): string => quote(fileURLToPath(new URL(name, import.meta.url)));
  return process.platform === 'win32'
    ? `${quote(process.execPath)} ${path('./cli.js')} hook lint-staged`
    : `${path('./dos-sync-hook')} lint-staged`;
}

async function commandsOf(task: Task, files: readonly string[]): Promise<readonly string[]> {
  if (typeof task === 'string') return [[task, ...files.map(quote)].join(' ')];
  const commands = await task(files);
  return typeof commands === 'string' ? [commands] : commands;
}

// As lint-staged matches: a glob without a slash goes for the base name.
// https://github.com/lint-staged/lint-staged#filtering-files
function matcherOf(glob: string): (file: string) => boolean {
  const matches = picomatch(glob, {
    dot: true,
    matchBase: !glob.includes('/'),

    strictBrackets: true,
  });
  const top = `${process.cwd().replaceAll('\\', '/')}/`;
  return (file) => matches(file.replaceAll('\\', '/').replace(top, ''));
}

// lint-staged splits commands itself, at white space, and knows both quotes but no escapes.
function quote(word: string): string {
  if (/^[\w./:@%+=,-]+$/.test(word)) return word;
  const mark = ['"', "'"].find((each) => !word.includes(each));
  if (mark === undefined) throw unquotableFile(word);
  return `${mark}${word}${mark}`;
}
