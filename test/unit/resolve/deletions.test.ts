import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { areMany } from '../../../src/resolve/deletions.js';

const test = suite('how many deletions are asked for again');

test('more than 20, and more than a quarter of the pairs where that is not a handful', () => {
  assert.is(areMany(20, 1000), false);
  assert.is(areMany(21, 1000), true);
  assert.is(areMany(5, 20), false);
  assert.is(areMany(6, 20), true);
  assert.is(areMany(4, 4), false);
});

test.run();
