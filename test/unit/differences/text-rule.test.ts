import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TextRule } from '../../../src/differences/text-rule.js';
import type { OwnPart } from '../../../src/manifest/types.js';

const test = suite('what two texts must have in common');

const FRONT: OwnPart = { kind: 'front_matter' };
const FIRST: OwnPart = { kind: 'first_lines', count: 1 };
const RULE: OwnPart = { kind: 'lines', prefix: '# Rule:' };
const BLOCK: OwnPart = { kind: 'block', from: '<own>', to: '</own>' };
const WORDS = [{ left: 'Claude', right: 'Codex' }];

const rule = (own: readonly OwnPart[], words: typeof WORDS = []) => new TextRule(words, own);

const compared = (own: readonly OwnPart[], text: string): string => {
  const found = rule(own).compared('b', text);
  return 'unbalanced' in found ? `${found.unbalanced.line}: ${found.unbalanced.text}` : found.text;
};

const CUTS: readonly (readonly [what: string, own: readonly OwnPart[], text: string, wanted: string])[] = [
  ['front matter', [FRONT], '---\nx: 1\n---\nrest\n', 'rest\n'],
  ['no front matter', [FRONT], 'rest\n---\nmore\n---\n', 'rest\n---\nmore\n---\n'],
  ['front matter with CRLF', [FRONT], '---\r\nx\r\n---\r\nrest\r\n', 'rest\r\n'],
  ['front matter that never ends', [FRONT], '---\nrest\n', '1: ---'],
  ['first lines', [FIRST], 'title\nrest\n', 'rest\n'],
  ['first lines after the front matter', [FRONT, FIRST], '---\nx\n---\ntitle\nrest\n', 'rest\n'],
  ['more first lines than there are', [{ kind: 'first_lines', count: 9 }], 'one\n', ''],
  ['lines by their beginning', [RULE], 'a\n  # Rule: 1\n# Ruler\nb\n\t# Rule:', 'a\n# Ruler\nb\n'],
  ['a block, without its markers', [BLOCK], 'a\n<own>\nx\n</own>\nb', 'a\n<own>\n</own>\nb'],
  ['own lines within a block', [BLOCK, RULE], '<own>\n# Rule: x\n</own>\n', '<own>\n</own>\n'],
  ['a block that never ends', [BLOCK], 'a\n<own>\nb\n', '2: <own>'],
  ['a block that never began', [BLOCK], 'a\n</own>\nb\n', '2: </own>'],
  ['a block in a block', [BLOCK], '<own>\n<own>\n</own>\n', '1: <own>'],
  ['a marker within a line is none', [BLOCK], 'a <own>\n', 'a <own>\n'],
];

for (const [what, own, text, wanted] of CUTS) test(`cut out: ${what}`, () => assert.is(compared(own, text), wanted));

const carried = (made: TextRule, from: 'a' | 'b', source: string, present?: string): string => {
  const result = made.carry(from, source, present);
  return typeof result === 'string' ? `refused: ${result}` : result.text;
};

const CARRIES: readonly (readonly [
  what: string,
  made: TextRule,
  from: 'a' | 'b',
  source: string,
  present: string | undefined,
  wanted: string,
])[] = [
  ['words forth', rule([], WORDS), 'a', 'Claude 2\n', 'Codex\n', 'Codex 2\n'],
  ['words back', rule([], WORDS), 'b', 'Codex 2\n', 'Claude\n', 'Claude 2\n'],
  ['words that cannot be turned back', rule([], WORDS), 'b', 'Claude 2\n', 'Claude\n', 'refused: not-reversible'],
  [
    'a line that has not changed keeps its words',
    rule([], WORDS),
    'b',
    'Codex as it is\nnew\n',
    'Codex as it is\n',
    'Codex as it is\nnew\n',
  ],
  ['own front matter stays', rule([FRONT]), 'a', '---\na\n---\nnew\n', '---\nb\n---\nold\n', '---\nb\n---\nnew\n'],
  ['front matter of the source is not copied', rule([FRONT]), 'a', '---\na\n---\nnew\n', 'old\n', 'new\n'],
  [
    'a new file gets everything',
    rule([FRONT, RULE], WORDS),
    'a',
    '---\na\n---\nx\n# Rule: 1\nClaude\n',
    undefined,
    '---\na\n---\nx\n# Rule: 1\nCodex\n',
  ],
  ['own lines stay behind their line', rule([RULE]), 'a', 'new\nx\ny\n', 'x\n# Rule: b\ny\n', 'new\nx\n# Rule: b\ny\n'],
  [
    'own lines stay behind one of several equal lines',
    rule([RULE]),
    'a',
    '\nx\n\ny\nz\n',
    '\nx\n\n# Rule: b\ny\n',
    '\nx\n\n# Rule: b\ny\nz\n',
  ],
  ['own lines at the top stay there', rule([RULE]), 'a', 'new\n', '# Rule: b\nold\n', '# Rule: b\nnew\n'],
  ['the line before is gone', rule([RULE]), 'a', 'y\n', 'x\n# Rule: b\ny\n', 'refused: no-place'],
  [
    'blocks by their order',
    rule([BLOCK]),
    'a',
    '<own>\n1\n</own>\nnew\n<own>\n2\n</own>\n',
    '<own>\nA\n</own>\n<own>\nB\n</own>\n',
    '<own>\nA\n</own>\nnew\n<own>\nB\n</own>\n',
  ],
  ['another number of blocks', rule([BLOCK]), 'a', 'x\n', '<own>\nA\n</own>\n', 'refused: no-place'],
  ['a part that never ends', rule([BLOCK]), 'a', '<own>\n', 'x\n', 'refused: unbalanced'],
  ['no final line end before an own line', rule([RULE]), 'a', 'x', 'x\n# Rule: b\n', 'refused: no-place'],
];

for (const [what, made, from, source, present, wanted] of CARRIES) {
  test(`copied: ${what}`, () => assert.is(carried(made, from, source, present), wanted));
}

const line = fc.constantFrom('x\n', 'y\n', 'Claude\n', 'Codex\n', '# Rule: 1\n', '# Rule: 2\n', '\n');
const text = fc.array(line, { maxLength: 10 }).map((lines) => lines.join(''));
const every = rule([RULE], WORDS);
const textOf = (side: 'a' | 'b', of: string) => {
  const found = every.compared(side, of);
  return 'text' in found ? found.text : undefined;
};

test('after a copy the two are in sync, and the copy has its own lines', () => {
  const ownOf = (of: string) => of.split('\n').filter((each) => each.startsWith('# Rule:'));
  fc.assert(
    fc.property(text, text, fc.constantFrom('a' as const, 'b' as const), (source, present, from) => {
      const to = from === 'a' ? 'b' : 'a';
      const result = every.carry(from, source, present);
      if (typeof result === 'string') return;
      assert.is(textOf(to, result.text), textOf(from, source));
      assert.equal(ownOf(result.text), ownOf(present));
    }),
    { numRuns: 2000 },
  );
});

test('a copy of what is in sync already changes nothing', () => {
  fc.assert(
    fc.property(text, (source) => {
      const copy = every.carry('a', source, undefined);
      if (typeof copy === 'string') return;
      assert.equal(every.carry('a', source, copy.text), copy);
      assert.equal(every.carry('b', copy.text, source), { text: source });
    }),
    { numRuns: 2000 },
  );
});

test.run();
