// The types of a record, and its parser. A record that is incomplete or of another version is never
// used.

import type { IndexState } from '../git/index-state.js';
import type { RepoPath } from '../git/path.js';
import type { FileState } from './file-state.js';
import type { ArchivedRanges } from './kept.js';

export interface FileRecord {
  readonly path: RepoPath;
  /** Temporary name beside the target, under which the new content is written first. */
  readonly temporary: RepoPath;
  readonly before: FileState;
  /** Missing until a file of this fix has been replaced. */
  readonly after?: FileState;
  /** The file in the backup with the content of `before`. */
  readonly kept?: string;
}

export interface EntryRecord {
  readonly path: RepoPath;
  readonly before: IndexState | null;
  readonly after: IndexState | null;
}

export interface FixRecord {
  /** 2 if there is an archive; earlier versions of dos-sync know only 1. */
  readonly version: 1 | 2;
  /** The name of the backup's directory; ids sort by time. */
  readonly id: string;
  /** What the user ran, such as `fix --staged`. */
  readonly command: string;
  /** Shared by the records of all repositories that one command wrote in, if there are several. */
  readonly run?: string;
  /** The id of the fix that this one undoes. */
  readonly undoes?: string;
  /** The directory of the files, if it is outside the repository. */
  readonly outside?: string;
  readonly files: readonly FileRecord[];
  readonly entries: readonly EntryRecord[];
  /** Directories that the fix created, outermost first. */
  readonly made: readonly RepoPath[];
  /** Where the backed up contents are, if they are not in files of their own. */
  readonly archived?: ArchivedRanges;
}

const VERSIONS: readonly unknown[] = [1, 2];

/** `damaged`: incomplete; `foreign`: written by another version. */
export function parseRecord(text: string, id: string): FixRecord | 'damaged' | 'foreign' {
  const value = parseObject(text);
  // safeguard damaged-record (R21): what is no object is damaged (unit/fix/parse-record)
  if (value === undefined) return 'damaged';
  // safeguard foreign-record (R21): a record of another version is not read (unit/fix/parse-record)
  if (typeof value['version'] === 'number' && !VERSIONS.includes(value['version'])) return 'foreign';
  return isRecord(value, id) ? (value as unknown as FixRecord) : 'damaged';
}

/** The backup that a journal names; undefined for a damaged journal. */
export function parseJournal(text: string): string | undefined {
  const backup = parseObject(text)?.['backup'];
  return typeof backup === 'string' && /^\d[\d-]*$/.test(backup) ? backup : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch (error) {
    // safeguard cut-record (R21): a cut record is damaged, and no bug (unit/fix/parse-record)
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

function isRecord(value: Fields, id: string): boolean {
  const { command, run, undoes, outside, files, entries, made, archived } = value;
  const texts = [run, undoes, outside].every((each) => each === undefined || typeof each === 'string');
  return (
    VERSIONS.includes(value['version']) &&
    value['id'] === id &&
    typeof command === 'string' &&
    texts &&
    isList(files, isFileRecord) &&
    isList(entries, isEntryRecord) &&
    isList(made, isPath) &&
    (archived === undefined || isList(Object.values(fieldsOf(archived) ?? { archived }), isRange))
  );
}

function isList(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isItem);
}

function isFileRecord(value: unknown): value is FileRecord {
  const { path, temporary, before, after, kept } = fieldsOf(value) ?? {};
  // safeguard record-paths (T7): a path that leads out is damaged (unit/fix/parse-record)
  if (!isPath(path) || !isPath(temporary) || !isStanding(before)) return false;
  const isKept = before.kind === 'file' ? typeof kept === 'string' && /^\d+$/.test(kept) : kept === undefined;
  return isKept && (after === undefined || isStanding(after));
}

function isEntryRecord(value: unknown): value is EntryRecord {
  const { path, before, after } = fieldsOf(value) ?? {};
  return isPath(path) && isState(before) && isState(after);
}

/** Not absolute, and without `..`. */
function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.split('/').every((name) => !['', '.', '..'].includes(name));
}

function isRange(value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [start, end] = value as readonly unknown[];
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 <= Number(start) && Number(start) <= Number(end);
}

function isStanding(value: unknown): value is FileState {
  const { kind, mode, sha256, target } = fieldsOf(value) ?? {};
  if (kind === 'file') return typeof mode === 'number' && typeof sha256 === 'string';
  return kind === 'absent' || (kind === 'link' && typeof target === 'string');
}

function isState(value: unknown): boolean {
  if (value === null) return true;
  const { mode, oid, skipsWorktree, intended } = fieldsOf(value) ?? {};
  const flags = [skipsWorktree, intended].every((each) => typeof each === 'boolean');
  return flags && typeof mode === 'string' && /^\d+$/.test(mode) && typeof oid === 'string' && /^[0-9a-f]+$/.test(oid);
}
