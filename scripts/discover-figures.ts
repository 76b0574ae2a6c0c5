// Records how well discovery separates copies from similar files, and writes the figures into
// docs/discover.md.

import { readFileSync, writeFileSync } from 'node:fs';
import { describeMachine } from './measured.js';

const NUMBERS = 'docs/discover.json';
const PAGE = 'docs/discover.md';
const [BEGIN, END] = ['<!-- figures: written by the run -->\n', '<!-- end of the figures -->\n'];

export interface ShapeCounts {
  readonly name: string;
  readonly likely: number;
  readonly right: number;
  readonly known: number;
  readonly found: number;
}

export interface DiscoverFigures {
  readonly date: string;
  readonly on: string;
  readonly seeds: number;
  readonly shapes: readonly ShapeCounts[];
}

export function recordFigures(seeds: number, shapes: readonly ShapeCounts[]): void {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const on = `dos-sync ${version}, ${describeMachine()}`;
  const figures = { date: new Date().toISOString().slice(0, 10), on, seeds, shapes };
  writeFileSync(NUMBERS, `${JSON.stringify(figures, null, 2)}\n`);
  writeFileSync(PAGE, putFigures(readFileSync(PAGE, 'utf8'), figures));
}

/** Pure. The page with these figures in place of its own. */
export function putFigures(page: string, figures: DiscoverFigures): string {
  const [start, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`${PAGE} has no place for the figures`);
  return page.slice(0, start) + BEGIN + formatFigures(figures) + page.slice(end);
}

function formatFigures({ date, on, seeds, shapes }: DiscoverFigures): string {
  const total = (key: 'likely' | 'right' | 'known' | 'found') => shapes.reduce((sum, shape) => sum + shape[key], 0);
  const silent = shapes.filter(({ known }) => known === 0);
  const faulty = shapes.filter((shape) => shape.right < shape.likely || shape.found < shape.known);
  return `
\`npm run lab -- discover-shapes ${seeds}\`, ${date}, ${on}. It makes up
${shapes.length * seeds} repositories, ${seeds} of each of ${shapes.length} shapes: copies that are kept in step or are forgotten at last, and also files that
only look like copies (stubs, boilerplate, versions, translations, results, generated code). ${silent.length} shapes have no copies at all.

${formatTable([
  ['likely proposals that are right: true copies, the right source', shareOf(total('right'), total('likely'))],
  ['known sets of copies that the likely proposals reach', shareOf(total('found'), total('known'))],
  ['likely proposals in shapes without copies', `${sum(silent.map(({ likely }) => likely))}`],
])}

${faulty.length === 0 ? 'No shape had a mistake.' : `Mistakes: ${faulty.map(describeFault).join('; ')}.`}

`;
}

function shareOf(count: number, all: number): string {
  return `${count} of ${all}${all === 0 ? '' : `, ${((100 * count) / all).toFixed(1)} %`}`;
}

/** With padded columns, as the formatter of the page has it. */
function formatTable(rows: readonly (readonly [string, string])[]): string {
  const [wide, narrow] = [0, 1].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) as [number, number];
  const head = [
    `| ${' '.repeat(wide)} | ${' '.repeat(narrow)} |`,
    `| ${'-'.repeat(wide)} | ${'-'.repeat(narrow - 1)}: |`,
  ];
  return [...head, ...rows.map(([what, value]) => `| ${what.padEnd(wide)} | ${value.padStart(narrow)} |`)].join('\n');
}

function describeFault({ name, likely, right, known, found }: ShapeCounts): string {
  const wrong = likely > right ? [`${likely - right} of ${likely} wrong`] : [];
  const missed = known > found ? [`${known - found} of ${known} sets missed`] : [];
  return `“${name}” (${[...wrong, ...missed].join(', ')})`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
