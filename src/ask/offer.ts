// The offer at the terminal: shows each finding, asks, and collects the steps. Nothing is written
// before the last answer.

import { formatFinding, separate } from '../format/findings.js';
import { textOfWay } from '../format/ways.js';
import { textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import type { Verdict } from '../judge/types.js';
import { ASK_REASON } from '../messages/accept.js';
import { sayChoice, sayEvery, sayNumbered, sayQuestion } from '../messages/offer.js';
import { canBeAccepted } from '../resolve/accept.js';
import { type Finding, fixOf, isFixable } from '../resolve/findings.js';
import type { Findings } from '../resolve/read-findings.js';
import type { Step } from '../resolve/types.js';
import { leavesMarkers, type Way } from '../resolve/ways.js';
import { endsOf } from '../rules/ends.js';
import { readDiffstats } from './diffstat.js';
import type { Choice } from './letters.js';
import { storeMeant } from './meant.js';
import { withTerminal } from './terminal.js';

type OfferAnswer =
  | { readonly kind: 'way'; readonly way: Way }
  | { readonly kind: 'all' }
  | { readonly kind: 'diff' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'abort' };

type Final =
  | Exclude<OfferAnswer, { kind: 'diff' | 'accept' }>
  | { readonly kind: 'accepted'; readonly verdicts: readonly Verdict[]; readonly reason: string };

/** A difference that the user keeps, and why. */
interface Kept {
  readonly verdicts: readonly Verdict[];
  readonly reason: string;
}

export interface Decision {
  readonly steps: readonly Step[];
  readonly kept: readonly Kept[];
  /** The findings whose merge leaves conflict markers. */
  readonly marks: readonly Finding[];
}

/**
 * The user's choices for all findings; undefined if they aborted. `accepts`: whether an exception
 * can be written.
 */
export async function decide(
  place: Workplace,
  { findings, carrying }: Findings,
  say: (lines: readonly string[]) => void,
  accepts: boolean,
): Promise<Decision | undefined> {
  const steps: Step[] = [];
  const kept: Kept[] = [];
  const marks: Finding[] = [];
  const stats = await readDiffstats(place, findings, carrying);
  const blocks = findings.map((each, at) => {
    return sayNumbered([...formatFinding(each), ...(stats[at] ?? [])], at + 1, findings.length);
  });
  say(separate(blocks));
  for (const [at, each] of findings.entries()) {
    const answer = await ask(place, { findings, carrying }, at, accepts);
    switch (answer.kind) {
      case 'way':
        if (leavesMarkers(answer.way)) marks.push(each);
        else steps.push(...answer.way.plan.steps);
        break;
      case 'accepted':
        kept.push(answer);
        break;
      case 'all':
        return { steps: [...steps, ...findings.slice(at).flatMap((rest) => fixOf(rest).steps)], kept, marks };
      case 'abort':
        return undefined;
    }
  }
  return { steps, kept, marks };
}

const ABORT: OfferAnswer = { kind: 'abort' };

async function ask(
  place: Workplace,
  { findings, carrying }: Pick<Findings, 'findings' | 'carrying'>,
  at: number,
  accepts: boolean,
): Promise<Final> {
  // Loaded lazily: a commit in sync does not need the prompts library.
  const { askAt, askTextAt } = await import('./prompt.js');
  const each = findings[at] as Finding;
  const choices = choicesOf(each, findings.slice(at), accepts);
  const question = sayQuestion(at + 1, findings.length, textOf(each.source));
  for (;;) {
    const answer = (await withTerminal((terminal) => askAt(terminal, question, choices, ABORT))) ?? ABORT;
    if (answer.kind === 'diff') await showFinding(place, carrying, each);
    else if (answer.kind === 'accept') {
      const reason = await withTerminal((terminal) => askTextAt(terminal, ASK_REASON));
      if (reason !== undefined) return { kind: 'accepted', verdicts: each.verdicts, reason };
    } else return answer;
  }
}

function choicesOf(each: Finding, open: readonly Finding[], accepts: boolean): readonly Choice<OfferAnswer>[] {
  const diff: Choice<OfferAnswer> = { value: { kind: 'diff' }, name: sayChoice('diff') };
  const choices: Choice<OfferAnswer>[] = each.ways.flatMap((way): Choice<OfferAnswer>[] => {
    if (way.kind === 'diff') return [diff];
    if (way.plan.steps.length === 0) return [];
    const word = way.kind === 'use' ? (way.plan.steps[0]?.from === each.source ? 'use source' : 'use copy') : way.kind;
    const also = way.kind === 'fix' ? ['yes'] : [];
    return [{ value: { kind: 'way', way }, name: sayChoice(word, textOfWay(each, way)), also }];
  });
  if (isFixable(each) && open.length > 1 && open.every(isFixable)) {
    const files = new Set(open.flatMap((one) => fixOf(one).steps.map(({ path }) => path)));
    choices.splice(1, 0, { value: { kind: 'all' }, name: sayEvery(open.length, files.size) });
  }
  if (diffable(each.verdicts) && !choices.some(({ value }) => value.kind === 'diff')) choices.push(diff);
  if (accepts && each.verdicts.every(canBeAccepted)) {
    choices.push({ value: { kind: 'accept' }, name: sayChoice('accept') });
  }
  choices.push({ value: ABORT, name: sayChoice('quit'), also: ['abort'], leaves: true });
  return choices;
}

function diffable(verdicts: readonly Verdict[]): Verdict | undefined {
  return verdicts.find(({ a, b }) => a.kind === b.kind && a.kind === 'file');
}

/** What the fix would change in the copy. */
async function showFinding(place: Workplace, carrying: Findings['carrying'], each: Finding): Promise<void> {
  const verdict = diffable(each.verdicts);
  if (!verdict) return;
  const { copy, source } = endsOf(verdict.pair);
  if (copy === null || source === null) return;
  const { showDiff } = await import('../git/show-diff.js');
  const [oldContent, newContent] = [verdict[verdict.pair.rule.copy], storeMeant(place, carrying, verdict)];
  if (!('oid' in oldContent) || !('oid' in newContent)) return;
  const before = { path: copy, oid: oldContent.oid, label: 'copy' } as const;
  const isMade = newContent !== verdict[verdict.pair.rule.source];
  const after = { path: source, oid: newContent.oid, label: 'source', isMade } as const;
  await withTerminal(({ output }) => showDiff(place.repository.git, before, after, output));
}
