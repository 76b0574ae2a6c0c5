// Divides a pair of directories where a part of it is paired elsewhere too, so that the part has
// one row with all its places. Pure.

import { below, joinPath, parentOf, type RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import type { PlaceInstance } from './place-instances.js';

/** A part that is divided off is a root too, and divides other pairs: live -> release -> pack. */
export function openDirectories(instances: readonly PlaceInstance[]): readonly PlaceInstance[] {
  const roots = new Set(instances.flatMap(({ a, b }) => [a, b]));
  for (;;) {
    const before = roots.size;
    const opened = instances.flatMap((instance) => divide(instance, roots));
    for (const { a, b } of opened) roots.add(a).add(b);
    if (roots.size === before) return opened;
  }
}

/** True if an opened root is strictly below an instance with files that are only counted. */
export function dividesCounted(instances: readonly PlaceInstance[], opened: readonly PlaceInstance[]): boolean {
  const above = new Set<RepoPath>();
  for (const root of opened.flatMap(({ a, b }) => [a, b])) {
    for (let at = root; at !== ''; at = parentOf(at)) above.add(parentOf(at));
  }
  return instances.some(({ a, b, alike }) => alike > 0 && (above.has(a) || above.has(b)));
}

/** The part of an instance for each root below its sides, and the rest of it. */
function divide(instance: PlaceInstance, roots: ReadonlySet<RepoPath>): readonly PlaceInstance[] {
  if (!instance.isDirectory) return [instance];
  const parts = new Map<RepoPath, Verdict[]>();
  const rest: Verdict[] = [];
  for (const verdict of instance.verdicts) {
    const part = partOf(verdict, instance, roots);
    if (part === undefined) rest.push(verdict);
    else (parts.get(part) ?? addTo(parts, part)).push(verdict);
  }
  if (parts.size === 0) return [instance];
  const opened = [...parts].map(([part, verdicts]) => pick(instance, part, verdicts));
  return rest.length > 0 ? [{ ...instance, verdicts: rest }, ...opened] : opened;
}

function addTo(parts: Map<RepoPath, Verdict[]>, part: RepoPath): Verdict[] {
  const verdicts: Verdict[] = [];
  parts.set(part, verdicts);
  return verdicts;
}

/** The deepest part, relative to the instance, that contains both sides of the verdict. */
function partOf({ pair }: Verdict, { a, b }: PlaceInstance, roots: ReadonlySet<RepoPath>): RepoPath | undefined {
  const [inA, inB] = [pair.a === null ? undefined : below(pair.a, a), pair.b === null ? undefined : below(pair.b, b)];
  const start = inA ?? inB;
  if (start === undefined) return undefined;
  for (let part = start; part !== ''; part = parentOf(part)) {
    if (!roots.has(joinPath(a, part)) && !roots.has(joinPath(b, part))) continue;
    if ([inA, inB].every((each) => each === undefined || below(each, part) !== undefined)) return part;
  }
  return undefined;
}

function pick(instance: PlaceInstance, part: RepoPath, verdicts: Verdict[]): PlaceInstance {
  const [a, b] = [joinPath(instance.a, part), joinPath(instance.b, part)];
  const isDirectory = verdicts.some(
    ({ pair }) => (pair.a !== null && pair.a !== a) || (pair.b !== null && pair.b !== b),
  );
  return { ...instance, a, b, isDirectory, verdicts, alike: 0 };
}
