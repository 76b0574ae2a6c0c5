import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseManifest } from '../../../src/manifest/parse.js';
import type { Manifest } from '../../../src/manifest/types.js';
import { findUnguarded } from '../../../src/manifest/unguarded.js';

const test = suite("what the working tree's manifest pairs and the judged one does not");

function manifest(parts: object): Manifest {
  const text = JSON.stringify({ pairs: [], fix_direction: 'live_to_submodule', ...parts });
  const result = parseManifest(Buffer.from(text));
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.manifest;
}

const DOCS = { a: 'docs', b: 'web' };
const TYPES = { a: 'api/types.ts', b: 'app/types.ts' };
const MEANT = { a: 'docs/x', b: 'web/x', exception: 'meant' };
const OTHER = { a: 'docs/x', b: 'web/y', exception: 'another name' };

const ROWS: readonly (readonly [string, object, object | undefined, readonly string[]])[] = [
  ['the same', { pairs: [DOCS] }, { pairs: [DOCS] }, []],
  ['no judged manifest', { pairs: [DOCS, TYPES] }, undefined, ['docs -> web', 'api/types.ts -> app/types.ts']],
  ['no judged manifest, and no pairs', {}, undefined, []],
  ['a new pair', { pairs: [DOCS, TYPES] }, { pairs: [DOCS] }, ['api/types.ts -> app/types.ts']],
  ['a pair fewer', { pairs: [DOCS] }, { pairs: [DOCS, TYPES] }, []],
  ['another order, other manners', { pairs: [{ a: './docs/', b: 'web/' }] }, { pairs: [DOCS] }, []],
  ['the two sides changed', { pairs: [{ a: 'web', b: 'docs' }] }, { pairs: [DOCS] }, ['web -> docs']],
  ['an exclude fewer', { pairs: [DOCS] }, { pairs: [{ ...DOCS, exclude: ['x'] }] }, ['docs -> web']],
  ['an exclude more', { pairs: [{ ...DOCS, exclude: ['x'] }] }, { pairs: [DOCS] }, []],
  ['a new alias', { aliases: { 'docs/a': 'web/b' } }, {}, ['docs/a -> web/b']],
  ['a new exception', { pairs: [DOCS], aliases: [MEANT] }, { pairs: [DOCS] }, []],
  ['an exception fewer', { pairs: [DOCS] }, { pairs: [DOCS], aliases: [MEANT] }, ['docs/x -> web/x']],
  ['an exception fewer, of two that no pair holds equal', { pairs: [DOCS] }, { pairs: [DOCS], aliases: [OTHER] }, []],
  [
    'an exception that became an alias',
    { aliases: { 'a/x': 'b/x' } },
    { aliases: [{ ...MEANT, a: 'a/x', b: 'b/x' }] },
    ['a/x -> b/x'],
  ],
];

for (const [what, working, judged, keys] of ROWS) {
  test(what, () => assert.equal(findUnguarded(manifest(working), judged && manifest(judged)), keys));
}

test.run();
