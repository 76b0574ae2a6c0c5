// For lint-staged: runs its tasks in sequence, then checks the pairs in the result.

import { fileURLToPath } from 'node:url';
import picomatch from 'picomatch';
import { unquotableFile } from './messages/lint-staged.js';

type Commands = string | readonly string[];

/**
 * A glob's value in lint-staged: commands, a function that returns some for the matched files, or a
 * list of both.
 */
export type Task = string | ((files: readonly string[]) => Commands | Promise<Commands>);

/** lint-staged's configuration: globs and their tasks. */
export type Tasks = Readonly<Record<string, Task | readonly Task[]>>;

/**
 * A complete lint-staged configuration: `export default dosSync({ '*.ts': 'prettier --write' })`.
 * lint-staged alone runs different globs in parallel: the check could precede a formatter.
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

/**
 * Through the package's sh, which refuses a program that comes with the repository; Windows cannot
 * start sh scripts.
 */
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

// As in lint-staged: a glob without a slash matches the base name.
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

// lint-staged splits commands itself: at whitespace, with both quotes, without escapes.
function quote(word: string): string {
  if (/^[\w./:@%+=,-]+$/.test(word)) return word;
  const mark = ['"', "'"].find((each) => !word.includes(each));
  if (mark === undefined) throw unquotableFile(word);
  return `${mark}${word}${mark}`;
}
