// Parsers of git's machine-readable output: raw diffs, trees and index listings, all in bytes.

import { Fault } from '../messages/fault.js';
import { nameTwice, slashInName, unreadableTree } from '../messages/trees.js';
import { type Oid, parseOid } from './oid.js';
import { pathFromBytes, type RepoPath, textOf } from './path.js';

/** git's six-digit file mode, such as `100644`; `000000` for nothing. */
export type Mode = string;

export interface TreeEntry {
  readonly mode: Mode;
  readonly oid: Oid;
}

/** One line of a raw diff: the entry before and after. */
export interface RawChange {
  readonly path: RepoPath;
  readonly before: TreeEntry;
  /** The zero oid where git has not hashed the file. */
  readonly after: TreeEntry;
  /** A, D, M, T or U. */
  readonly status: string;
}

const NUL = 0;
const SPACE = 0x20;

/** Splits at NUL. @throws Fault `git` if the last record has no NUL. */
export function* recordsOf(output: Buffer): Generator<Buffer> {
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(NUL, start);
    if (end < 0) throw new Fault('git', 'git ended in the middle of a record.');
    yield output.subarray(start, end);
    start = end + 1;
  }
}

/**
 * `git diff-index --raw -z` and similar, without renames: `:<mode> <mode> <oid> <oid> <status>` NUL
 * path NUL.
 */
export function parseRawDiff(output: Buffer): RawChange[] {
  const changes: RawChange[] = [];
  let fields: string[] | undefined;
  for (const record of recordsOf(output)) {
    if (!fields) {
      fields = record.toString('latin1').slice(1).split(' ');
      continue;
    }
    const [modeBefore = '', modeAfter = '', oidBefore = '', oidAfter = '', status = ''] = fields;
    changes.push({
      path: pathFromBytes(record),
      before: { mode: modeBefore, oid: parseOid(oidBefore) },
      after: { mode: modeAfter, oid: parseOid(oidAfter) },
      status: status.charAt(0),
    });
    fields = undefined;
  }
  return changes;
}

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };

/**
 * The same without `-z`, for sh: one line each, with names quoted as in C. @throws Fault `git` for
 * anything else.
 */
export function parseQuotedRawDiff(output: string): RawChange[] {
  return output.split('\n').flatMap((line) => {
    if (line === '') return [];
    const [, modeBefore, modeAfter, oidBefore, oidAfter, status, name] =
      /^:(\d{6}) (\d{6}) (\w+) (\w+) ([A-Z])\t(.+)$/.exec(line) ?? [];
    if (modeBefore === undefined || modeAfter === undefined || status === undefined || name === undefined) {
      throw new Fault('git', `git printed ${JSON.stringify(line)} where a raw diff belongs.`);
    }
    return {
      path: unquoted(name),
      before: { mode: modeBefore, oid: parseOid(oidBefore ?? '') },
      after: { mode: modeAfter, oid: parseOid(oidAfter ?? '') },
      status,
    };
  });
}

/** https://git-scm.com/docs/git-config#Documentation/git-config.txt-corequotePath */
function unquoted(name: string): RepoPath {
  if (!name.startsWith('"')) return name as RepoPath;
  const inner = name.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, code: string) => {
    return code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (ESCAPES[code] ?? code);
  });
  return inner as RepoPath;
}

/**
 * The content of a tree object: `<mode> <name>` NUL and the binary id, repeated. Modes are padded
 * to six digits.
 * @throws Fault `git` for an invalid tree: a duplicate name, or one with a slash.
 */
export function parseTree(tree: Oid, content: Buffer): Map<string, TreeEntry> {
  const oidBytes = tree.length / 2;
  const entries = new Map<string, TreeEntry>();
  for (let start = 0; start < content.length; ) {
    const space = content.indexOf(SPACE, start);
    const nul = content.indexOf(NUL, space);
    // safeguard cut-tree (T21): a tree that is cut is unreadable (unit/git/trees)
    if (space < 0 || nul < 0) throw unreadableTree(tree);
    const mode = content.toString('latin1', start, space).padStart(6, '0');
    const oid = parseOid(content.toString('hex', nul + 1, nul + 1 + oidBytes));
    const name = content.toString('latin1', space + 1, nul);
    // safeguard tree-slash (T21): a tree with a slash in a name is refused (unit/git/trees)
    if (name.includes('/')) throw slashInName(tree, textOf(name as RepoPath));
    // safeguard tree-twice (T21): a tree with a name twice is refused (unit/git/trees)
    if (entries.has(name)) throw nameTwice(tree, textOf(name as RepoPath));
    entries.set(name, { mode, oid });
    start = nul + 1 + oidBytes;
  }
  return entries;
}

/** One entry of the index. */
export interface IndexEntry extends TreeEntry {
  readonly path: RepoPath;
  /** 0, or 1 to 3 for an unmerged path. */
  readonly stage: number;
  /** git's tag letter: `S` for skip-worktree, lower case for assume-unchanged. */
  readonly tag: string;
}

/** `git ls-files -t -v --stage -z`: `<tag> <mode> <oid> <stage>` TAB path NUL. */
export function parseIndex(output: Buffer): IndexEntry[] {
  const entries: IndexEntry[] = [];
  for (const record of recordsOf(output)) {
    const tab = record.indexOf('\t');
    const [tag = '', mode = '', oid = '', stage = ''] = record.toString('latin1', 0, tab).split(' ');
    entries.push({
      path: pathFromBytes(record.subarray(tab + 1)),
      mode,
      oid: parseOid(oid),
      stage: Number(stage),
      tag,
    });
  }
  return entries;
}

/** A list of NUL-terminated paths. */
export function parsePaths(output: Buffer): RepoPath[] {
  return [...recordsOf(output)].map(pathFromBytes);
}
