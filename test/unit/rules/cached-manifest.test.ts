import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathFromText } from '../../../src/git/path.js';
import { parseManifest } from '../../../src/manifest/parse.js';
import type { Manifest } from '../../../src/manifest/types.js';
import { buildRules } from '../../../src/rules/build.js';
import { CachedManifest, DamagedCache, formatCachedManifest } from '../../../src/rules/cached-manifest.js';

const test = suite('a manifest laid out for looking up');

function manifest(document: object): Manifest {
  const parsed = parseManifest(Buffer.from(JSON.stringify({ fix_direction: 'live_to_submodule', ...document })));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.manifest;
}

const pairs = [
  { a: 'live', b: 'release', exclude: ['*.local.md', 'é'] },
  { a: 'live/deep', b: 'elsewhere' },
  { a: 'a', b: 'b' },
  { a: 'a b', b: 'a-b' },
  { a: 'x/y/z', b: 'x/y z' },
  { a: '日本/語', b: 'copy/[id]' },
  { a: '~/outside', b: 'inside' },
  { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
  { a: 'r/{N}', b: 'p/{N}/src' },
];
const document = {
  pairs,
  aliases: { 'live/one.md': 'release/two.md', alone: { b: 'other', exception: 'why “not”' } },
  live_only: ['live/**/*.x'],
};
const PATHS = [
  'live/f',
  'live',
  'release/one.md',
  'release/two.md',
  'live/one.md',
  'live/deep/f',
  'elsewhere/f',
  'a',
  'a/f',
  'b',
  'a b',
  'a-b/f',
  'x',
  'x/y',
  'x/y/z',
  'x/y z',
  '日本',
  '日本/語',
  'copy/[id]/f',
  'copy',
  'inside/f',
  'LICENSE',
  'packages/p/LICENSE',
  'packages',
  'r/n/f',
  'p/n/src/f',
  'alone',
  'other',
  'zzz',
  '!',
  'live/é',
].map(pathFromText);

test('for each path it gives the same answer as the whole manifest', () => {
  const whole = buildRules(manifest(document));
  const text = formatCachedManifest(manifest(document)) ?? '';
  for (const path of PATHS) {
    const narrow = buildRules(new CachedManifest(Buffer.from(text, 'latin1')).narrow([path]));
    const said = ({ lookUp, below, pairOf, waivesMissing }: typeof whole) => ({
      pairs: lookUp(path)
        .map((membership) => [membership.side, membership.rest, pairOf(membership)?.a, pairOf(membership)?.b])
        .sort(),
      below: below(path)
        .map(({ rule, binding }) => [rule.key, ...binding])
        .sort(),
      waived: [waivesMissing('a', path), waivesMissing('b', path)],
    });
    assert.equal(said(narrow), said(whole), path);
  }
});

test('of many pairs it only reads those for the paths', () => {
  const many = Array.from({ length: 3000 }, (_, at) => ({ a: `src/${at}`, b: `lib/${at}/copy` }));
  const cached = () => new CachedManifest(Buffer.from(formatCachedManifest(manifest({ pairs: many })) ?? '', 'latin1'));
  const keys = (paths: string[]) =>
    cached()
      .narrow(paths.map(pathFromText))
      .pairs.map(({ a }) => a.text);
  assert.equal(keys(['src/1', 'lib/2999/copy/f', 'src/17/x/y', 'none']), ['src/1', 'src/17', 'src/2999']);
  assert.equal(keys(['lib/100']), ['src/100']);
  assert.is(keys(['lib']).length, 3000);
  assert.equal(keys([]), []);
});

test('a text that is truncated, or differs from its sorted lines, is damaged', () => {
  const text = formatCachedManifest(manifest(document)) ?? '';
  for (const length of [0, 10, text.length - 1]) {
    assert.throws(
      () => new CachedManifest(Buffer.from(text.slice(0, length), 'latin1')),
      (error: unknown) => error instanceof DamagedCache,
    );
  }
  for (const [from, to] of [
    ['"segments":["a"]', '"segments":["q"]'],
    ['{"a":{"text":"a"', '{"a":("text":"a"'],
  ] as const) {
    const damaged = new CachedManifest(Buffer.from(text.replace(from, to), 'latin1'));
    assert.throws(
      () => damaged.narrow([pathFromText('a')]),
      (error: unknown) => error instanceof DamagedCache,
    );
  }
});

test('if too many declarations apply to every path there is no text', () => {
  const aliases = Object.fromEntries(Array.from({ length: 2001 }, (_, at) => [`one/${at}`, `two/${at}`]));
  assert.is(formatCachedManifest(manifest({ pairs: [], aliases })), undefined);
});

test.run();
