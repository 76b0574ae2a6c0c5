import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildRunsPage, readRuns } from '../../../scripts/recorded-runs.js';

const test = suite('docs/runs.md');

test('is made from the recorded runs alone, and each of them ran tests', () => {
  const runs = readRuns();
  assert.is(readFileSync('docs/runs.md', 'utf8'), buildRunsPage(runs));
  for (const { node, passed } of runs) assert.ok(passed > 0, node);
});

test.run();
