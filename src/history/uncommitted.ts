// The uncommitted step of the walk: from the index or the working tree back to the last commit.

import type { Entry } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import { type Oid, zeroOid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import { parseRawDiff, type RawChange } from '../git/records.js';
import { readRenames } from '../git/renames.js';
import type { Repository } from '../git/repository.js';
import { readGit } from '../git/run.js';
import { isOutside } from '../manifest/outside.js';
import { entryAt, entryOf } from '../snapshot/entry.js';
import type { Snapshot } from '../snapshot/types.js';
import { noteAgreed } from './agreed.js';
import { asCompared } from './compared.js';
import { contentOf, type PairHistory, type SideHistory } from './pair-history.js';
import { RenameSources } from './rename-sources.js';
import type { Happening } from './types.js';
import { landingOf } from './walk.js';

interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

/** An uncommitted state. */
export interface Uncommitted {
  /** The files of the commit below it. */
  readonly before: Snapshot;
  readonly state: 'index' | 'worktree';
}

/** The old name of an uncommitted file; undefined if the file is new. */
type AskSource = (side: SideHistory, root: RepoPath) => Promise<RawChange | undefined>;

/** Asks git at most once, and only if a file was added. */
function uncommittedSources({ repository: { git, format } }: Place, tip: Oid, state: Uncommitted['state']): AskSource {
  const operands = [...(state === 'index' ? ['--cached'] : []), '--ignore-submodules=none', tip];
  const nothing = { mode: '000000', oid: zeroOid(format) };
  let sources: Promise<RenameSources> | undefined;
  const read = async (): Promise<RenameSources> => {
    const changes = await readGit(git, ['diff-index', '--raw', '-z', '--no-abbrev', '--no-renames', ...operands, '--']);
    return new RenameSources(parseRawDiff(changes), (root) => readRenames(git, ['diff-index', ...operands], root));
  };
  return async ({ path, raw }, root) => {
    if (raw.kind !== 'file' && raw.kind !== 'link') return undefined;
    sources ??= read();
    const after = { mode: raw.kind === 'link' ? '120000' : '100644', oid: raw.oid };
    return (await sources).source({ path, before: nothing, after, status: 'A' }, root);
  };
}

/** Steps back from the index or the working tree to the commit `tip`. */
export async function goBackToCommit(
  place: Place,
  tip: Oid | undefined,
  { before, state }: Uncommitted,
  pairs: readonly PairHistory[],
): Promise<void> {
  const ask = tip === undefined ? undefined : uncommittedSources(place, tip, state);
  for (const pair of pairs) await goBack(place, pair, before, ask);
}

async function goBack(place: Place, pair: PairHistory, committed: Snapshot, ask: AskSource | undefined): Promise<void> {
  const what: Happening = { kind: 'uncommitted' };
  const { rootA, rootB } = pair.verdict.pair;
  for (const [side, root] of [[pair.a, rootA] as const, [pair.b, rootB] as const]) {
    if (isOutside(side.path)) continue;
    const node = entryAt(await committed.readEntry(side.path));
    if (isSame(await asCompared(place.objects, pair, side, node), side.now)) continue;
    const source = node.kind === 'absent' ? await ask?.(side, root) : undefined;
    const [path, raw] = source ? [source.path, entryOf(source.before)] : [side.path, node];
    const entry = await asCompared(place.objects, pair, side, raw);
    const landing =
      entry.kind === 'link'
        ? landingOf(path, (await committed.readLink(path, entry.oid)).toString('latin1'))
        : undefined;
    side.goBack({ entry, landing }, path, what, 0);
  }
  pair.look(what);
  await noteAgreed(place.objects, pair);
}

function isSame(one: Entry, other: Entry): boolean {
  return contentOf(one) === contentOf(other) && modeOfFile(one) === modeOfFile(other);
}

function modeOfFile(entry: Entry): boolean {
  return entry.kind === 'file' && entry.executable;
}
