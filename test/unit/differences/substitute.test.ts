import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { substitute } from '../../../src/differences/substitute.js';

const test = suite('literal substitutions');

const turn = (pairs: readonly (readonly [string, string])[], text: string) =>
  substitute(
    pairs.map(([left, right]) => ({ left, right })),
    text,
  );

const ROWS: readonly (readonly [
  what: string,
  pairs: readonly (readonly [string, string])[],
  text: string,
  wanted: string,
])[] = [
  ['every match', [['cat', 'dog']], 'cat, cat', 'dog, dog'],
  [
    'words only whole',
    [['CLAUDE.md', 'AGENTS.md']],
    'CLAUDE.md PERSONAL_CLAUDE.md CLAUDE.mdx',
    'AGENTS.md PERSONAL_CLAUDE.md CLAUDE.mdx',
  ],
  ['an end that is no word anywhere', [['./', '../']], 'x./y', 'x../y'],
  [
    'the longest match first',
    [
      ['Claude', 'X'],
      ['Claude Code', 'Codex'],
    ],
    'Claude Code, Claude',
    'Codex, X',
  ],
  [
    'the leftmost match first',
    [
      ['b c', '2'],
      ['a b', '1'],
    ],
    'a b c',
    '1 c',
  ],
  [
    'nothing is rescanned',
    [
      ['a', 'b'],
      ['b', 'c'],
    ],
    'a b',
    'b c',
  ],
  [
    'words that stand for themselves',
    [
      ['Claude Code', 'Claude Code'],
      ['Claude', 'Codex'],
    ],
    'Claude Code, Claude',
    'Claude Code, Codex',
  ],
  ['nothing on the right', [[' (beta)', '']], 'x (beta)', 'x'],
  ['several lines', [['a\nb', 'c']], 'a\nb\na b', 'c\na b'],
  ['nothing to replace', [['dog', 'cat']], 'bird', 'bird'],
];

for (const [what, pairs, text, wanted] of ROWS) test(what, () => assert.is(turn(pairs, text), wanted));

test('the same as trying each place in turn', () => {
  const word = fc.stringMatching(/^[ab-]{1,3}$/);
  const isWord = (char: string | undefined) => char !== undefined && /\w/.test(char);
  const fits = (left: string, text: string, at: number) =>
    text.startsWith(left, at) &&
    !(isWord(left[0]) && isWord(text[at - 1])) &&
    !(isWord(left.at(-1)) && isWord(text[at + left.length]));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(word, word), { maxLength: 4, selector: ([left]) => left }),
      fc.stringMatching(/^[ab -]{0,20}$/),
      (pairs, text) => {
        let wanted = '';
        for (let at = 0; at < text.length; ) {
          const best = pairs
            .filter(([left]) => fits(left, text, at))
            .sort(([one], [other]) => other.length - one.length);
          wanted += best[0] ? best[0][1] : (text[at] ?? '');
          at += best[0] ? best[0][0].length : 1;
        }
        assert.is(turn(pairs, text), wanted);
      },
    ),
    { numRuns: 500 },
  );
});

test('the search is linear: 32 long words that almost match in 1 MiB', () => {
  const pairs = Array.from({ length: 32 }, (_, at): [string, string] => [`${'-'.repeat(100_000 + at)}x`, 'y']);
  const text = '-'.repeat(1024 * 1024);
  assert.is(turn(pairs, text), text);
});

test.run();
