// Lays out what stops a push: the ref, the commit, the pairs, and the commands that put them right.

import type { CommitFinding, Judgement } from '../drift/types.js';
import type { Oid } from '../git/oid.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { FixDirection } from '../manifest/types.js';
import { sayWays, type Way } from '../messages/cases.js';
import {
  OLD_RULE,
  type PairText,
  PUSH_AGAIN,
  type PushBasis,
  sayMorePairs,
  sayPushBasis,
  sayPushedCommit,
  sayPushedPair,
  sayPushedTip,
  sayRewrite,
  shortOid,
  TIP_ALONE,
} from '../messages/push.js';
import { shellWord } from '../messages/show.js';
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
  readonly findings: readonly CommitFinding[];
  readonly fixDirection: FixDirection;
}

/** Who pushes, from where. */
export interface Pusher extends Person {
  /** The commit that is checked out; undefined where nobody knows. */
  readonly head: Oid | undefined;
}

const MOST_LISTED = 10;

/** Whole lines. */
export function layOutPushed(tip: PushedTip, pusher: Pusher): string[] {
  const { findings, basis } = tip;
  const names = tip.refs.map(({ remoteName }) => remoteName);
  const shown = findings.slice(0, MOST_LISTED);
  return [
    tip.each ? sayPushedCommit(names, tip.at) : sayPushedTip(names, tip.at),
    ...shown.flatMap((finding) => layOutFinding(finding, tip)),
    ...(findings.length > shown.length ? [sayMorePairs(findings.length - shown.length)] : []),
    ...layOutWays(shown, tip, pusher),
    ...(basis && !tip.each ? [sayPushBasis(basis)] : []),
  ];
}

function layOutFinding({ judgement, commit, onlyBefore }: CommitFinding, { fixDirection, each }: PushedTip): string[] {
  const { source, target } = endsOf(judgement, fixDirection);
  const text: PairText = {
    kind: kindOf(judgement, fixDirection),
    source: textOf(source ?? target),
    copy: textOf(target ?? source),
    commit: each ? undefined : commit,
  };
  return [sayPushedPair(text), ...(onlyBefore ? [OLD_RULE] : [])];
}

/** The two paths as a fix sees them; one of them is null where an alias has given the name away. */
function endsOf({ pair: { a, b } }: Judgement, direction: FixDirection) {
  const [source, target] = direction === 'live_to_submodule' ? [a, b] : [b, a];
  return { source: source as RepoPath, target: target as RepoPath };
}

function kindOf({ pair, status, reason }: Judgement, direction: FixDirection): PairText['kind'] {
  if (pair.a === null || pair.b === null) return 'name-taken';
  if (status !== 'DRIFT') {
    return (status === 'MISSING_B') === (direction === 'live_to_submodule') ? 'copy-missing' : 'source-missing';
  }
  return reason === 'mode' || reason === 'type' ? reason : 'differ';
}

function layOutWays(findings: readonly CommitFinding[], tip: PushedTip, pusher: Pusher): string[] {
  const fixable = findings.filter(
    ({ onlyBefore, judgement: { pair } }) => !onlyBefore && pair.a !== null && pair.b !== null,
  );
  if (fixable.length === 0) return [];
  const ways = waysOf(fixable, tip, pusher);
  if (!tip.each) return [...sayWays(ways), PUSH_AGAIN];
  return [`  ${sayRewrite(tip.at, tip.root)}`, ...sayWays(ways), `  ${TIP_ALONE}`];
}

/** One command for all pairs that a copy puts right, then what is left, pair by pair. */
function waysOf(findings: readonly CommitFinding[], tip: PushedTip, pusher: Pusher): readonly Way[] {
  const word = wordFor(pusher);
  const fix: Fix = (...words) => {
    return `${placeFor(tip, pusher)}${pusher.program} fix --staged ${words.join(' ')}${endFor(tip)}`;
  };
  const copied = findings.filter((finding) => isCopiedForward(finding, tip.fixDirection));
  const sources = new Set(copied.map(({ judgement }) => word(endsOf(judgement, tip.fixDirection).source)));
  const ways: Way[] = sources.size > 0 ? [{ label: 'copy it over', command: fix(...sources) }] : [];
  return [...ways, ...findings.flatMap((finding) => waysFor(finding, fix, tip, pusher))];
}

type Fix = (...words: readonly string[]) => string;

function waysFor({ judgement, changed }: CommitFinding, fix: Fix, tip: PushedTip, pusher: Pusher): readonly Way[] {
  const word = wordFor(pusher);
  const { source, target } = endsOf(judgement, tip.fixDirection);
  const side = tip.fixDirection === 'live_to_submodule' ? 'b' : 'a';
  const [sourceChanged, targetChanged] = side === 'b' ? [changed.a, changed.b] : [changed.b, changed.a];
  const take = fix('--from', side, word(target));
  switch (kindOf(judgement, tip.fixDirection)) {
    case 'copy-missing':
      return targetChanged ? [removal(source, tip, pusher)] : [];
    case 'source-missing':
      return [...(sourceChanged ? [removal(target, tip, pusher)] : []), { label: 'bring it back', command: take }];
    case 'differ':
    case 'mode':
    case 'type':
      if (!targetChanged) return [];
      return [
        // Each has an edit of its own, which a copy of the other would destroy.
        ...(sourceChanged ? [{ label: 'merge the two', command: fix('--merge', word(source)) }] : []),
        { label: 'take the other side', command: take },
      ];
    case 'name-taken':
      return [];
  }
}

/** False where the copy has an edit, or there is nothing to copy from. */
function isCopiedForward({ judgement, changed }: CommitFinding, direction: FixDirection): boolean {
  const kind = kindOf(judgement, direction);
  const target = direction === 'live_to_submodule' ? changed.b : changed.a;
  return kind === 'copy-missing' || (kind !== 'source-missing' && !target);
}

function removal(path: RepoPath, tip: PushedTip, pusher: Pusher): Way {
  const command = `${placeFor(tip, pusher)}git rm -q -- ${wordFor(pusher)(path)}${endFor(tip)}`;
  return { label: 'take it out too', command };
}

/** The step to where the commit is checked out. Where each commit counts, the rewriting leads there. */
function placeFor({ tip, refs, each }: PushedTip, { head }: Pusher): string {
  if (each || head === undefined || head === tip) return '';
  const branch = refs.map(({ localName }) => localName).find((name) => name.startsWith('refs/heads/'));
  const place = branch === undefined ? `--detach ${shortOid(tip)}` : shellWord(branch.slice('refs/heads/'.length));
  return `git switch ${place} && `;
}

function endFor({ each }: PushedTip): string {
  return each ? ' && git commit --amend && git rebase --continue' : ' && git commit';
}
