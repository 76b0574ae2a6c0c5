// What a power cut would lose: it keeps what was synced, and any part of the rest in any order.

import type { Call } from './trace.js';

const STORE = '/.git/dos-sync/fixes/';

/**
 * Calls of the main thread that a power cut makes harmful, judged by their order among the fsyncs.
 */
export function findUnsynced(calls: readonly Call[], top: string): string[] {
  return [...findRenamesUnsynced(calls, top), ...findBackupUnsynced(calls, top), ...findBeforeJournal(calls, top)];
}

/** The calls in order of time, with those of other processes that sync a whole file system. */
export function withBarriers(calls: readonly Call[], others: readonly (readonly Call[])[]): readonly Call[] {
  const barriers = others.flatMap((each) => each.filter(({ name }) => name === 'syncfs'));
  return [...calls, ...barriers].sort((one, other) => (one.time ?? 0) - (other.time ?? 0));
}

/** Each new file must be synced before its rename, and its directory after it. */
function findRenamesUnsynced(calls: readonly Call[], top: string): string[] {
  const problems: string[] = [];
  calls.forEach(({ name, path, args }, at) => {
    if (name !== 'rename' || !path?.startsWith(top)) return;
    const directory = directoryOf(path);
    const from = /"([^"]*)"/.exec(args)?.[1] ?? '';
    const isSynced = calls.slice(at + 1).some((call) => syncs(call, directory));
    if (!isSynced) problems.push(`not followed by fsync of its directory: ${args}`);
    const base = from.slice(from.lastIndexOf('/') + 1);
    const before = calls.slice(0, at);
    const isMade = (call: Call) => call.path !== undefined && plainName(call.path).endsWith(base);
    const isLink = before.some((call) => isMade(call) && call.name === 'symlink');
    const last = before.findLastIndex((call) => isMade(call) && call.name !== 'fsync');
    if (!isLink && !before.slice(last).some((call) => (isMade(call) ? call.name === 'fsync' : syncs(call))))
      problems.push(`renamed before it was synced: ${args}`);
  });
  return problems;
}

/** The journal names a backup: the backup's files and directories must be synced first. */
function findBackupUnsynced(calls: readonly Call[], top: string): string[] {
  const journalled = calls.findIndex((call) => call.name === 'rename' && call.path?.endsWith('/journal.json'));
  const before = calls.slice(0, Math.max(journalled, 0));
  return before.flatMap(({ name, path, args }, at) => {
    if (name !== 'openat' || !path?.startsWith(`${top}${STORE}`) || !/\/(?:(?:files|blobs)\/[^/]+|archive)$/.test(path))
      return [];
    const last = before.findLastIndex((call) => call.path === path && call.name !== 'fsync');
    const synced = (what: string) => before.slice(Math.max(at, last)).some((call) => syncs(call, what));
    return synced(path) && synced(directoryOf(path)) ? [] : [`in the journal before it was synced: ${args}`];
  });
}

/** No working file is replaced or removed before the journal is synced. */
function findBeforeJournal(calls: readonly Call[], top: string): string[] {
  const written = calls.findIndex((call) => call.name === 'rename' && call.path?.endsWith('/journal.json'));
  const root = directoryOf(calls[written]?.path ?? '');
  const durable = calls.findIndex((call, at) => at > written && call.name === 'fsync' && call.path === root);
  const dropped = calls.findIndex((call) => call.name === 'unlink' && call.path?.endsWith('/journal.json'));
  return calls.flatMap(({ name, path, args }, at) => {
    const replaces = (name === 'rename' || name === 'unlink') && path?.startsWith(`${top}/`);
    if (!replaces || path?.startsWith(`${top}/.git/`)) return [];
    const covered = written >= 0 && durable >= 0 && at > durable && at < dropped;
    return covered ? [] : [`a working file is replaced outside the journal: ${args}`];
  });
}

/**
 * After a git has renamed an index into place, its directory must be synced before the journal
 * goes.
 */
export function findIndexNameUnsynced(
  calls: readonly Call[],
  gits: readonly (readonly Call[])[],
  top: string,
): string[] {
  const wrote = gits.some((git) => git.some((call) => call.name === 'rename' && call.args.includes('index.lock"')));
  const dropped = calls.findIndex((call) => call.name === 'unlink' && call.path?.endsWith('/journal.json'));
  const synced = calls.slice(0, dropped).some((call) => call.name === 'fsync' && call.path === `${top}/.git`);
  return wrote && !synced ? ["the journal goes before the index's name is synced"] : [];
}

/** git must sync its index before it renames it into place. */
export function findUnsyncedIndex(calls: readonly Call[]): string[] {
  return calls.flatMap(({ name, args }, at) => {
    const lock = name === 'rename' ? /"([^"]*index\.lock)"/.exec(args)?.[1] : undefined;
    if (lock === undefined) return [];
    const synced = calls.slice(0, at).some((call) => call.name === 'fsync' && call.path?.endsWith('index.lock'));
    return synced ? [] : [`an index is renamed before it was synced: ${args}`];
  });
}

/** True if the call makes the path durable. */
function syncs({ name, path }: Call, what?: string): boolean {
  return name === 'syncfs' || (name === 'fsync' && path === what);
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function plainName(path: string): string {
  return path.replace(/\d+/g, '#');
}
