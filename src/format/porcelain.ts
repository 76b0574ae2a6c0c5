// The report for scripts: one record per verdict, in a stable format.

import { bytesOf, type RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';

/** The end of a record, and the form of its paths. */
export type RecordEnd = 'newline' | 'nul';

/**
 * `<verdict> <reason or -> TAB <a> TAB <b> LF` with paths quoted as by git, or `<verdict> <reason
 * or -> NUL <a> NUL <b> NUL` with raw paths. A path is empty if an alias uses its name.
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

/**
 * As with core.quotePath:
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath
 */
function quotePath(path: RepoPath): string {
  // Also quotes ##, which a CI runner could read as the start of a command.
  // safeguard porcelain-quotes (T12): a name with other bytes is quoted (unit/format/json)
  if (/^[\x20-\x7e]*$/.test(path) && !/["\\]|##/.test(path)) return path;
  const written = (byte: string) =>
    byte in LETTERS ? `\\${LETTERS[byte]}` : `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return `"${path.replace(/[^\x20-\x7e]|["\\]|#(?=#)/g, written)}"`;
}
