// Inherited drift: pairs that are out of sync in the same way in a merged state.

import { type Entry, sameEntry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import { MANIFEST_PATH } from '../manifest/types.js';
import type { Snapshot } from '../snapshot/types.js';
import type { Policy } from './policies.js';
import type { Verdict } from './types.js';

/** True if the change did not cause the verdict. `byNewRule`: a new rule added the pair. */
export type Inheritance = (verdict: Verdict, byNewRule: boolean) => Promise<boolean>;

/** Treats a verdict as inherited if a state has it in the same way. Reads the states lazily. */
export function heldBy(
  { inherited }: Policy,
  after: Snapshot,
  readStates: () => Promise<readonly Snapshot[]>,
): Inheritance {
  const read = async () => {
    const states = await readStates();
    return inherited === 'forgiven-under-same-manifest' ? withSameManifest(after, states) : states;
  };
  let states: Promise<readonly Snapshot[]> | undefined;
  return async (verdict) => {
    states ??= read();
    const held = await Promise.all((await states).map((state) => holdsAlike(state, verdict)));
    return held.includes(true);
  };
}

/** A state with another manifest may have dropped the rule, so its drift was allowed there. */
async function withSameManifest(after: Snapshot, states: readonly Snapshot[]): Promise<readonly Snapshot[]> {
  const manifest = await after.readEntry(MANIFEST_PATH);
  const there = await Promise.all(states.map((state) => state.readEntry(MANIFEST_PATH)));
  return states.filter((_, at) => {
    const other = there[at];
    return manifest.kind === 'file' && other?.kind === 'file' && manifest.oid === other.oid;
  });
}

/** True if the state has exactly the judged entries at both paths. */
export async function holdsAlike(state: Snapshot, { pair, a, b }: Verdict): Promise<boolean> {
  const sides = [
    [pair.a, a],
    [pair.b, b],
  ] as const;
  const alike = sides.map(async ([path, entry]) => {
    const there = path === null ? entry : await readJudged(state, path);
    return there !== undefined && sameEntry(there, entry);
  });
  return !(await Promise.all(alike)).includes(false);
}

/**
 * The entry that a verdict has for the path: the gitlink above it if nothing below is readable;
 * undefined for a directory.
 */
export async function readJudged(snapshot: Snapshot, path: RepoPath): Promise<Entry | undefined> {
  const node = await snapshot.readEntry(path);
  if (node.kind !== 'unread') return node.kind === 'directory' ? undefined : node;
  return node.why.kind === 'submodule' ? readJudged(snapshot, node.why.at) : undefined;
}
