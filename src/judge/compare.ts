// Compares the two sides of a pair by ids and modes. Pure.

import { ABSENT, type Entry, modeOf, sameEntry } from '../git/entry.js';
import { below, type RepoPath, textOf } from '../git/path.js';
import type { Exception, PinnedState, Side } from '../manifest/types.js';
import { fileBesideDirectory, leadsElsewhere } from '../messages/disk.js';
import type { FilePair, Rules } from '../rules/types.js';
import type { Node } from '../snapshot/types.js';
import type { DriftReason, Verdict } from './types.js';

/** The nodes at the two sides of a pair. */
export interface PairNodes {
  readonly a: Node;
  readonly b: Node;
  /** What is compared instead of two files, if the pair has a rule. */
  readonly texts?: ComparedTexts;
  /** True if the two have the difference that the pair's exception agrees to. */
  readonly agreed?: boolean;
}

/** Entries with the ids of their compared texts, or why the rule does not apply to them. */
type ComparedTexts = { readonly compared: { readonly [Of in Side]: Entry } } | { readonly unfit: 'binary' | 'large' };

/**
 * The verdict; undefined if there is nothing to compare: neither side exists, a directory, a place
 * without a fan-out's copy.
 * @throws Fault `manifest` for a file paired with a directory, `disk` for a symlink above a side
 * that leads elsewhere.
 */
export function compare(rules: Rules, pair: FilePair, given: PairNodes): Verdict | undefined {
  const seen = { a: asInside(pair, 'a', given), b: asInside(pair, 'b', given) };
  // safeguard file-beside-directory (R17): a file is no copy of a directory (e2e/bad-input: a file)
  refuseFileBesideDirectory(pair, seen);
  const [a, b] = [entryIn(seen.a), entryIn(seen.b)];
  const hidden = seen.a.kind === 'hidden' ? seen.a.why : seen.b.kind === 'hidden' ? seen.b.why : undefined;
  // safeguard hidden-sides (T22): a side behind a gitlink is not in sync (unit/history/compare)
  if (hidden) return { pair, ...verdictOnHidden(pair, seen), a, b, hidden };
  const unread = seen.a.kind === 'unread' ? seen.a.why : seen.b.kind === 'unread' ? seen.b.why : undefined;
  // safeguard unread-sides (R14): a side that cannot be read is not in sync (unit/history/compare)
  if (unread) {
    const nothing = a.kind === 'absent' && b.kind === 'absent' && !bothUnread(seen);
    return nothing ? undefined : { pair, status: 'UNCHECKED', a, b, unread };
  }
  // safeguard one-file (T8): a link to the other side is not a copy (unit/history/compare)
  if (areOneFile(pair, seen)) return { pair, status: 'LINKED', a, b };
  // safeguard other-links (T7): a link that leads elsewhere is no side (e2e/bad-input: a symlink)
  refuseOtherLinks(pair, seen);
  if (speakThroughFiles(seen)) return undefined;
  if (a.kind === 'absent' && b.kind === 'absent') return undefined;
  const { texts, agreed = false } = given;
  const what = texts && 'compared' in texts ? texts.compared : { a, b };
  if (sameEntry(what.a, what.b)) return { pair, status: 'SYNCED', a, b, ...texts };
  // safeguard accepted: an accepted difference is an exception (unit/judge/judge-change)
  if (agreed || holds(pair.exception, a, b)) return { pair, status: 'EXCEPTION', a, b };
  // safeguard missing-a: a side that is absent is missing (unit/history/compare)
  if (a.kind === 'absent' && !isGitlinkForCopy(pair, b)) return missing(rules, pair, 'a', a, b);
  // safeguard missing-b: the other side that is absent is missing (unit/history/compare)
  if (b.kind === 'absent') return isCopyOfFanOut(pair) ? undefined : missing(rules, pair, 'b', a, b);
  return { pair, status: 'DRIFT', reason: reasonOf(what.a, what.b), a, b, ...texts };
}

/** A place without a copy lacks nothing; but a file inside a directory copy can be missing. */
function isCopyOfFanOut({ rule, b, rootB }: FilePair): boolean {
  return rule.shape === 'fanout' && b === rootB;
}

/**
 * Two files that do not exist yet; the verdict if adding only one of them would be drift, otherwise
 * undefined.
 */
export function compareEmpty(rules: Rules, pair: FilePair, { a, b }: PairNodes): Verdict | undefined {
  if (pair.a === null || pair.b === null || a.kind !== 'absent' || b.kind !== 'absent') return undefined;
  const alone = isCopyOfFanOut(pair) || pair.exception !== undefined;
  if (alone || rules.waivesMissing('a', pair.a) || rules.waivesMissing('b', pair.b)) return undefined;
  return { pair, status: 'SYNCED', a: ABSENT, b: ABSENT };
}

/**
 * Inside a side, a symlink that does not lead to its partner is an entry like a file, with nothing
 * below it.
 */
function asInside({ rule, ...pair }: FilePair, side: 'a' | 'b', { a, b }: PairNodes): Node {
  const [node, other, partner] = side === 'a' ? [a, b, pair.b] : [b, a, pair.a];
  const [path, root] = side === 'a' ? [pair.a, pair.rootA] : [pair.b, pair.rootB];
  if (path === root || (node.kind !== 'link' && node.kind !== 'through-link')) return node;
  if (node.landing === partner) return node;
  // safeguard link-contents (T7): a link inside a side is compared as a link (unit/history/compare)
  if (node.kind === 'link') return { ...node, landing: undefined };
  // Outside, no link may be on the way to a compared file.
  const isThere = other.kind !== 'absent' && other.kind !== 'through-link';
  if (!below(node.through, root) || (rule[side].outside && isThere)) return node;
  return { kind: 'absent' };
}

