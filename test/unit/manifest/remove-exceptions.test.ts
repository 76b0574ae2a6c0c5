import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { addExceptions } from '../../../src/manifest/accept.js';
import { parseManifest } from '../../../src/manifest/parse.js';
import { removeExceptions } from '../../../src/manifest/remove-exceptions.js';

const test = suite('exceptions are taken out of the text');

const REST = '"fix_direction": "live_to_submodule" }\n';
const PAIRS = '{ "pairs": [{ "a": "docs", "b": "web" }],\n  ';

/** Removes every exception for a path with this prefix. */
function without(source: string, start: string): string {
  const result = parseManifest(Buffer.from(source));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const { manifest } = result;
  const meant = manifest.aliases.filter(({ a, exception }) => exception && a.text.startsWith(start));
  return removeExceptions(source, manifest, meant);
}

const X = '{ "a": "docs/x", "b": "web/x", "exception": "own", "at": [null, null] }';
const Y = '{ "a": "docs/y", "b": "web/y", "exception": "own" }';
const TWINS = '{ "a": "docs/one", "b": "web/two", "exception": "own" }';
const PLAIN = '{ "a": "docs/p", "b": "web/q" }';

const ROWS: readonly (readonly [string, string, string, string])[] = [
  ['the first of an array', `[\n    ${X},\n    ${Y}\n  ]`, 'docs/x', `[\n    ${Y}\n  ]`],
  ['the last of an array', `[\n    ${PLAIN},\n    ${X}\n  ]`, 'docs/x', `[\n    ${PLAIN}\n  ]`],
  ['one between', `[${Y}, ${X}, ${PLAIN}]`, 'docs/x', `[${Y}, ${PLAIN}]`],
  ['the only one', `[\n    ${X}\n  ]`, 'docs/x', '[]'],
  ['all of them', `[ ${X},\n    ${Y} ]`, 'docs', '[]'],
  [
    'another name on the other side stays an alias',
    `[ ${TWINS} ]`,
    'docs/one',
    '[ { "a": "docs/one", "b": "web/two" } ]',
  ],
  ['a pair of its own stays one', '[ { "a": "p", "b": "q", "exception": "own" } ]', 'p', '[ { "a": "p", "b": "q" } ]'],
  [
    'in a map',
    '{\n    "docs/x": { "b": "web/x", "exception": "own" },\n    "docs/p": "web/q"\n  }',
    'docs/x',
    '{\n    "docs/p": "web/q"\n  }',
  ],
  ['in a map, another name', '{ "docs/1": { "b": "web/2", "exception": "own" } }', 'docs/1', '{ "docs/1": "web/2" }'],
  [
    'a rule and a note stay',
    '[ { "a": "docs/x", "b": "web/x", "exception": "own", "at": [null, null], "own": [{ "lines": "# " }] } ]',
    'docs/x',
    '[ { "a": "docs/x", "b": "web/x", "own": [{ "lines": "# " }] } ]',
  ],
  [
    'a rule in a map stays',
    '{ "docs/1": { "b": "web/2", "with": [["x", "y"]], "exception": "own", "at": [null, null] } }',
    'docs/1',
    '{ "docs/1": { "b": "web/2", "with": [["x", "y"]] } }',
  ],
  ['in a map of an array', '[ { "docs/x": { "b": "web/x", "exception": "own" } } ]', 'docs/x', '[]'],
];

for (const [what, aliases, start, left] of ROWS) {
  test(what, () => {
    const after = without(`${PAIRS}"aliases": ${aliases},\n  ${REST}`, start);
    assert.is(after, `${PAIRS}"aliases": ${left},\n  ${REST}`);
  });
}

test('what accept adds, it removes again', () => {
  const source = `${PAIRS}"aliases": [\n    ${PLAIN}\n  ],\n  ${REST}`;
  const accepted = addExceptions(source, [{ a: 'docs/x', b: 'web/x', reason: 'own', at: [null, null] }]);
  assert.is(without(accepted, 'docs/x'), source);
});

test('in a fan-out the copy is paired without its exception', () => {
  const fan =
    '{ "pairs": [{ "a": "L", "b": "p/{N}/L" }], "aliases": [{ "a": "L", "b": "p/x/L", "exception": "own" }], ';
  assert.is(without(fan + REST, 'L'), `{ "pairs": [{ "a": "L", "b": "p/{N}/L" }], "aliases": [], ${REST}`);
});

test.run();
