import picomatch from 'picomatch';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathFromText } from '../../../src/git/path.js';
import { compileGlob } from '../../../src/manifest/glob.js';

const test = suite('compileGlob');

const TABLE: readonly (readonly [glob: string, matches: readonly string[], not: readonly string[]])[] = [
  ['docs', ['docs', 'docs/a', 'docs/a/b'], ['doc', 'docs2', 'x/docs']],
  ['docs/', ['docs', 'docs/a'], ['x/docs']],
  ['*.md', ['a.md', '.md', '.hidden.md'], ['x/a.md', 'a.mdx']],
  ['**/*.md', ['a.md', 'x/a.md', 'x/y/.a.md', 'a.md/below'], ['a.txt']],
  ['x/**', ['x/a', 'x/a/b'], ['x', 'y/x/a']],
  ['x/**/y', ['x/y', 'x/a/y', 'x/a/b/y', 'x/a/y/below'], ['x/a', 'xy']],
  ['**', ['a', 'a/b'], []],
  ['a?c', ['abc', 'a.c', 'aéc'], ['ac', 'abbc', 'a/c']],
  ['a*c', ['ac', 'abbbc'], ['a/c', 'acd']],
  ['a**c', ['ac', 'abc'], ['a/c']],
  ['[ab]{x,y}!(z)', ['[ab]{x,y}!(z)'], ['ax', 'b']],
  ['*', ['a', '.a', 'a/b'], []],
];

for (const [glob, matches, not] of TABLE) {
  test(`${glob}`, () => {
    const test = compileGlob(glob);
    for (const path of matches) assert.ok(test(pathFromText(path)), `${glob} should match ${path}`);
    for (const path of not) assert.not(test(pathFromText(path)), `${glob} should not match ${path}`);
  });
}

/** A small seeded generator, so that a failure can be reproduced. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

test('a second opinion agrees on 3,000 random patterns', () => {
  const random = numbers(42);
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random.next().value * values.length)] as Value;
  const word = (letters: readonly string[]) =>
    Array.from({ length: 1 + Math.floor(random.next().value * 4) }, () => pick(letters)).join('');
  for (let at = 0; at < 3000; at += 1) {
    const pattern = Array.from({ length: pick([1, 2, 3]) }, () =>
      random.next().value < 0.2 ? '**' : word(['a', 'b', '.', '?', '*']).replace(/\*+/g, '*'),
    ).join('/');
    const path = Array.from({ length: pick([1, 2, 3, 4]) }, () => word(['a', 'b', 'c', '.'])).join('/');
    const dots = [...pattern.split('/'), ...path.split('/')].some((segment) => /^\.+$/.test(segment));
    // Its final `**` also matches the place itself, and it has special rules for . and .. and for
    // names of dots.
    if (dots || /(^|\/)\.?[.?*]*(\/|$)/.test(pattern.replace(/\*\*/g, 'x')) || pattern.endsWith('**')) continue;
    const opinion = picomatch([pattern, `${pattern}/**`], { dot: true, noext: true, nobrace: true, nobracket: true });
    assert.is(compileGlob(pattern)(pathFromText(path)), opinion(path), `${pattern} against ${path}`);
  }
});

test('a hostile pattern terminates', () => {
  const name = 'a'.repeat(250);
  assert.not(compileGlob(`${'*a'.repeat(60)}*b`)(pathFromText(name)));
  assert.not(compileGlob(`${'**/'.repeat(60)}b`)(pathFromText(Array.from({ length: 2000 }, () => 'a').join('/'))));
});

test.run();
