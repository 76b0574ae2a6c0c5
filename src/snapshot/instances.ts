// Reads which values a template's `{Name}`s have.

import { mapInBatches } from '../git/batches.js';
import { joinPath, type RepoPath } from '../git/path.js';
import { agree, type Binding, bindingKey, isOwnSource, NO_BINDING, namesOf, pathOf } from '../manifest/sides.js';
import type { DeclaredSide } from '../manifest/types.js';
import type { Rule } from '../rules/types.js';
import { INSIDE } from './mount.js';
import { readNode } from './node.js';
import type { Snapshot } from './types.js';

const ANY: readonly Binding[] = [NO_BINDING];

/** Every binding for which the side exists, by its key; only those that agree with a wanted one. */
async function readMatches(
  snapshot: Snapshot,
  side: DeclaredSide,
  wanted: readonly Binding[],
): Promise<Map<string, Binding>> {
  const { outside } = snapshot;
  const start = (side.outside ? '~' : '') as RepoPath;
  let partial: { path: RepoPath; binding: Binding }[] = [{ path: start, binding: NO_BINDING }];
  for (const segment of side.segments) {
    const steps = partial.map(async ({ path, binding }) => {
      const bound = typeof segment === 'string' ? segment : binding.get(segment.name);
      const listed =
        bound === undefined ? await (side.outside ? outside?.readNames(path) : snapshot.readNames(path)) : [bound];
      // A top-level directory named ~ would look like an outside place.
      const names = (listed ?? []).filter((name) => path !== '' || name !== '~');
      return names.map((name) => ({
        path: joinPath(path, name as RepoPath),
        binding: typeof segment === 'string' ? binding : new Map(binding).set(segment.name, name),
      }));
    });
    partial = (await Promise.all(steps)).flat().filter(({ binding }) => wanted.some((each) => agree(binding, each)));
  }
  const state = await mapInBatches(partial, ({ path }) => standsAt(snapshot, side, path));
  const found = partial.filter((_, at) => state[at]);
  return new Map(found.map(({ binding }) => [bindingKey(binding), binding]));
}

async function standsAt(snapshot: Snapshot, side: DeclaredSide, path: RepoPath): Promise<boolean> {
  if (!side.outside) return (await snapshot.readEntry(path)).kind !== 'absent';
  return ((await snapshot.outside?.readFiles(path)) ?? []).length > 0;
}

/** The part of a side before its first name. */
function fixedPrefix(side: DeclaredSide): RepoPath {
  const end = side.segments.findIndex((segment) => typeof segment !== 'string');
  return side.segments.slice(0, end < 0 ? undefined : end).join('/') as RepoPath;
}

/** False for an outside place, and inside a submodule that is not checked out. */
async function canBeListed(snapshot: Snapshot, side: DeclaredSide): Promise<boolean> {
  if (side.outside) return snapshot.outside?.canBeListed(['~', fixedPrefix(side)].join('/') as RepoPath) ?? false;
  const prefix = fixedPrefix(side);
  if (prefix === '') return true;
  const node = await readNode(snapshot, prefix);
  if (node.kind === 'gitlink') return (await snapshot.readEntry(joinPath(prefix, INSIDE))).kind !== 'unread';
  return node.kind !== 'unread';
}

/** False if the side has no file, or for a template no match. True if it cannot be listed. */
export async function hasAny(snapshot: Snapshot, side: DeclaredSide): Promise<boolean> {
  if (!(await canBeListed(snapshot, side))) return true;
  if (namesOf(side).length > 0) return (await readMatches(snapshot, side, ANY)).size > 0;
  return side.outside || (await readNode(snapshot, pathOf(side))).kind !== 'absent';
}

/** The bindings in one snapshot; for the same names on both sides, those that exist on both. */
async function readBindings(snapshot: Snapshot, rule: Rule, wanted: readonly Binding[]): Promise<Map<string, Binding>> {
  if (rule.shape === 'plain') return new Map([['', NO_BINDING]]);
  const [listsA, listsB] = [await canBeListed(snapshot, rule.a), await canBeListed(snapshot, rule.b)];
  const onB = listsB ? await readMatches(snapshot, rule.b, wanted) : new Map<string, Binding>();
  if (rule.shape === 'fanout') return onlyCopies(snapshot, rule, onB);
  if (!listsA) return onB;
  const onA = await readMatches(snapshot, rule.a, wanted);
  // A side that cannot be listed does not exclude a name.
  return listsB ? new Map([...onB].filter(([key]) => onA.has(key))) : onA;
}

async function onlyCopies(
  snapshot: Snapshot,
  rule: Rule,
  matches: ReadonlyMap<string, Binding>,
): Promise<Map<string, Binding>> {
  const found = [...matches];
  const kept = await mapInBatches(found, ([, binding]) => isCopy(snapshot, rule, binding));
  return new Map(found.filter((_, at) => kept[at]));
}

/**
 * True if the match of a fan-out is a copy: not the source, and of the same kind. A link or a
 * gitlink can be either.
 */
export async function isCopy(snapshot: Snapshot, rule: Rule, binding: Binding): Promise<boolean> {
  if (isOwnSource(rule, binding)) return false;
  if (rule.a.outside || rule.b.outside) return true;
  const sides = [pathOf(rule.a), pathOf(rule.b, binding)].map((path) => snapshot.readEntry(path));
  const [source, copy] = (await Promise.all(sides)).map(({ kind }) => kind);
  return source === 'directory' ? copy !== 'file' && copy !== 'absent' : source !== 'file' || copy !== 'directory';
}

/**
 * The instances of a rule that are live in any of the snapshots (HEAD and the result); only those
 * that agree with a wanted binding.
 */
export async function readInstances(
  snapshots: readonly Snapshot[],
  rule: Rule,
  wanted: readonly Binding[] = ANY,
): Promise<Binding[]> {
  const counted = rule.shape === 'fanout' ? await readWhereCopiesAre(snapshots, rule) : snapshots;
  const maps = await Promise.all(counted.map((snapshot) => readBindings(snapshot, rule, wanted)));
  return [...new Map(maps.flatMap((map) => [...map])).values()];
}

/** Copies are existing matches, so only the result counts, unless a gitlink hides them there. */
async function readWhereCopiesAre([after, ...others]: readonly Snapshot[], rule: Rule): Promise<readonly Snapshot[]> {
  if (!after) return [];
  return (await canBeListed(after, rule.b)) ? [after] : others;
}

/** True if both sides of an instance have a file in the snapshot. */
export async function isLive(snapshot: Snapshot, rule: Rule, binding: Binding): Promise<boolean> {
  const stands = async (side: DeclaredSide): Promise<boolean> => {
    if (side.outside && !(await canBeListed(snapshot, side))) return true;
    if (side.outside) return standsAt(snapshot, side, pathOf(side, binding));
    const node = await readNode(snapshot, pathOf(side, binding));
    return node.kind !== 'absent';
  };
  return rule.shape !== 'named' || ((await stands(rule.a)) && (await stands(rule.b)));
}
