import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { putFigures } from '../../../scripts/discover-figures.js';

const test = suite('the figures in docs/discover.md');

const PAGE = 'text\n<!-- figures: written by the run -->\nold\n<!-- end of the figures -->\nmore\n';
const SHAPES = [
  { name: 'kept', likely: 5, right: 4, known: 8, found: 6 },
  { name: 'stubs', likely: 0, right: 0, known: 0, found: 0 },
];

test('replace those of the last run, and name the shapes with mistakes', () => {
  const page = putFigures(PAGE, { date: '2026-01-02', on: 'git', seeds: 2, shapes: SHAPES });
  assert.match(page, /^text\n<!--/);
  assert.match(page, /<!-- end of the figures -->\nmore\n$/);
  assert.not.match(page, 'old');
  assert.match(page, '4 of 5, 80.0 %');
  assert.match(page, '“kept” (1 of 5 wrong, 2 of 8 sets missed)');
  assert.not.match(page, '“stubs”');
  assert.throws(() => putFigures('text\n', { date: '', on: '', seeds: 1, shapes: [] }), /no place/);
});

test('are what their numbers make of them', () => {
  const page = readFileSync('docs/discover.md', 'utf8');
  assert.is(page, putFigures(page, JSON.parse(readFileSync('docs/discover.json', 'utf8'))));
});

test.run();
