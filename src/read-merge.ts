// Merges what the files of a component hold: git's three-way merge of each changed copy into the canonical file.

import type { Merge } from './decide/merge.js';
import { contentsOf, edgesOf, rootsOf } from './decide/plan.js';
import type { Component } from './drift/component.js';
import type { Provenance, Provenances } from './drift/history.js';
import { isFinding, type Judgement } from './drift/types.js';
import type { Workplace } from './fix/apply.js';
import { mergeFile } from './git/merge-file.js';
import { hashObject } from './git/oid.js';
import { type RepoPath, textOf } from './git/path.js';
import { identityOf } from './pairs/identity.js';
import type { PairIndex } from './pairs/types.js';
import { readContent } from './snapshot/content.js';
import type { Entry } from './snapshot/types.js';

/** A copy with changes of its own, and the blob that it and its source last shared. */
interface Changed {
  readonly path: RepoPath;
  readonly entry: Entry;
  readonly base: string;
  readonly executable: boolean | undefined;
}

/** The merge of the component; undefined if no base is known, or the contents cannot be merged. Writes nothing. */
export async function readMerge(
  place: Workplace,
  index: PairIndex,
  component: Component,
  provenances: Provenances,
): Promise<Merge | undefined> {
  const edges = edgesOf(component, index.fixDirection);
  const [root] = rootsOf(component, edges);
  const own = root === undefined ? undefined : contentsOf(component).get(root);
  if (root === undefined || own?.kind !== 'file') return undefined;
  const target = index.fixDirection === 'live_to_submodule' ? 'b' : 'a';
  const changed = component.judgements.filter(isFinding).flatMap((finding) => {
    return changedCopy(finding, target, provenances.get(identityOf(finding.pair)));
  });
  const start = await readContent(place, root, own);
  if (!start || changed.length === 0) return undefined;
  return mergeInto(place, { root, own, start }, changed);
}

interface Start {
  readonly root: RepoPath;
  readonly own: Entry & { readonly kind: 'file' };
  readonly start: Buffer;
}

async function mergeInto(
  place: Workplace,
  { root, own, start }: Start,
  changed: readonly Changed[],
): Promise<Merge | undefined> {
  let content = start;
  let { executable } = own;
  const merged: RepoPath[] = [];
  for (const copy of changed) {
    const [base, theirs] = [await place.objects.contents(copy.base), await readContent(place, copy.path, copy.entry)];
    if (!base || !theirs) return undefined;
    const names = { ours: textOf(root), base: 'base', theirs: textOf(copy.path) };
    const result = await mergeFile(place.repository.git, { ours: content, base: base.content, theirs }, names);
    if (!result) return undefined;
    content = result.content;
    merged.push(copy.path);
    // Of two that differ in the executable bit, the one that changed it meant to.
    if (copy.entry.kind === 'file' && copy.entry.executable !== own.executable && copy.executable !== undefined) {
      executable = !copy.executable;
    }
    // A second merge over markers would mean nothing.
    if (!result.clean) return finished(place, { root, merged: [], conflicts: [copy.path], content, executable });
  }
  return finished(place, { root, merged, conflicts: [], content, executable });
}

function finished(
  { repository }: Workplace,
  { executable, ...merge }: Omit<Merge, 'entry'> & { readonly executable: boolean },
): Merge {
  const oid = hashObject(repository.format, 'blob', merge.content);
  return { ...merge, entry: { kind: 'file', oid, executable } };
}

/** The finding's copy, unless it is only behind: then it has nothing to add. */
function changedCopy(finding: Judgement, side: 'a' | 'b', provenance: Provenance | undefined): Changed[] {
  const [path, entry] = [finding.pair[side], finding[side]];
  if (path === null || entry.kind !== 'file' || provenance?.base?.kind !== 'file') return [];
  if (provenance.verdict === 'behind' && provenance.stale === side) return [];
  return [{ path, entry, base: provenance.base.oid, executable: provenance.executable }];
}
