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

/** One command where every pair is put right the same way, else one for each. */
function waysOf(findings: readonly CommitFinding[], tip: PushedTip, pusher: Pusher): readonly Way[] {
  const word = wordFor(pusher);
  const fix = (...words: string[]) =>
    `${placeFor(tip, pusher)}${pusher.program} fix --staged ${words.join(' ')}${endFor(tip)}`;
  const copied = findings.filter((finding) => copiesForward(finding, tip.fixDirection));
  const sources = new Set(copied.map(({ judgement }) => word(endsOf(judgement, tip.fixDirection).source)));
  const ways: Way[] = sources.size > 0 ? [{ label: 'copy it over', command: fix(...sources) }] : [];
  for (const { judgement, changed } of findings) {
    const { source, target } = endsOf(judgement, tip.fixDirection);
    const side = tip.fixDirection === 'live_to_submodule' ? 'b' : 'a';
    const [sourceChanged, targetChanged] = side === 'b' ? [changed.a, changed.b] : [changed.b, changed.a];
    const kind = kindOf(judgement, tip.fixDirection);
    if (kind === 'copy-missing' && targetChanged) ways.push(removal(source, tip, pusher));
    if (kind === 'source-missing' && sourceChanged) ways.push(removal(target, tip, pusher));
    if (kind !== 'copy-missing' && targetChanged) {
      ways.push({ label: 'take the other side', command: fix('--from', side, word(target)) });
    } else if (kind === 'source-missing')
      ways.push({ label: 'bring it back', command: fix('--from', side, word(target)) });
  }
  return ways;
}

/** False where only the copy was edited, or there is nothing to copy from. */
function copiesForward({ judgement, changed }: CommitFinding, direction: FixDirection): boolean {
  const kind = kindOf(judgement, direction);
  const [source, target] = direction === 'live_to_submodule' ? [changed.a, changed.b] : [changed.b, changed.a];
  return kind !== 'source-missing' && (source || !target || kind === 'copy-missing');
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
