// Formats the history of a pair.

import { type RepoPath, textOf } from '../git/path.js';
import type { Happening, Provenance } from '../history/types.js';
import type { Side } from '../manifest/types.js';
import { sayMoreFindings } from '../messages/findings.js';
import { type CommitText, CUT, SHALLOW, sayBehind, sayBound, sayDiverged, sayUnknown } from '../messages/provenance.js';
import type { FilePair } from '../rules/types.js';

/** The history in sentences, one line each. */
export function formatProvenance(pair: FilePair, provenance: Provenance): string[] {
  return [sentence(pair, provenance), ...notesOn(provenance)];
}

/**
 * The history of several pairs: one sentence each, at most `most`, then what limits them. An
 * uncommitted change has none: the finding says what is staged or edited.
 */
export function formatPasts(pasts: readonly (readonly [FilePair, Provenance | undefined])[], most: number): string[] {
  const known = pasts.flatMap(([pair, past]) =>
    past && past.since?.kind !== 'uncommitted' ? [[pair, past] as const] : [],
  );
  const sentences = [...new Set(known.map(([pair, past]) => sentence(pair, past)))];
  const rest = sentences.length - most;
  const notes = new Set(known.flatMap(([, past]) => notesOn(past)));
  return [...sentences.slice(0, most), ...(rest > 0 ? [sayMoreFindings(rest)] : []), ...notes];
}

/** Why the history may not say all. */
function notesOn({ bound, cut, shallow }: Provenance): string[] {
  return [...(bound === undefined ? [] : [sayBound(bound)]), ...(cut ? [CUT] : []), ...(shallow ? [SHALLOW] : [])];
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
      return sayDiverged(moves, blobOfBase(pair, provenance), provenance.clean);
    }
    case 'unknown':
      return sayUnknown(isWhole(provenance));
  }
}

/** The blob that both sides had; of a pair with a rule, the one that was compared. */
function blobOfBase({ equality }: FilePair, { base }: Provenance): string | undefined {
  if (!base || equality.kind === 'identical') return base?.oid;
  return equality.origins.get(base.oid)?.oid ?? base.oid;
}

function commitOf(what: Happening | undefined): CommitText | undefined {
  return what?.kind === 'commit' ? what : undefined;
}

/** False if there is more history than was read. */
function isWhole({ bound, cut, shallow }: Provenance): boolean {
  return bound === undefined && !cut && !shallow;
}