/** Below gitlinks with the same commit the sides are equal; otherwise it is unknown. */
function verdictOnHidden({ exception }: FilePair, { a, b }: PairNodes): Pick<Verdict, 'status' | 'reason'> {
  const both = a.kind === 'hidden' && b.kind === 'hidden' && a.why.at !== b.why.at;
  // safeguard same-commit: two gitlinks are in sync at one commit (unit/history/compare)
  if (both && a.oid === b.oid && a.rest === b.rest) return { status: 'SYNCED' };
  return holds(exception, entryIn(a), entryIn(b)) ? { status: 'EXCEPTION' } : { status: 'DRIFT', reason: 'type' };
}

/** A submodule replaces a fan-out's copy, with or without a source. */
function isGitlinkForCopy(pair: FilePair, b: Entry): boolean {
  return isCopyOfFanOut(pair) && b.kind === 'gitlink';
}

/**
 * A directory beside a directory, a link to it, or nothing: the pairs of its files carry the
 * verdict.
 */
function speakThroughFiles({ a, b }: PairNodes): boolean {
  const alone = (node: Node) => node.kind === 'file' || (node.kind === 'link' && node.landing === undefined);
  return (a.kind === 'directory' && !alone(b)) || (b.kind === 'directory' && !alone(a));
}

function bothUnread({ a, b }: PairNodes): boolean {
  return a.kind === 'unread' && b.kind === 'unread';
}

function entryIn(node: Node): Entry {
  switch (node.kind) {
    case 'file':
    case 'link':
    case 'gitlink':
      return node;
    case 'hidden':
      return { kind: 'gitlink', oid: node.oid };
    case 'absent':
    case 'through-link':
    case 'directory':
    case 'unread':
      return ABSENT;
  }
}

function missing(rules: Rules, pair: FilePair, side: 'a' | 'b', a: Entry, b: Entry): Verdict {
  const present = side === 'a' ? pair.b : pair.a;
  const waived = present !== null && rules.waivesMissing(side === 'a' ? 'b' : 'a', present);
  // safeguard waived: only a waived file may be on one side (unit/judge/judge-change)
  if (waived) return { pair, status: side === 'a' ? 'SUBMODULE_ONLY' : 'LIVE_ONLY', a, b };
  return { pair, status: side === 'a' ? 'MISSING_A' : 'MISSING_B', a, b };
}

function reasonOf(a: Entry, b: Entry): DriftReason {
  // safeguard other-types: a link and a file differ (unit/history/compare)
  if (a.kind !== b.kind) return 'type';
  return a.kind !== 'absent' && b.kind !== 'absent' && a.oid !== b.oid ? 'content' : 'mode';
}

/** True if the exception accepts these two entries, whatever their content is. */
export function holds(exception: Exception | undefined, a: Entry, b: Entry): boolean {
  if (!exception) return false;
  return !exception.at || (isPinned(exception.at[0], a) && isPinned(exception.at[1], b));
}

/** True if the entry is in the state that an exception pins. */
export function isPinned(pinned: PinnedState, entry: Entry): boolean {
  if (pinned === null || entry.kind === 'absent') return pinned === null && entry.kind === 'absent';
  return pinned.mode === modeOf(entry) && pinned.oid === entry.oid;
}

function areOneFile(pair: FilePair, { a, b }: PairNodes): boolean {
  if (a.kind === 'file' && b.kind === 'file') return a.sameFileAs !== undefined && a.sameFileAs === b.sameFileAs;
  const [landsA, landsB] = [landingOf(a, pair.a), landingOf(b, pair.b)];
  const present = (node: Node) => node.kind !== 'absent' && node.kind !== 'directory';
  return present(a) && present(b) && landsA !== undefined && landsA === landsB;
}

function landingOf(node: Node, path: RepoPath | null): RepoPath | undefined {
  return node.kind === 'link' || node.kind === 'through-link' ? node.landing : (path ?? undefined);
}

/** A symlink above a side, or at a side that is a directory, may only lead to the other side. */
function refuseOtherLinks(pair: FilePair, { a, b }: PairNodes): void {
  for (const [here, path, there, other, root] of [
    [a, pair.a, b, pair.b, pair.rootA],
    [b, pair.b, a, pair.a, pair.rootB],
  ] as const) {
    const atRoot = here.kind === 'link' && path === root;
    const decides = here.kind === 'through-link' || (atRoot && there.kind === 'directory');
    if (!decides || here.landing === other || path === null) continue;
    const link = here.kind === 'through-link' ? here.through : path;
    throw leadsElsewhere(textOf(link), textOf(path), textAt(here.landing), textAt(other));
  }
}

function textAt(path: RepoPath | null | undefined): string | undefined {
  return path === null || path === undefined ? undefined : textOf(path);
}

function refuseFileBesideDirectory(pair: FilePair, { a, b }: PairNodes): void {
  const fileOnly = (node: Node, root: RepoPath, path: RepoPath | null) =>
    node.kind === 'file' ? path === root : node.kind === 'absent' && node.underFile === root;
  const directory = (node: Node, root: RepoPath, path: RepoPath | null) =>
    path === root ? node.kind === 'directory' : ['file', 'link', 'gitlink'].includes(node.kind);
  const [fileA, fileB] = [fileOnly(a, pair.rootA, pair.a), fileOnly(b, pair.rootB, pair.b)];
  const [directoryA, directoryB] = [directory(a, pair.rootA, pair.a), directory(b, pair.rootB, pair.b)];
  if ((!fileA || !directoryB) && (!fileB || !directoryA)) return;
  const [file, folder] = fileA ? [pair.rootA, pair.rootB] : [pair.rootB, pair.rootA];
  throw fileBesideDirectory(pair.rule.key, textOf(file), textOf(folder));
}
