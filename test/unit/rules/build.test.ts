import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathFromText, textOf } from '../../../src/git/path.js';
import { parseManifest } from '../../../src/manifest/parse.js';
import { buildRules } from '../../../src/rules/build.js';
import type { Rules } from '../../../src/rules/types.js';

const test = suite('the pair index');

function indexOf(manifest: object): Rules {
  const source = Buffer.from(JSON.stringify({ pairs: [], fix_direction: 'live_to_submodule', ...manifest }));
  const result = parseManifest(source);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return buildRules(result.manifest);
}

/** The pairs of a path, as `a = b`; `?` if an alias uses the name. */
function pairsOf(rules: Rules, path: string): string[] {
  const name = (side: string | null | undefined) => (side === null || side === undefined ? '?' : side);
  return rules.lookUp(pathFromText(path)).flatMap((membership) => {
    const pair = rules.pairOf(membership);
    return pair ? [`${name(pair.a && textOf(pair.a))} = ${name(pair.b && textOf(pair.b))}`] : [];
  });
}

test('a path is found from either side, at any depth, and nothing beside it is', () => {
  const rules = indexOf({ pairs: [{ a: 'x', b: 'deep/y' }] });
  assert.equal(pairsOf(rules, 'x'), ['x = deep/y']);
  assert.equal(pairsOf(rules, 'x/p/q'), ['x/p/q = deep/y/p/q']);
  assert.equal(pairsOf(rules, 'deep/y/p'), ['x/p = deep/y/p']);
  for (const other of ['xx', 'deep', 'deep/yy', 'p']) assert.equal(pairsOf(rules, other), []);
});

test('a path belongs to every pair that covers it', () => {
  const rules = indexOf({
    pairs: [
      { a: 'x', b: 'y' },
      { a: 'x/p', b: 'z' },
      { a: 'y', b: 'w' },
    ],
  });
  assert.equal(pairsOf(rules, 'x/p/f'), ['x/p/f = y/p/f', 'x/p/f = z/f']);
  assert.equal(pairsOf(rules, 'y/f'), ['x/f = y/f', 'y/f = w/f']);
});

test('exclude is relative to the pair, and applies to both sides', () => {
  const rules = indexOf({ pairs: [{ a: 'x', b: 'y', exclude: ['README.md', '**/*.tmp'] }] });
  for (const path of ['x/README.md', 'y/README.md', 'x/p/q.tmp']) assert.equal(pairsOf(rules, path), []);
  assert.equal(pairsOf(rules, 'x/p/README.md'), ['x/p/README.md = y/p/README.md']);
});

test('an alias inside a pair: the most specific wins, and displaced names have no partner', () => {
  const aliases = { 'x/old': 'y/new', 'x/old/f': 'y/new/g' };
  const rules = indexOf({ pairs: [{ a: 'x', b: 'y' }], aliases });
  assert.equal(pairsOf(rules, 'x/old/p'), ['x/old/p = y/new/p']);
  assert.equal(pairsOf(rules, 'y/new/g'), ['x/old/f = y/new/g']);
  assert.equal(pairsOf(rules, 'y/new/f'), ['? = y/new/f']);
  assert.equal(pairsOf(rules, 'y/old/p'), ['? = y/old/p']);
  assert.equal(pairsOf(rules, 'x/new/p'), ['x/new/p = ?']);
});

test('an alias with one end outside the pair is a separate pair, beside the default', () => {
  const rules = indexOf({ pairs: [{ a: 'x', b: 'y' }], aliases: { 'x/f': 'z/g' } });
  assert.equal(pairsOf(rules, 'x/f'), ['x/f = y/f', 'x/f = z/g']);
});

test('an alias inside one instance of a template does not affect the others', () => {
  const rules = indexOf({ pairs: [{ a: 's/{N}', b: 'p/{N}/src' }], aliases: { 's/one/f': 'p/one/src/g' } });
  assert.equal(pairsOf(rules, 's/one/f'), ['s/one/f = p/one/src/g']);
  assert.equal(pairsOf(rules, 's/two/f'), ['s/two/f = p/two/src/f']);
  assert.equal(pairsOf(rules, 'p/two/src/f'), ['s/two/f = p/two/src/f']);
});

