import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { differenceOf, digestOf } from '../../../src/differences/agreed.js';
import { linesOf, matchLines } from '../../../src/differences/lines.js';

const test = suite('which lines two texts have in common');

const someLines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 14 });

/** The length of a longest common subsequence, by the table of all beginnings. */
function longest(one: readonly string[], other: readonly string[]): number {
  let row: number[] = other.map(() => 0);
  for (const line of one) {
    let left = 0;
    let above = 0;
    row = row.map((value, at) => {
      const here = line === other[at] ? above + 1 : Math.max(value, left);
      above = value;
      left = here;
      return here;
    });
  }
  return row.at(-1) ?? 0;
}

test('the matches are a longest common subsequence', () => {
  fc.assert(
    fc.property(someLines, someLines, (one, other) => {
      const matches = matchLines(one, other);
      let [x, y] = [-1, -1];
      for (const [atOne, atOther] of matches) {
        assert.is(one[atOne], other[atOther]);
        assert.ok(atOne > x && atOther > y);
        [x, y] = [atOne, atOther];
      }
      assert.is(matches.length, longest(one, other));
    }),
    { numRuns: 500 },
  );
});

test('two long texts that share nothing match at their ends only', () => {
  const lines = (prefix: string) => [
    'first\n',
    ...Array.from({ length: 8000 }, (_, at) => `${prefix}${at}\n`),
    'last\n',
  ];
  assert.equal(matchLines(lines('a'), lines('b')), [
    [0, 0],
    [8001, 8001],
  ]);
});

test('a text without a final line end keeps its last line apart', () => {
  assert.equal(linesOf('a\nb'), ['a\n', 'b']);
  assert.equal(linesOf(''), []);
  assert.equal(matchLines(linesOf('a\nb'), linesOf('a\nb\n')), [[0, 0]]);
});

test('an edit that both sides take does not move the agreed difference', () => {
  const word = fc.stringMatching(/^[xyz]{1,3}$/);
  const text = fc.array(word, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(text, word, word, word, (common, onA, onB, added) => {
      const join = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
      const [a, b] = [
        [`a ${onA}`, ...common],
        [`b ${onB}`, ...common],
      ];
      const agreed = digestOf(differenceOf(join(a), join(b)));
      assert.is(digestOf(differenceOf(join([...a, added]), join([...b, added]))), agreed);
    }),
  );
});

test('the difference names the lines of each side', () => {
  assert.equal(differenceOf('one\nsame\n', 'same\ntwo\n'), [
    { sign: '-', line: 'one\n', number: 1 },
    { sign: '+', line: 'two\n', number: 2 },
  ]);
  assert.is.not(digestOf(differenceOf('ab\n', 'c\n')), digestOf(differenceOf('a\n', 'bc\n')));
});

test.run();
