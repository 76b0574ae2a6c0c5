import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readMeasured, withPart } from '../../../scripts/lab/bench/measured.js';
import { formatPage } from '../../../scripts/lab/bench/page.js';
import { drawPlots } from '../../../scripts/lab/bench/plots.js';

const test = suite('docs/performance.md');
const environment = { machine: 'one', versions: 'these' };
const run = { rounds: 3, load: [0.5, 1] as const, day: '2026-01-31' };

test('is what its numbers make of it', () => {
  const measured = readMeasured();
  assert.ok(measured);
  if (!measured) return;
  assert.is(readFileSync('docs/performance.md', 'utf8'), formatPage(measured));
  for (const [name, svg] of drawPlots(measured.parts)) {
    assert.is(readFileSync(`docs/performance-${name}.svg`, 'utf8'), svg, `npm run lab -- bench --render: ${name}`);
  }
});

test('holds what was measured and nothing else, a missed target as missed', () => {
  const staged = new Map([
    [
      1,
      new Map([
        ['cat-file', [1]],
        ['node and diff-index', [10, 10, 10]],
        ['dos-sync', [13, 20, 30]],
      ]),
    ],
  ]);
  const page = formatPage(withPart(undefined, environment, 'staged', staged, run));
  assert.match(page, /1 staged, beside .* ≤ 1\.35 × \| 2\.00 \(1\.30–3\.00\) *\| missed: /);
  assert.not.match(page, /## (?:One commit|As the repository|As the manifest|`check`)/);
});

test('results of another machine or version are dropped', () => {
  const before = withPart(undefined, environment, 'manifests', new Map([['10', [1]]]), run);
  assert.equal(Object.keys(withPart(before, environment, 'commits', new Map(), run).parts), ['manifests', 'commits']);
  assert.equal(Object.keys(withPart(before, { ...environment, machine: 'other' }, 'commits', new Map(), run).parts), [
    'commits',
  ]);
});

test.run();
