// The report for scripts: one record per verdict, whose form stays the same.

import { bytesOf, type RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';

/** What ends a record, and how its paths are written. */
export type RecordEnd = 'newline' | 'nul';

/**
 * `<verdict> <reason or -> TAB <a> TAB <b> LF`, a path with anything unusual in it quoted as git
 * quotes it; or, ended by NUL, `<verdict> <reason or -> NUL <a> NUL <b> NUL` with the paths as they
 * are. A path is empty where an alias has taken the name.
 */
export function formatPorcelain(verdicts: readonly Verdict[], end: RecordEnd): Buffer {
  return Buffer.concat(
    verdicts.flatMap(({ status, reason, pair }) => {
      const head = Buffer.from(`${status} ${reason ?? '-'}`);
      const paths = [pair.a, pair.b].map((path) => (path === null ? Buffer.alloc(0) : write(path, end)));
      const [between, last] = end === 'nul' ? ['\0', '\0'] : ['\t', '\n'];
      return [head, ...paths.flatMap((path) => [Buffer.from(between), path]), Buffer.from(last)];
    }),
  );
}

function write(path: RepoPath, end: RecordEnd): Buffer {
  return end === 'nul' ? bytesOf(path) : Buffer.from(quotePath(path), 'latin1');
}

const LETTERS: Readonly<Record<string, string>> = {
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
};

/** As core.quotePath has it:
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath */
function quotePath(path: RepoPath): string {
  // And ## besides, with which a CI runner could take a command to begin.
  if (/^[\x20-\x7e]*$/.test(path) && !/["\\]|##/.test(path)) return path;
  const written = (byte: string) =>
    byte in LETTERS ? `\\${LETTERS[byte]}` : `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `"${path.replace(/[^\x20-\x7e]|["\\]|#(?=#)/g, written)}"`;
}
