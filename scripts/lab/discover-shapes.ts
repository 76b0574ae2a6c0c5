// Counts how many of discovery's likely proposals are right, over made-up repositories with known
// copies, and how many of the copies they find.
// usage: npm run lab -- discover-shapes [SEEDS [NAME]] [--record]

import { parseArgs } from 'node:util';
import { type MeasuredShape, measure } from '../../test/support/copies/measure.js';
import { ALL_SHAPES } from '../../test/support/copies/shapes.js';
import type { Shape } from '../../test/support/copies/trees.js';
import { recordFigures, type ShapeCounts } from '../discover-figures.js';

const DEFAULT_SEEDS = 5;
const ENOUGH = 0.9;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { record: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [seeds = `${DEFAULT_SEEDS}`, name = ''] = positionals;
  if (values.record && name !== '') throw new Error('--record takes all shapes');
  print(['shape', 'likely ones', 'of them right', 'known copies', 'of them reached']);
  print(['---', '---:', '---:', '---:', '---:']);
  const shapes: ShapeCounts[] = [];
  let surprises = 0;
  for (const shape of ALL_SHAPES.filter((each) => each.name.includes(name))) {
    const measured = await measureSeeds(shape, Number(seeds));
    surprises += measured.surprises;
    shapes.push(measured.counts);
    printCounts(measured.counts);
  }
  const all = { name: 'all', ...totalOf(shapes) };
  printCounts(all);
  if (values.record) recordFigures(Number(seeds), shapes);
  return all.right >= ENOUGH * all.likely && all.found >= ENOUGH * all.known && surprises === 0 ? 0 : 1;
}

async function measureSeeds(shape: Shape, seeds: number): Promise<{ counts: ShapeCounts; surprises: number }> {
  const all: MeasuredShape[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) all.push(await measure(shape, seed));
  const list = (key: 'wrong' | 'missed' | 'surprises') => all.flatMap((each) => each[key]);
  const [wrong, missed, surprises] = [list('wrong'), list('missed'), list('surprises')];
  for (const line of [...wrong, ...missed.map((files) => `not found: ${files}`), ...surprises]) {
    process.stderr.write(`  ${line}\n`);
  }
  const right = sum(all.map((each) => each.right));
  const found = sum(all.map((each) => each.found));
  const counts = { name: shape.name, likely: right + wrong.length, right, known: found + missed.length, found };
  return { counts, surprises: surprises.length };
}

function totalOf(shapes: readonly ShapeCounts[]): Omit<ShapeCounts, 'name'> {
  const total = (key: keyof Omit<ShapeCounts, 'name'>) => sum(shapes.map((each) => each[key]));
  return { likely: total('likely'), right: total('right'), known: total('known'), found: total('found') };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function printCounts({ name, likely, right, known, found }: ShapeCounts): void {
  print([name, likely, right, known, found].map(String));
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

process.exitCode = await main();
