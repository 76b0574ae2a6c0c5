// Lays out what a fix did, what it left alone, and the ways out of each refusal.

import type { Plan, Refusal, RefusalReason } from '../decide/plan.js';
import type { Component } from '../drift/component.js';
import type { Provenances } from '../drift/history.js';
import { type RepoPath, textOf } from '../git/path.js';
import { sayWays, type Way } from '../messages/cases.js';
import { sayCopied, sayDeleted, sayMerged, sayRefused } from '../messages/check.js';
import { identityOf } from '../pairs/identity.js';
import type { PairIndex } from '../pairs/types.js';
import { type Person, wordFor } from './person.js';
import { layOutPast } from './provenance.js';

/** What was done, or would be: one line each. */
export function layOutSteps({ steps }: Plan, dry: boolean): string[] {
  return steps.map(({ path, from, entry }) =>
    entry.kind === 'absent' ? sayDeleted(textOf(path), dry) : sayCopied(textOf(path), textOf(from), dry),
  );
}

/** A merge as one line: what went into which file. */
export function layOutMerge(root: RepoPath, merged: readonly RepoPath[], dry: boolean): string {
  return sayMerged(textOf(root), merged.map(textOf), dry);
}

/** Around the refusals of one component. */
export interface Around {
  readonly component: Component;
  readonly index: PairIndex;
  readonly provenances: Provenances;
  readonly kind: 'worktree' | 'staged';
  readonly person: Person;
}

/** Each refusal by name, with its history and the commands that say what a person may have meant. */
export function layOutRefusals({ refusals }: Plan, around: Around, withWays: boolean): string[] {
  const told = new Set<string>();
  return refusals.flatMap((refusal) => {
    const { path, from, reason } = refusal;
    const history = reason === 'no-source' ? [] : pastOf(refusal, around).map((line) => `  ${line}`);
    // A way out that names the whole group is told once.
    const ways = withWays ? sayWays(waysOut(refusal, around)).filter((line) => !told.has(line)) : [];
    for (const line of ways) told.add(line);
    return [sayRefused(textOf(path), reason, textOf(from)), ...history, ...ways];
  });
}

/** What stands in the way is not a matter of whose content it is; the refusal says what to do. */
const HAVE_NO_WAYS: ReadonlySet<RefusalReason> = new Set([
  'obstacle',
  'submodule',
  'outside',
  'unasked',
  'files-alone',
  'conflict',
]);

function pairBetween({ path, from }: Refusal, { component }: Around) {
  return component.judgements.find(({ pair }) => {
    return (pair.a === path && pair.b === from) || (pair.b === path && pair.a === from);
  })?.pair;
}

function pastOf(refusal: Refusal, around: Around): string[] {
  const pair = pairBetween(refusal, around);
  return pair ? layOutPast(pair, around.provenances.get(identityOf(pair))) : [];
}

function waysOut(refusal: Refusal, around: Around): readonly Way[] {
  const { path, from, reason } = refusal;
  const { component, index, kind, person } = around;
  const copySide = index.fixDirection === 'live_to_submodule' ? 'b' : 'a';
  const sourceSide = copySide === 'b' ? 'a' : 'b';
  const isCopy = component.judgements.some(({ pair }) => pair[copySide] === path);
  if (HAVE_NO_WAYS.has(reason) || !isCopy) return [];
  const [copy, source] = [wordFor(person)(path), wordFor(person)(from)];
  const command = (...words: string[]) =>
    [person.program, 'fix', ...(kind === 'staged' ? ['--staged'] : []), ...words].join(' ');
  if (reason === 'no-source') return [{ label: 'delete it too', command: command('--delete', source) }];
  if (reason === 'deleted') {
    return [
      { label: 'delete the other side', command: command('--delete', copy) },
      { label: 'bring it back', command: command('--from', sourceSide, source) },
    ];
  }
  const pair = pairBetween(refusal, around);
  const base = pair && around.provenances.get(identityOf(pair))?.base;
  return [
    { label: 'take it', command: command('--from', copySide, copy) },
    ...(base?.kind === 'file' ? [{ label: 'merge the two', command: command('--merge', copy) }] : []),
    { label: 'overwrite it', command: command('--force', copy) },
  ];
}
