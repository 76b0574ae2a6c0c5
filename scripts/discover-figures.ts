// Records how well discovery separates copies from similar files, and writes the figures into
// docs/discover.md.

import { formatTable, put, type Run, record } from './figures.js';

export interface ShapeCounts {
  readonly name: string;
  readonly likely: number;
  readonly right: number;
  readonly known: number;
  readonly found: number;
}

export interface DiscoverFigures extends Run {
  readonly seeds: number;
  readonly shapes: readonly ShapeCounts[];
}

const TARGET = { page: 'docs/discover.md', numbers: 'docs/discover.json', format: formatFigures };

export function recordFigures(seeds: number, shapes: readonly ShapeCounts[]): void {
  record(TARGET, { seeds, shapes });
}

/** Pure. The page with these figures in place of the present ones. */
export function putFigures(page: string, figures: DiscoverFigures): string {
  return put(TARGET, page, figures);
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
  ['', ''],
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

function describeFault({ name, likely, right, known, found }: ShapeCounts): string {
  const wrong = likely > right ? [`${likely - right} of ${likely} wrong`] : [];
  const missed = known > found ? [`${known - found} of ${known} sets missed`] : [];
  return `“${name}” (${[...wrong, ...missed].join(', ')})`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
