// Formats what stops a push: the ref, the commit, the pairs, and the commands that resolve them.

import type { Oid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import { isSafeToReplace, type Provenances } from '../history/types.js';
import type { CommitDrift, Verdict } from '../judge/types.js';
import { opposite } from '../manifest/direction.js';
import type { Side } from '../manifest/types.js';
import {
  COPY_FORWARD,
  MERGE,
  OLD_RULE,
  PUSH_AGAIN,
  type PushBasis,
  type PushedPair,
  sayBack,
  sayMorePairs,
  sayOtherTip,
  sayPushBasis,
  sayPushedCommit,
  sayPushedPair,
  sayPushedTip,
  sayRemoval,
  sayRewrite,
  shortOid,
  TIP_ALONE,
} from '../messages/push.js';
import { shellWord } from '../messages/show.js';
import { type Command, sayCommands, sayWay } from '../messages/ways.js';
import { endsOf } from '../rules/ends.js';
import { identityOf } from '../rules/identity.js';
import { type Person, wordFor } from './person.js';

/** A blocked commit, and the refs that would push it. */
export interface PushedTip {
  readonly tip: Oid;
  readonly refs: readonly { readonly localName: string; readonly remoteName: string }[];
  /** Absent in pre-receive, which has only one way to judge. */
  readonly basis?: PushBasis;
  /** The judged commit: the tip, or an earlier one if each commit counts. */
  readonly at: Oid;
  readonly each: boolean;
  /** The judged commit has no parent. */
  readonly root: boolean;
  readonly drifts: readonly CommitDrift[];
  /** The history of the findings; absent in pre-receive. */
  readonly provenances?: Provenances;
}

/** The pushing user and their directory. */
export interface Pusher extends Person {
  /** The checked-out commit; undefined if unknown. */
  readonly head: Oid | undefined;
}

const MOST_LISTED = 10;

/** The first tips are described in full, the others in a line each. */
export const MOST_TIPS = 10;

/** Complete lines. */
export function formatTips(tips: readonly PushedTip[], pusher: Pusher): string[] {
  const others = tips.slice(MOST_TIPS).map(({ refs, at, drifts }) => {
    return sayOtherTip(
      refs.map(({ remoteName }) => remoteName),
      at,
      drifts.length,
    );
  });
  return [...tips.slice(0, MOST_TIPS).flatMap((tip) => formatPushed(tip, pusher)), ...others];
}

function formatPushed(tip: PushedTip, pusher: Pusher): string[] {
  const { drifts, basis } = tip;
  const names = tip.refs.map(({ remoteName }) => remoteName);
  const shown = drifts.slice(0, MOST_LISTED);
  return [
    tip.each ? sayPushedCommit(names, tip.at) : sayPushedTip(names, tip.at),
    ...shown.flatMap((drift) => formatDrift(drift, tip)),
    ...(drifts.length > shown.length ? [sayMorePairs(drifts.length - shown.length)] : []),
    ...formatWays(shown, tip, pusher),
    ...(basis && !tip.each ? [sayPushBasis(basis)] : []),
  ];
}

function formatDrift({ verdict, commit, onlyBefore }: CommitDrift, { each }: PushedTip): string[] {
  const { source, copy } = endsOf(verdict.pair);
  const text: PushedPair = {
    kind: kindOf(verdict),
    reason: verdict.reason,
    source: textOf(source === null ? copy : source),
    copy: textOf(source === null ? copy : (copy ?? source)),
    commit: each ? undefined : commit,
  };
  return [sayPushedPair(text), ...(onlyBefore ? [OLD_RULE] : [])];
}

/** A pair that commands can fix: no alias uses a name of it. */
interface FixableDrift extends CommitDrift {
  readonly source: RepoPath;
  readonly copy: RepoPath;
}

function fixableOf(drift: CommitDrift): readonly FixableDrift[] {
  const { source, copy } = endsOf(drift.verdict.pair);
  return drift.onlyBefore || source === null || copy === null ? [] : [{ ...drift, source, copy }];
}

function kindOf({ pair, status }: Verdict): PushedPair['kind'] {
  // safeguard name-taken: a name that an alias uses gets no command (unit/format/push)
  if (pair.a === null || pair.b === null) return 'name-taken';
  if (status !== 'DRIFT') {
    return (status === 'MISSING_B') === (pair.rule.copy === 'b') ? 'copy-missing' : 'source-missing';
  }
  return 'differ';
}

function formatWays(drifts: readonly CommitDrift[], tip: PushedTip, pusher: Pusher): string[] {
  const fixable = drifts.flatMap(fixableOf);
  if (fixable.length === 0) return [];
  const ways = waysOf(fixable, tip, pusher);
  if (!tip.each) return [...sayCommands(ways), PUSH_AGAIN];
  return [`  ${sayRewrite(tip.at, tip.root)}`, ...sayCommands(ways), `  ${TIP_ALONE}`];
}

/** One command for all pairs that a copy resolves, then the others pair by pair. */
function waysOf(drifts: readonly FixableDrift[], tip: PushedTip, pusher: Pusher): readonly Command[] {
  const word = wordFor(pusher);
  const fix: Fix = (...words) => {
    return `${placeFor(tip, pusher)}${pusher.program} fix --staged ${words.join(' ')}${endFor(tip)}`;
  };
  const copied = drifts.filter((drift) => isCopiedForward(drift, tip));
  const sources = new Set(copied.map(({ source }) => word(source)));
  const ways: Command[] = sources.size > 0 ? [{ what: COPY_FORWARD, command: fix(...sources) }] : [];
  return [...ways, ...drifts.flatMap((drift) => waysFor(drift, fix, tip, pusher))];
}

function sayUse(from: string, to: string): string {
  return sayWay({ kind: 'use', from, to: [to], discards: [], conflicts: false });
}

type Fix = (...words: readonly string[]) => string;

function waysFor(drift: FixableDrift, fix: Fix, tip: PushedTip, pusher: Pusher): readonly Command[] {
  const { verdict, changed, source, copy } = drift;
  const word = wordFor(pusher);
  const side = verdict.pair.rule.copy;
  const [sourceChanged, copyChanged] = [changed[opposite(side)], changed[side]];
  const use = fix('--from', side, word(copy));
  switch (kindOf(verdict)) {
    case 'copy-missing':
      if (!copyChanged) return [];
      // A plain fix does not restore deleted files.
      return [
        { what: sayBack(textOf(copy)), command: fix('--from', opposite(side), word(source)) },
        removal(source, tip, pusher),
      ];
    case 'source-missing':
      return [...(sourceChanged ? [removal(copy, tip, pusher)] : []), { what: sayBack(textOf(source)), command: use }];
    case 'differ':
      if (isCopiedForward(drift, tip)) return [];
      // If both have a change, a copy of the other would lose it.
      return sourceChanged || !isBehind(verdict, tip, opposite(side))
        ? [{ what: MERGE, command: fix('--merge', word(copy)) }]
        : [{ what: sayUse(textOf(copy), textOf(source)), command: use }];
    case 'name-taken':
      return [];
  }
}

/** False if the copy has changes or was deleted, or if there is no source. */
function isCopiedForward({ verdict, changed }: CommitDrift, tip: PushedTip): boolean {
  const kind = kindOf(verdict);
  const side = verdict.pair.rule.copy;
  if (kind === 'source-missing' || changed[side]) return false;
  return kind === 'copy-missing' || isBehind(verdict, tip, side);
}

/** True if replacing that side loses nothing, as far as history is known. */
function isBehind({ pair }: Verdict, { provenances }: PushedTip, side: Side): boolean {
  return provenances === undefined || isSafeToReplace(provenances.get(identityOf(pair)), side);
}

function removal(path: RepoPath, tip: PushedTip, pusher: Pusher): Command {
  const command = `${placeFor(tip, pusher)}git rm -q -- ${wordFor(pusher)(path)}${endFor(tip)}`;
  return { what: sayRemoval(textOf(path)), command };
}

/** The step that checks the commit out. If each commit counts, the rebase does that. */
function placeFor({ tip, refs, each }: PushedTip, { head }: Pusher): string {
  if (each || head === undefined || head === tip) return '';
  const branch = refs.map(({ localName }) => localName).find((name) => name.startsWith('refs/heads/'));
  const place = branch === undefined ? `--detach ${shortOid(tip)}` : shellWord(branch.slice('refs/heads/'.length));
  return `git switch ${place} && `;
}

function endFor({ each }: PushedTip): string {
  return each ? ' && git commit --amend && git rebase --continue' : ' && git commit';
}
