// Which choice a typed letter or word means.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { letterAll, markLetter, pick } from '../../../src/ask/letters.js';

const test = suite('letters of a question');

const OFFER = letterAll([
  { value: 1, name: 'fix  copies', also: ['yes'] },
  { value: 2, name: 'merge  merges' },
  { value: 3, name: 'diff  shows' },
  { value: 4, name: 'use source  copies' },
  { value: 5, name: 'use copy  copies' },
  { value: 6, name: 'use source  copies' },
  { value: 7, name: 'accept  keeps' },
  { value: 8, name: 'quit  cancels', also: ['abort'], leaves: true },
]);

test('each label marks a letter that no other has', () => {
  const labels = ['[f]ix', '[m]erge', '[d]iff', 'use [s]ource', 'use [c]opy', 'use s[o]urce', '[a]ccept', '[q]uit'];
  assert.equal(OFFER.map(markLetter), labels);
});

test('a word without a free letter has none', () => {
  const [, second] = letterAll([
    { value: 1, name: 'a  x' },
    { value: 2, name: 'a  y' },
  ]);
  assert.equal([second?.letter, second && markLetter(second)], [undefined, 'a']);
});

const TYPED: Readonly<Record<string, number | 'cancel' | undefined>> = {
  f: 1,
  F: 1,
  fix: 1,
  y: 1,
  yes: 1,
  me: 2,
  d: 3,
  s: 4,
  source: 4,
  'use c': 5,
  o: 6,
  a: 7,
  ac: 7,
  ab: 8,
  qu: 8,
  q: 'cancel',
  n: 'cancel',
  x: undefined,
  '': undefined,
};

for (const [typed, value] of Object.entries(TYPED)) {
  test(`"${typed}" means ${value ?? 'nothing'}`, () => {
    const picked = pick(OFFER, typed);
    assert.is(typeof picked === 'number' ? OFFER[picked]?.value : picked, value);
  });
}

test('a question with its own n or q is not left by them', () => {
  const own = letterAll([
    { value: 'yes', name: 'yes  x' },
    { value: 'no', name: 'no  y' },
  ]);
  assert.equal([pick(own, 'n'), pick(own, 'y'), pick(own, 'q')], [1, 0, 'cancel']);
});

test('y and n mean the choices that say yes and no in other words', () => {
  const words = letterAll([
    { value: 'add', name: 'add  x', also: ['yes'] },
    { value: 'skip', name: 'skip  y', also: ['no'] },
  ]);
  assert.equal([pick(words, 'y'), pick(words, 'n'), pick(words, 'q')], [0, 1, 'cancel']);
});

test.run();
