// Formats the history of a pair.

import { type RepoPath, textOf } from '../git/path.js';
import type { Happening, Provenance } from '../history/types.js';
import type { Side } from '../manifest/types.js';
import { type CommitText, CUT, SHALLOW, sayBehind, sayBound, sayDiverged, sayUnknown } from '../messages/provenance.js';
import type { FilePair } from '../rules/types.js';

/** The history in sentences, one line each. */
export function formatProvenance(pair: FilePair, provenance: Provenance): string[] {
  const bound = provenance.bound === undefined ? [] : [sayBound(provenance.bound)];
  return [
    sentence(pair, provenance),
    ...bound,
    ...(provenance.cut ? [CUT] : []),
    ...(provenance.shallow ? [SHALLOW] : []),
  ];
}

/** Empty if everything is uncommitted: the finding says what is staged or edited. */
export function formatPast(pair: FilePair, provenance: Provenance | undefined): string[] {
  if (!provenance || provenance.since?.kind === 'uncommitted') return [];
  return formatProvenance(pair, provenance);
}

function sentence(pair: FilePair, provenance: Provenance): string {
  const name = (side: Side) => textOf((pair[side] ?? '') as RepoPath);
  switch (provenance.verdict) {
    case 'behind': {
      const { stale, basis, since } = provenance;
      return sayBehind(name(stale), name(stale === 'a' ? 'b' : 'a'), basis, commitOf(since));
    }
    case 'diverged': {
      const moves = (['a', 'b'] as const).flatMap((side) => {
        const what = provenance.moves[side];
        return what ? [{ path: name(side), commit: commitOf(what) }] : [];
      });
      return sayDiverged(moves, provenance.base?.oid, provenance.clean);
    }
    case 'unknown':
      return sayUnknown(isWhole(provenance));
  }
}

function commitOf(what: Happening | undefined): CommitText | undefined {
  return what?.kind === 'commit' ? what : undefined;
}

/** False if there is more history than was read. */
function isWhole({ bound, cut, shallow }: Provenance): boolean {
  return bound === undefined && !cut && !shallow;
}
