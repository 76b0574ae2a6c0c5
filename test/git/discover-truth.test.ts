import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { measure } from '../support/copies/measure.js';
import { ALL_SHAPES } from '../support/copies/shapes.js';

const test = suite('discovery against what is known of made-up repositories');

const SEED = 7;
let [right, likely, found, known] = [0, 0, 0, 0];

for (const shape of ALL_SHAPES) {
  test(`${shape.name}: a check finds what the proposals show, and nothing else`, async () => {
    const measured = await measure(shape, SEED);
    assert.equal(measured.surprises, []);
    right += measured.right;
    likely += measured.right + measured.wrong.length;
    found += measured.found;
    known += measured.found + measured.missed.length;
  });
}

test('nine of ten likely proposals are right, and nine of ten known copies are reached', () => {
  assert.ok(likely > 10 && known > 50);
  assert.ok(right >= 0.9 * likely, `${right} of ${likely} are right`);
  assert.ok(found >= 0.9 * known, `${found} of ${known} are reached`);
});

test.run();
