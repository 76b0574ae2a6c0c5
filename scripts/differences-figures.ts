// Records how often pairs that are meant to differ ask, and writes the figures into
// docs/differences.md.

import { readFileSync, writeFileSync } from 'node:fs';
import { describeMachine } from './measured.js';

const NUMBERS = 'docs/differences.json';
const PAGE = 'docs/differences.md';
const [BEGIN, END] = ['<!-- figures: written by the run -->\n', '<!-- end of the figures -->\n'];

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

export interface DifferencesFigures {
  readonly date: string;
  readonly on: string;
  readonly seed: number;
  readonly histories: readonly Counted[];
  readonly trace: Counted;
}

export function recordDifferences(seed: number, histories: readonly Counted[], trace: Counted): void {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const on = `dos-sync ${version}, ${describeMachine()}`;
  const figures = { date: new Date().toISOString().slice(0, 10), on, seed, histories, trace };
  writeFileSync(NUMBERS, `${JSON.stringify(figures, null, 2)}\n`);
  writeFileSync(PAGE, putDifferences(readFileSync(PAGE, 'utf8'), figures));
}

/** Pure. The page with these figures in place of its own. */
export function putDifferences(page: string, figures: DifferencesFigures): string {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${PAGE} has no place for the figures`);
  return page.slice(0, start) + BEGIN + formatFigures(figures) + page.slice(end);
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

/** With padded columns, as the formatter of the page has it. */
function formatTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const pad = (cell: string, at: number) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0));
  const rule = widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [head.map(pad), rule, ...rows.map((row) => row.map(pad))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
