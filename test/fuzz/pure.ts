// Properties of the parts without a disk: the manifest, its paths, printed text.

import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import { pathFromBytes, pathFromText } from '../../src/git/path.js';
import { compileGlob } from '../../src/manifest/glob.js';
import { parseManifest } from '../../src/manifest/parse.js';
import { findPathProblem } from '../../src/manifest/path-rules.js';
import type { Manifest } from '../../src/manifest/types.js';
import { show } from '../../src/messages/show.js';
import { buildRules } from '../../src/rules/build.js';

export interface Property {
  readonly name: string;
  /** The number of runs in `npm test`. */
  readonly few: number;
  /** @throws the counterexample, if there is one. */
  readonly run: (runs: number, seed: number) => void | Promise<void>;
}

/** The time limit of each call, in milliseconds. */
const LONGEST = 5000;

// Parts of invalid paths; these code points are ignored by HFS+ or change the direction of text.
const PIECES = [
  ...['a', 'b', 'docs', 'x.md', '.git', '.GIT', 'git~1', '.git.', '.git ', '..', '.', '', '~', '*', '**', '?', '[x]'],
  ...['{Name}', '{n}', 'C:', 'a:b', '\\', '-x', '--', ':(top)', '#', '!', '\u0000', '\n', '\u200c', '.g\u200cit'],
  ...['\ufeff', '\u202e', 'é', 'e\u0301', 'ß', 'SS', '\ud800', '\udc00', '😀', 'CON', ' '],
];

const anyPath = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => pieces.join('/')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const goodPath = fc
  .array(fc.constantFrom('a', 'b', 'c', 'docs', '{Name}', 'x.md'), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join('/'));

const somePath = fc.oneof({ weight: 3, arbitrary: goodPath }, anyPath);

const pair = fc.record(
  { a: somePath, b: somePath, exclude: fc.array(somePath, { maxLength: 2 }) },
  { requiredKeys: ['a', 'b'] },
);

const manifest = fc.record(
  {
    pairs: fc.array(pair, { maxLength: 4 }),
    aliases: fc.oneof(fc.dictionary(somePath, somePath, { maxKeys: 2 }), fc.array(pair, { maxLength: 2 })),
    live_only: fc.array(somePath, { maxLength: 2 }),
    submodule_only: fc.array(somePath, { maxLength: 2 }),
    fix_direction: fc.constantFrom('live_to_submodule', 'submodule_to_live', 'up'),
    ['__proto__']: fc.constant({}),
  },
  { requiredKeys: ['pairs', 'fix_direction'] },
);

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json({ maxDepth: 20 }).map((text) => Buffer.from(text)),
  manifest.map((value) => Buffer.from(JSON.stringify(value))),
  manifest.chain((value) => {
    const text = JSON.stringify(value);
    return fc.nat({ max: text.length }).map((cut) => Buffer.from(text.slice(0, cut)));
  }),
  fc.nat({ max: 100_000 }).map((depth) => Buffer.from('['.repeat(depth))),
);

function parsed(bytes: Uint8Array): Manifest | undefined {
  const began = performance.now();
  const result = parseManifest(bytes);
  assert.ok(performance.now() - began < LONGEST, 'it took too long');
  if (result.ok) return result.manifest;
  assert.ok(result.problems.length > 0);
  for (const { line, column, message } of result.problems) assert.ok(line > 0 && column > 0 && message !== '');
  return undefined;
}

/** A second implementation, independent of the rules. */
function leaves(path: string): boolean {
  const bare = path.startsWith('~/') ? path.slice(2) : path;
  const ignorable = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
  return bare.split(/[/\\]/).some((segment) => {
    const plain = segment.replace(ignorable, '').toLowerCase();
    const stem = (plain.split(':')[0] ?? '').replace(/[. ]+$/, '');
    return segment === '..' || stem === '.git' || stem === 'git~1' || /[\u0000-\u001f\u007f]/.test(segment);
  });
}

function check(property: fc.IProperty<[never]> | fc.IProperty<unknown[]>, runs: number, seed: number): void {
  fc.assert(property as fc.IProperty<unknown[]>, { numRuns: runs, seed });
}

export const PURE: readonly Property[] = [
  {
    name: 'any bytes as a manifest: read, or refused with line and column',
    few: 1500,
    run: (runs, seed) =>
      check(
        fc.property(anyBytes, (bytes) => void parsed(bytes)),
        runs,
        seed,
      ),
  },
  {
    name: 'a manifest that is accepted names no path outside, and its index answers',
    few: 1500,
    run: (runs, seed) =>
      check(
        fc.property(manifest, anyPath, (value, path) => {
          const accepted = parsed(Buffer.from(JSON.stringify(value)));
          if (!accepted) return;
          for (const { a, b } of value.pairs) assert.not(leaves(a) || leaves(b), `${a} ${b}`);
          buildRules(accepted).lookUp(pathFromText(path));
        }),
        runs,
        seed,
      ),
  },
  {
    name: 'a path that is a way to leave is refused in every use',
    few: 3000,
    run: (runs, seed) =>
      check(
        fc.property(anyPath, fc.constantFrom('side', 'alias', 'glob', 'exclude'), (path, use) => {
          if (leaves(path)) assert.ok(findPathProblem(path, use as 'side'), JSON.stringify(path));
        }),
        runs,
        seed,
      ),
  },
  {
    name: 'a glob takes time that fits its length',
    few: 300,
    run: (runs, seed) =>
      check(
        fc.property(
          fc
            .array(fc.constantFrom('a*', '**', '*a', 'a?', '/'), { minLength: 1, maxLength: 60 })
            .map((all) => all.join('')),
          fc.nat({ max: 3000 }),
          (glob, length) => {
            const began = performance.now();
            compileGlob(glob)(pathFromText(`${'a'.repeat(length)}b`));
            assert.ok(performance.now() - began < LONGEST);
          },
        ),
        runs,
        seed,
      ),
  },
  {
    name: 'nothing that is shown acts on a terminal',
    few: 1500,
    run: (runs, seed) =>
      check(
        fc.property(
          fc.oneof(
            anyPath,
            fc.uint8Array().map((bytes) => pathFromBytes(bytes) as string),
          ),
          (text) => {
            assert.not.match(show(text), /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
          },
        ),
        runs,
        seed,
      ),
  },
];
