// Lays out what stops a push: the ref, the commit, the pairs, and the commands that put them right.

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

/** A commit that must not leave, and the refs that would take it along. */
export interface PushedTip {
  readonly tip: Oid;
  /** What each ref is called here and there. */
  readonly refs: readonly { readonly localName: string; readonly remoteName: string }[];
  /** Absent at the receiving end, where there is one way to judge. */
  readonly basis?: PushBasis;
  /** The commit that was judged: the tip, or one before it where each commit counts. */
  readonly at: Oid;
  readonly each: boolean;
  /** The judged commit has no parent. */
  readonly root: boolean;
  readonly drifts: readonly CommitDrift[];
  /** What history tells about the findings; absent at the receiving end. */
  readonly provenances?: Provenances;
}

/** Who pushes, from where. */
export interface Pusher extends Person {
  /** The commit that is checked out; undefined where nobody knows. */
  readonly head: Oid | undefined;
}

const MOST_LISTED = 10;

/** Whole lines. */
export function formatPushed(tip: PushedTip, pusher: Pusher): string[] {
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
  const { source, target } = pathsIn(verdict);
  const text: PushedPair = {
    kind: kindOf(verdict),
    source: textOf(source ?? target),
    copy: textOf(target ?? source),
    commit: each ? undefined : commit,
  };
  return [sayPushedPair(text), ...(onlyBefore ? [OLD_RULE] : [])];
}

/** The two paths as a fix sees them; one of them is null where an alias has taken the name. */
function pathsIn({ pair }: Verdict): { source: RepoPath; target: RepoPath } {
  const { source, copy } = endsOf(pair);
  return { source: source as RepoPath, target: copy as RepoPath };
}

function kindOf({ pair, status, reason }: Verdict): PushedPair['kind'] {
  if (pair.a === null || pair.b === null) return 'name-taken';
  if (status !== 'DRIFT') {
    return (status === 'MISSING_B') === (pair.rule.copy === 'b') ? 'copy-missing' : 'source-missing';
  }
  return reason === 'mode' || reason === 'type' ? reason : 'differ';
}

function formatWays(drifts: readonly CommitDrift[], tip: PushedTip, pusher: Pusher): string[] {
  const fixable = drifts.filter(
    ({ onlyBefore, verdict: { pair } }) => !onlyBefore && pair.a !== null && pair.b !== null,
  );
  if (fixable.length === 0) return [];
  const ways = waysOf(fixable, tip, pusher);
  if (!tip.each) return [...sayCommands(ways), PUSH_AGAIN];
  return [`  ${sayRewrite(tip.at, tip.root)}`, ...sayCommands(ways), `  ${TIP_ALONE}`];
}

/** One command for all pairs that a copy puts right, then what is left, pair by pair. */
function waysOf(drifts: readonly CommitDrift[], tip: PushedTip, pusher: Pusher): readonly Command[] {
  const word = wordFor(pusher);
  const fix: Fix = (...words) => {
    return `${placeFor(tip, pusher)}${pusher.program} fix --staged ${words.join(' ')}${endFor(tip)}`;
  };
  const copied = drifts.filter((drift) => isCopiedForward(drift, tip));
  const sources = new Set(copied.map(({ verdict }) => word(pathsIn(verdict).source)));
  const ways: Command[] = sources.size > 0 ? [{ what: COPY_FORWARD, command: fix(...sources) }] : [];
  return [...ways, ...drifts.flatMap((drift) => waysFor(drift, fix, tip, pusher))];
}

function sayUse(from: string, to: string): string {
  return sayWay({ kind: 'use', from, to: [to], discards: [], conflicts: false });
}

type Fix = (...words: readonly string[]) => string;

function waysFor({ verdict, changed }: CommitDrift, fix: Fix, tip: PushedTip, pusher: Pusher): readonly Command[] {
  const word = wordFor(pusher);
  const { source, target } = pathsIn(verdict);
  const side = verdict.pair.rule.copy;
  const [sourceChanged, targetChanged] = [changed[opposite(side)], changed[side]];
  const use = fix('--from', side, word(target));
  switch (kindOf(verdict)) {
    case 'copy-missing':
      if (!targetChanged) return [];
      // A plain fix brings nothing back that was deleted.
      return [
        { what: sayBack(textOf(target)), command: fix('--from', opposite(side), word(source)) },
        removal(source, tip, pusher),
      ];
    case 'source-missing':
      return [
        ...(sourceChanged ? [removal(target, tip, pusher)] : []),
        { what: sayBack(textOf(source)), command: use },
      ];
    case 'differ':
    case 'mode':
    case 'type':
      if (isCopiedForward({ verdict, changed }, tip)) return [];
      // Where each has a change, a copy of the other would lose it.
      return sourceChanged || !isBehind(verdict, tip, opposite(side))
        ? [{ what: MERGE, command: fix('--merge', word(target)) }]
        : [{ what: sayUse(textOf(target), textOf(source)), command: use }];
    case 'name-taken':
      return [];
  }
}

/** False where the copy has changes, or was deleted, or there is nothing to copy from. */
function isCopiedForward({ verdict, changed }: CommitDrift, tip: PushedTip): boolean {
  const kind = kindOf(verdict);
  const side = verdict.pair.rule.copy;
  if (kind === 'source-missing' || changed[side]) return false;
  return kind === 'copy-missing' || isBehind(verdict, tip, side);
}

/** True where replacing that side loses nothing, as far as history is known. */
function isBehind({ pair }: Verdict, { provenances }: PushedTip, side: Side): boolean {
  return provenances === undefined || isSafeToReplace(provenances.get(identityOf(pair)), side);
}

function removal(path: RepoPath, tip: PushedTip, pusher: Pusher): Command {
  const command = `${placeFor(tip, pusher)}git rm -q -- ${wordFor(pusher)(path)}${endFor(tip)}`;
  return { what: sayRemoval(textOf(path)), command };
}

/** The step to where the commit is checked out. Where each commit counts, the rewriting leads
 * there. */
function placeFor({ tip, refs, each }: PushedTip, { head }: Pusher): string {
  if (each || head === undefined || head === tip) return '';
  const branch = refs.map(({ localName }) => localName).find((name) => name.startsWith('refs/heads/'));
  const place = branch === undefined ? `--detach ${shortOid(tip)}` : shellWord(branch.slice('refs/heads/'.length));
  return `git switch ${place} && `;
}

function endFor({ each }: PushedTip): string {
  return each ? ' && git commit --amend && git rebase --continue' : ' && git commit';
}
