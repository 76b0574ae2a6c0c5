// Counts how many of discovery's likely proposals are right, over made-up repositories with known
// copies, and how many of the copies they find.
// usage: npm run lab -- discover-shapes [SEEDS [NAME]]

import { type MeasuredShape, measure } from '../../test/support/copies/measure.js';
import { ALL_SHAPES } from '../../test/support/copies/shapes.js';

const DEFAULT_SEEDS = 5;
const ENOUGH = 0.9;

async function main(): Promise<number> {
  const [seeds = `${DEFAULT_SEEDS}`, name = ''] = process.argv.slice(2);
  const totals = { right: 0, wrong: 0, found: 0, missed: 0, surprises: 0 };
  print(['shape', 'likely ones', 'of them right', 'known copies', 'of them reached']);
  print(['---', '---:', '---:', '---:', '---:']);
  for (const shape of ALL_SHAPES.filter((each) => each.name.includes(name))) {
    const all: MeasuredShape[] = [];
    for (let seed = 1; seed <= Number(seeds); seed += 1) all.push(await measure(shape, seed));
    const right = sum(all.map((each) => each.right));
    const found = sum(all.map((each) => each.found));
    const [wrong, missed] = [all.flatMap((each) => each.wrong), all.flatMap((each) => each.missed)];
    const surprises = all.flatMap((each) => each.surprises);
    print([shape.name, right + wrong.length, right, found + missed.length, found].map(String));
    for (const line of [...wrong, ...missed.map((files) => `not found: ${files}`), ...surprises]) {
      process.stderr.write(`  ${line}\n`);
    }
    totals.right += right;
    totals.found += found;
    totals.wrong += wrong.length;
    totals.missed += missed.length;
    totals.surprises += surprises.length;
  }
  const [likely, known] = [totals.right + totals.wrong, totals.found + totals.missed];
  print(['all', likely, totals.right, known, totals.found].map(String));
  const enough = totals.right >= ENOUGH * likely && totals.found >= ENOUGH * known && totals.surprises === 0;
  return enough ? 0 : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function print(cells: readonly string[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

process.exitCode = await main();
