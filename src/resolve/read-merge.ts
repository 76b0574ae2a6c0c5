// Merges the files of a group: git's three-way merge of each changed copy into the source.

import { isText } from '../differences/text-rule.js';
import type { Entry } from '../git/entry.js';
import { mergeFile, type Versions } from '../git/merge-file.js';
import { hashObject, type Oid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { opposite } from '../manifest/direction.js';
import { endsOf } from '../rules/ends.js';
import { identityOf } from '../rules/identity.js';
import { idOfText, readTextOf } from '../snapshot/compared.js';
import { readContent, readStored } from '../snapshot/content.js';
import type { Merge } from './merge.js';
import { bySource, contentsOf, edgesOf, type Ground } from './plan.js';
import { lossIn } from './safety.js';
import type { Edge, Group } from './types.js';

/** A changed copy, and the last blob that it shared with its source; without one, both are new. */
interface Changed {
  readonly path: RepoPath;
  readonly entry: Entry;
  readonly base: Oid | undefined;
  readonly edge: Edge;
  readonly executable: boolean | undefined;
}

/**
 * The merge of the group; undefined if there is nothing to merge, or git cannot merge the contents.
 * Writes nothing.
 */
export async function readMerge(
  place: Workplace,
  ground: Ground,
  { component, meant }: Group,
): Promise<Merge | undefined> {
  const agreed = agreedMerge(ground, meant);
  if (agreed) return agreed;
  const edges = edgesOf(component);
  const wanted = new Set(meant.map(({ pair }) => identityOf(pair)));
  const open = edges.filter(({ verdict }) => wanted.has(identityOf(verdict.pair)));
  const root = rootOf(edges, open);
  const own = root === undefined ? undefined : contentsOf(component).get(root);
  if (root === undefined || own?.kind !== 'file') return undefined;
  const changed = inOrder(open, edges, root).flatMap((edge) => changedCopy(ground, edge));
  const start = await readContent(place, root, own);
  if (!start || changed.length === 0) return undefined;
  return mergeInto(place, { root, own, start }, changed);
}

/** The two new texts of one lapsed exception: both changes, and still the agreed difference. */
function agreedMerge({ evidence }: Ground, [verdict, ...others]: readonly Verdict[]): Merge | undefined {
  if (!verdict || others.length > 0) return undefined;
  const { source, copy } = endsOf(verdict.pair);
  const side = verdict.pair.rule.source;
  const own = verdict[side];
  const merge = evidence.carrying.agreed.get(identityOf(verdict.pair));
  const text = merge?.[side];
  if (merge?.a === undefined || merge.b === undefined || text === undefined) return undefined;
  if (source === null || copy === null || own.kind !== 'file') return undefined;
  const entry = { ...own, oid: idOfText(text, own.oid) };
  return { root: source, merged: [copy], conflicts: [], entry, content: Buffer.from(text, 'latin1') };
}

/** The edges with differences, sources before their copies. */
function inOrder(open: readonly Edge[], edges: readonly Edge[], root: RepoPath): readonly Edge[] {
  const outgoing = bySource(edges);
  const order = new Set([root]);
  for (const path of order) for (const { target } of outgoing.get(path) ?? []) order.add(target);
  const rank = new Map([...order].map((path, at) => [path, at]));
  const rankOf = ({ target }: Edge) => rank.get(target) ?? -1;
  return [...open].sort((one, other) => rankOf(one) - rankOf(other));
}

/**
 * The file that gets the result first: the top of the differing edges, and further up while the
 * pairs are equal.
 */
function rootOf(edges: readonly Edge[], open: readonly Edge[]): RepoPath | undefined {
  const targets = new Set(open.map(({ target }) => target));
  let root = open.map(({ source }) => source).find((source) => !targets.has(source));
  const above = () => edges.find(({ target, verdict }) => target === root && !isOutOfSync(verdict));
  for (let edge = above(); edge; edge = above()) root = edge.source;
  return root;
}

interface MergeStart {
  readonly root: RepoPath;
  readonly own: Entry & { readonly kind: 'file' };
  readonly start: Buffer;
}

async function mergeInto(
  place: Workplace,
  { root, own, start }: MergeStart,
  changed: readonly Changed[],
): Promise<Merge | undefined> {
  let content = start;
  let { executable } = own;
  const merged: RepoPath[] = [];
  const to = { root, merged: [], conflicts: [] };
  for (const copy of changed) {
    const versions = await readVersions(place, root, content, copy);
    if (!versions) return undefined;
    const { base, theirs } = versions;
    const names = { ours: textOf(root), base: 'base', theirs: textOf(copy.path) };
    const ours = content;
    const result = await mergeFile(place.repository.git, { ours, base, theirs }, names);
    if (!result) return undefined;
    content = result.content;
    merged.push(copy.path);
    // If the executable bit differs, the side that changed it wins.
    if (copy.entry.kind === 'file' && copy.entry.executable !== own.executable && copy.executable !== undefined) {
      executable = !copy.executable;
    }
    // A second merge over markers would make no sense.
    if (!result.clean) {
      const conflict = { ours, base: copy.base === undefined ? undefined : base, theirs };
      return finished(place, { ...to, conflicts: [copy.path], content, conflict, executable });
    }
  }
  return finished(place, { ...to, merged, content, executable });
}

/**
 * The copy's content and the base. Of a pair with a rule both as the root would have them: with its
 * own lines and its words, which then are no changes.
 */
async function readVersions(
  place: Workplace,
  root: RepoPath,
  ours: Buffer,
  { path, entry, base, edge }: Changed,
): Promise<Pick<Versions, 'base' | 'theirs'> | undefined> {
  const { equality } = edge.verdict.pair;
  const theirs = await readContent(place, path, entry);
  if (!theirs) return undefined;
  if (equality.kind === 'identical') {
    const old = base === undefined ? Buffer.alloc(0) : (await place.objects.contents(base))?.content;
    return old && { base: old, theirs };
  }
  const origin = base && equality.origins.get(base);
  const old = origin && (await readTextOf((oid) => readStored(place.objects, oid), origin.oid));
  if (!origin || old === undefined || edge.source !== root || !isText(theirs) || !isText(ours)) return undefined;
  const own = ours.toString('latin1');
  const carried = equality.rule.carry(edge.side, theirs.toString('latin1'), own);
  const compared = equality.rule.compared(origin.side, old);
  const before = 'text' in compared ? equality.rule.written(opposite(edge.side), compared.text, own) : 'unbalanced';
  if (typeof carried === 'string' || typeof before === 'string') return undefined;
  return { base: Buffer.from(before.text, 'latin1'), theirs: Buffer.from(carried.text, 'latin1') };
}

function finished(
  { repository }: Workplace,
  { executable, ...merge }: Omit<Merge, 'entry'> & { readonly executable: boolean },
): Merge {
  const oid = hashObject(repository.format, 'blob', merge.content);
  return { ...merge, entry: { kind: 'file', oid, executable } };
}

/** The edge's copy, unless a plain copy over it loses nothing: then it contributes nothing. */
function changedCopy({ evidence }: Ground, edge: Edge): Changed[] {
  const { target: path, verdict, side } = edge;
  const entry = verdict[side];
  if (entry.kind !== 'file' || verdict.pair.exception) return [];
  if (lossIn(evidence, verdict, side, verdict[opposite(side)]) === undefined) return [];
  const provenance = evidence.provenances.get(identityOf(verdict.pair));
  const base = provenance?.base?.kind === 'file' ? provenance.base.oid : undefined;
  return [{ path, entry, base, edge, executable: provenance?.executable }];
}
