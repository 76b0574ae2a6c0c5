// The cover of random manifests against real git: it matches every change that touches a pair.

import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pathFromBytes, type RepoPath } from '../../src/git/path.js';
import { parseManifest } from '../../src/manifest/parse.js';
import { buildRules } from '../../src/rules/build.js';
import { buildCover } from '../../src/rules/cover.js';
import type { Rules } from '../../src/rules/types.js';
import { Repo } from '../support/repo.js';

const test = suite('the cover of all pairs');
const ROUNDS = 60;
const NAMES = ['a', 'b', '[c]', 'é', 'a b', '\\'];
const SEGMENTS = ['a', 'b', '[c]', 'é', 'a b', '{N}', 'zz'];
const FLAGS = ['--cached', '--no-renames', '--ignore-submodules=none', '--ita-invisible-in-index'];
let repo: Repo;
let seed = 20240607;

test.before(() => {
  repo = new Repo();
});
test.after(() => repo.remove());

function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % below;
}

function pick<Item>(items: readonly Item[]): Item {
  return items[random(items.length)] as Item;
}

function randomPath(names: readonly string[]): string {
  return Array.from({ length: 1 + random(3) }, () => pick(names)).join('/');
}

function randomRules(): Rules {
  for (;;) {
    const pairs = Array.from({ length: 1 + random(2) }, () => ({ a: randomPath(SEGMENTS), b: randomPath(SEGMENTS) }));
    const parsed = parseManifest(Buffer.from(JSON.stringify({ pairs, fix_direction: 'live_to_submodule' })));
    if (parsed.ok) return buildRules(parsed.manifest);
  }
}

function git(args: readonly string[], input = '') {
  const { status, stdout } = spawnSync('git', args, { cwd: repo.top, input });
  return { status, stdout };
}

/** Random files, links and gitlinks; each replaces what is in its way. */
function stageSome(count: number, blob: string, commit: string): void {
  const lines = Array.from({ length: count }, () => {
    const path = randomPath(NAMES);
    if (random(4) === 0) return `0 ${'0'.repeat(40)}\t${path}\0`;
    const [mode, oid] = pick([
      ['100644', blob],
      ['100755', blob],
      ['120000', blob],
      ['160000', commit],
    ]);
    return `${mode} ${oid}\t${path}\0`;
  });
  assert.is(git(['update-index', '--replace', '-z', '--index-info'], lines.join('')).status, 0);
}

function isTouched(rules: Rules, path: RepoPath): boolean {
  return rules.lookUp(path).length > 0 || rules.below(path).length > 0;
}

test('a change at, below or above a side is always noticed, and others are not', () => {
  const blob = git(['hash-object', '-w', '--stdin'], 'x').stdout.toString().trim();
  const empty = git(['mktree']).stdout.toString().trim();
  const commit = git(['commit-tree', '-m', 'x', empty]).stdout.toString().trim();
  const other = git(['commit-tree', '-m', 'y', empty]).stdout.toString().trim();
  const seen = { touched: 0, free: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const rules = randomRules();
    stageSome(1 + random(8), blob, commit);
    const tree = git(['write-tree']).stdout.toString().trim();
    stageSome(1 + random(2), pick([blob, blob, empty]), pick([commit, other]));
    const names = git(['diff-index', '--name-only', '-z', ...FLAGS, tree])
      .stdout.toString('latin1')
      .split('\0');
    const touched = names.filter((name) => name !== '' && isTouched(rules, pathFromBytes(Buffer.from(name, 'latin1'))));
    const cover = ['--', ...(buildCover(rules.all) ?? []), ''].join('\n');
    const { status } = git(['diff-index', '--quiet', ...FLAGS, '--stdin', tree], cover);
    const told = `${JSON.stringify(rules.keys)} ${JSON.stringify(names)}\n${cover}`;
    if (touched.length > 0) assert.is(status, 1, told);
    else if (status === 0) seen.free += 1;
    if (touched.length > 0) seen.touched += 1;
  }
  assert.ok(seen.touched > 10 && seen.free > 10, JSON.stringify(seen));
});

test('a side that begins with a name is covered, and so is one that only a match of everything covers', () => {
  const rules = (pairs: readonly object[]) => {
    const parsed = parseManifest(Buffer.from(JSON.stringify({ pairs, fix_direction: 'live_to_submodule' })));
    assert.ok(parsed.ok);
    return parsed.ok ? buildRules(parsed.manifest).all : [];
  };
  assert.equal(buildCover(rules([{ a: 'x/y', b: '{N}/x' }])), [
    ':(top,glob)\\x',
    ':(top,literal)x/y',
    ':(top,glob)*',
    ':(top,glob)*/x',
    ':(top,glob)*/x/**',
  ]);
  assert.equal(buildCover(rules([])), []);
  assert.is(buildCover(rules(Array.from({ length: 150 }, (_, at) => ({ a: `a${at}`, b: `b${at}` })))), undefined);
});

test.run();
