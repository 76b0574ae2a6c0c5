// The offer at the terminal: shows each case, asks, and gathers the steps; nothing is written before the last answer.

import { canBeAccepted } from './accept.js';
import type { Case } from './decide/cases.js';
import type { Step } from './decide/plan.js';
import type { Choice } from './decide/prompt.js';
import { withTerminal } from './decide/terminal.js';
import type { Judgement } from './drift/types.js';
import type { Workplace } from './fix/apply.js';
import { textOf } from './git/path.js';
import { ASK_REASON } from './messages/accept.js';
import { QUESTION, sayChoice } from './messages/offer.js';
import type { Cases } from './read-cases.js';
import { layOutCase } from './report/cases.js';

type Answer =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'diff' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'abort' };

type Final =
  | Exclude<Answer, { kind: 'diff' | 'accept' }>
  | { readonly kind: 'accepted'; readonly findings: readonly Judgement[]; readonly reason: string };

/** A difference that a person wants to keep, and why. */
interface Kept {
  readonly findings: readonly Judgement[];
  readonly reason: string;
}

export interface Decision {
  readonly steps: readonly Step[];
  readonly kept: readonly Kept[];
}

/** What a person chose for all cases; undefined if they gave up. `accepts`: whether an exception can be written. */
export async function decide(
  place: Workplace,
  { cases }: Cases,
  say: (lines: readonly string[]) => void,
  accepts: boolean,
): Promise<Decision | undefined> {
  const steps: Step[] = [];
  const kept: Kept[] = [];
  for (const [at, each] of cases.entries()) {
    say(layOutCase(each));
    const answer = await ask(place, each, cases.slice(at), accepts);
    switch (answer.kind) {
      case 'steps':
        steps.push(...answer.steps);
        break;
      case 'accepted':
        kept.push(answer);
        break;
      case 'all':
        return { steps: [...steps, ...cases.slice(at).flatMap((rest) => rest.fix?.steps ?? [])], kept };
      case 'abort':
        return undefined;
    }
  }
  return { steps, kept };
}

const ABORT: Answer = { kind: 'abort' };

async function ask(place: Workplace, each: Case, open: readonly Case[], accepts: boolean): Promise<Final> {
  // Loaded only here: no commit that is in sync pays for the prompts library.
  const { askAt, askTextAt } = await import('./decide/prompt.js');
  const choices = choicesOf(each, open, accepts);
  for (;;) {
    const answer = (await withTerminal((terminal) => askAt(terminal, QUESTION, choices, ABORT))) ?? ABORT;
    if (answer.kind === 'diff') await showCase(place, each);
    else if (answer.kind === 'accept') {
      const reason = await withTerminal((terminal) => askTextAt(terminal, ASK_REASON));
      if (reason !== undefined) return { kind: 'accepted', findings: each.findings, reason };
    } else return answer;
  }
}

function choicesOf(each: Case, open: readonly Case[], accepts: boolean): readonly Choice<Answer>[] {
  const choices: Choice<Answer>[] = [];
  const offer = (word: Parameters<typeof sayChoice>[0], steps: readonly Step[], path?: string) =>
    choices.push({ value: { kind: 'steps', steps }, name: sayChoice(word, steps.length, path) });
  if (each.fix) offer(each.kind === 'renamed' ? 'rename' : 'fix', each.fix.steps);
  if (each.fix && open.length > 1 && open.every(({ fix }) => fix)) {
    choices.push({ value: { kind: 'all' }, name: sayChoice('every', open.length) });
  }
  if (diffable(each.findings)) choices.push({ value: { kind: 'diff' }, name: sayChoice('diff', 0) });
  for (const { path, plan } of each.takes) offer('take', plan.steps, textOf(path));
  if (each.merge) offer('merge', each.merge.steps);
  if (each.deletion) offer('delete', each.deletion.steps);
  if (each.restoration) offer('restore', each.restoration.steps);
  choices.push({ value: ABORT, name: sayChoice('abort', 0) });
  // After abort, so that "a" never means anything else.
  if (accepts && each.findings.every(canBeAccepted)) {
    choices.push({ value: { kind: 'accept' }, name: sayChoice('accept', 0) });
  }
  return choices;
}

function diffable(findings: readonly Judgement[]): Judgement | undefined {
  return findings.find(({ a, b }) => a.kind === b.kind && a.kind === 'file');
}

async function showCase(place: Workplace, each: Case): Promise<void> {
  const finding = diffable(each.findings);
  if (!finding || finding.a.kind === 'absent' || finding.b.kind === 'absent') return;
  const { pair, a, b } = finding;
  if (pair.a === null || pair.b === null) return;
  const { showDiff } = await import('./git/show-diff.js');
  const { git } = place.repository;
  const [one, other] = [
    { path: pair.a, oid: a.oid },
    { path: pair.b, oid: b.oid },
  ];
  await withTerminal(({ output }) => showDiff(git, one, other, output));
}
