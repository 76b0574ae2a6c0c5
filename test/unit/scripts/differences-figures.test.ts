import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Counted, putDifferences } from '../../../scripts/differences-figures.js';

const test = suite('the figures in docs/differences.md');

const PAGE = 'text\n<!-- figures: written by the run -->\nold\n<!-- end of the figures -->\nmore\n';

function counted(name: string, states: number, missed: number): Counted {
  const asked = { rightly: 3, needlessly: 4, missed };
  const edits = { both: 20, forgotten: 3, completed: 3, own: 2, new: 1 };
  return { name, states, behind: 3, edits, ways: { states: asked, rule: asked, difference: asked } };
}

test('replace those of the last run, and say what was missed', () => {
  const figures = { date: '2026-01-02', on: 'git', seed: 1, trace: counted('all', 200, 0) };
  const page = putDifferences(PAGE, { ...figures, histories: [counted('a title', 40, 0)] });
  assert.match(page, /^text\n<!--/);
  assert.match(page, /<!-- end of the figures -->\nmore\n$/);
  assert.not.match(page, 'old');
  assert.match(page, /\| a title +\| +40 \| +3 \| +7 \(4\) \|/);
  assert.match(page, 'No forgotten edit passed');
  assert.match(putDifferences(PAGE, { ...figures, histories: [counted('a', 40, 1)] }), '2 forgotten edits passed');
  assert.throws(() => putDifferences('text\n', { ...figures, histories: [] }), /no place/);
});

test('are what their numbers make of them', () => {
  const page = readFileSync('docs/differences.md', 'utf8');
  assert.is(page, putDifferences(page, JSON.parse(readFileSync('docs/differences.json', 'utf8'))));
});

test('at most 15 % of the mixed states ask with rules, and no forgotten edit passes', () => {
  const { trace } = JSON.parse(readFileSync('docs/differences.json', 'utf8')) as { trace: Counted };
  const { rightly, needlessly, missed } = trace.ways.rule;
  assert.ok(trace.states >= 200);
  assert.ok(rightly + needlessly <= 0.15 * trace.states);
  assert.is(missed, 0);
  assert.is(rightly, trace.behind);
});

test.run();
