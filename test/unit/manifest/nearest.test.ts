import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nearestOf } from '../../../src/manifest/nearest.js';

const test = suite('the nearest known word');

const KNOWN = ['pairs', 'aliases', 'live_only', 'fix_direction', 'a', 'b'];

const WORDS: readonly (readonly [string, string | undefined])[] = [
  ['pear', undefined],
  ['pair', 'pairs'],
  ['Pairs', 'pairs'],
  ['lives', undefined],
  ['live-only', 'live_only'],
  ['fixDirection', 'fix_direction'],
  ['c', 'a'],
  ['colour', undefined],
  ['', undefined],
];

for (const [word, nearest] of WORDS) {
  test(`${JSON.stringify(word)}: ${nearest ?? 'none'}`, () => assert.is(nearestOf(word, KNOWN), nearest));
}

test('an empty list has no nearest word', () => assert.is(nearestOf('a', []), undefined));

test.run();
