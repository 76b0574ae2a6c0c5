// Records how often pairs that are meant to differ ask, and writes the figures into
// docs/differences.md.

import { formatTable, put, type Run, record } from './figures.js';

/** Blocked states: with reason, without, and those that should have been blocked. */
export interface AskedCounts {
  readonly rightly: number;
  readonly needlessly: number;
  readonly missed: number;
}

export interface Counted {
  readonly name: string;
  readonly states: number;
  /** States in which a side lacks an edit of the other one. */
  readonly behind: number;
  readonly edits: Readonly<Record<string, number>>;
  readonly ways: Readonly<Record<'states' | 'rule' | 'difference', AskedCounts>>;
}

export interface DifferencesFigures extends Run {
  readonly seed: number;
  readonly histories: readonly Counted[];
  readonly trace: Counted;
}

const TARGET = { page: 'docs/differences.md', numbers: 'docs/differences.json', format: formatFigures };

export function recordDifferences(seed: number, histories: readonly Counted[], trace: Counted): void {
  record(TARGET, { seed, histories, trace });
}

/** Pure. The page with these figures in place of the present ones. */
export function putDifferences(page: string, figures: DifferencesFigures): string {
  return put(TARGET, page, figures);
}

function formatFigures({ date, on, seed, histories, trace }: DifferencesFigures): string {
  const { states, behind, ways } = trace;
  const all = [...histories, trace];
  const missed = all.reduce((sum, { ways: { rule, difference } }) => sum + rule.missed + difference.missed, 0);
  return `
\`npm run lab -- differences --seed ${seed}\`, ${date}, ${on}. Each state is a
\`git commit\`: those of the first history under the installed hook, the others after the same judgement in one process. It **should ask** where a
side lacks an edit of the other one; in any other state it asks needlessly.

${formatTable([
  ['history', 'states', 'should ask', 'states pinned', 'a rule', 'the difference pinned'],
  ...histories.map((each) => rowOf(each, each.name)),
  rowOf(trace, 'all five, mixed'),
])}

Each of the last three columns has the states that asked, and how many of these needlessly. Of the ${states} mixed states ${sayAsked(ways.states)}
with the states of the two files pinned, ${sayAsked(ways.rule)} with rules; ${behind} of them should. ${sayMissed(missed)}

The mixed states: ${sayEdits(trace)}

`;
}

function rowOf({ states, behind, ways }: Counted, name: string): readonly string[] {
  const asked = [ways.states, ways.rule, ways.difference].map((counts) => {
    return `${counts.rightly + counts.needlessly} (${counts.needlessly})`;
  });
  return [name, `${states}`, `${behind}`, ...asked];
}

function sayAsked({ rightly, needlessly }: AskedCounts): string {
  return `${rightly + needlessly} asked`;
}

function sayMissed(missed: number): string {
  return missed === 0
    ? 'No forgotten edit passed by a rule or a pinned difference.'
    : `${missed} forgotten edits passed by a rule or a pinned difference.`;
}

function sayEdits({ edits }: Counted): string {
  const parts = [
    [edits['both'], 'with the same edit on both sides'],
    [edits['forgotten'], 'with an edit on one side alone'],
    [edits['completed'], 'in which the other side takes it'],
    [edits['own'], 'with an edit of a part that a side keeps for itself'],
    [edits['new'], 'in which a difference of another kind appears, after which the rule is written anew'],
  ] as const;
  return `${parts.map(([count = 0, what]) => `${count} ${what}`).join(',\n')}.`;
}