test('a fan-out: each match is a copy, the source itself is not', () => {
  const rules = indexOf({ pairs: [{ a: 'p/core/LICENSE', b: 'p/{x}/LICENSE' }] });
  assert.equal(pairsOf(rules, 'p/one/LICENSE'), ['p/core/LICENSE = p/one/LICENSE']);
  assert.is(rules.lookUp(pathFromText('p/core/LICENSE')).length, 1);
});

test('exclude in a template: relative to each copy, or the place of one', () => {
  const rules = indexOf({
    pairs: [{ a: 'tmpl', b: 'p/{x}/cfg', exclude: ['own.json', 'p/mine/**', 'p/half/cfg/part.json', 'p/**'] }],
  });
  assert.equal(pairsOf(rules, 'p/one/cfg/f'), ['tmpl/f = p/one/cfg/f']);
  for (const path of ['p/one/cfg/own.json', 'p/mine/cfg/f', 'p/half/cfg/part.json']) {
    assert.equal(pairsOf(rules, path), []);
  }
  assert.equal(pairsOf(rules, 'p/half/cfg/f'), ['tmpl/f = p/half/cfg/f']);
  // Without a name a glob is relative: what is below p/ in a copy.
  assert.equal(pairsOf(rules, 'p/one/cfg/p/f'), []);
});

test('exclude by place needs the names of the template; in a pair of directories it is relative', () => {
  const rules = indexOf({ pairs: [{ a: 'x', b: 'p/y', exclude: ['p/y/f'] }] });
  assert.equal(pairsOf(rules, 'p/y/f'), ['x/f = p/y/f']);
  const named = indexOf({ pairs: [{ a: 's/{n}', b: 't/{n}', exclude: ['t/own', 't/b/f'] }] });
  assert.equal(pairsOf(named, 's/own/f'), []);
  assert.equal(pairsOf(named, 's/b/f'), []);
  assert.equal(pairsOf(named, 's/b/g'), ['s/b/g = t/b/g']);
});

test('a name that occurs twice in a side has one value', () => {
  const rules = indexOf({ pairs: [{ a: 's/{N}/{N}', b: 'p/{N}' }] });
  assert.equal(pairsOf(rules, 's/one/one/f'), ['s/one/one/f = p/one/f']);
  assert.equal(pairsOf(rules, 's/one/two/f'), []);
});

test('exceptions apply to the file that they name, also if it has its default partner', () => {
  const rules = indexOf({ pairs: [{ a: 'x', b: 'y' }], aliases: { 'x/f': { b: 'y/f', exception: 'meant' } } });
  const [membership] = rules.lookUp(pathFromText('y/f'));
  assert.is(membership && rules.pairOf(membership)?.exception?.reason, 'meant');
  const [other] = rules.lookUp(pathFromText('y/g'));
  assert.is(other && rules.pairOf(other)?.exception, undefined);
});

test('the sides below a path: what a link or a gitlink above them moves', () => {
  const rules = indexOf({
    pairs: [
      { a: 'sub/x', b: 'y' },
      { a: 'p', b: 'q' },
    ],
  });
  assert.equal(
    rules.below(pathFromText('sub')).map(({ rule }) => rule.key),
    ['sub/x -> y'],
  );
  assert.equal(rules.below(pathFromText('p')), []);
});

test('a look-up visits as many places as the path is deep, however large the manifest', () => {
  const visited = (count: number) => {
    const pairs = Array.from({ length: count }, (_, at) => ({ a: `a/${at}/x`, b: `b/${at}/x` }));
    const rules = indexOf({ pairs });
    let reads = 0;
    const path = pathFromText(`a/${count - 1}/x/f`);
    const original = Map.prototype.get;
    // Every step of the walk is one lookup in a map of children.
    Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown) {
      reads += 1;
      return original.call(this, key);
    };
    try {
      rules.lookUp(path);
    } finally {
      Map.prototype.get = original;
    }
    return reads;
  };
  assert.is(visited(10), visited(10_000));
});

test.run();
