// The fast paths against the full check: over random changes, the caches change no result.

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hook, repo, setUp, stage, startsOfNode, tearDown } from '../support/guarded.js';
import type { Result } from '../support/repo.js';

const test = suite('the glance');
const ROUNDS = 10;
const PLACES = [
  'live',
  'release',
  'live/deep',
  'release/deep',
  'r/one',
  'p/one/src',
  'r/two',
  'p/two/src',
  'fan/x',
  'top',
];
const NAMES = ['a', 'old', 'new', 'skip.md', 'alone.md', 'LICENSE', 'é "q"\n', ':(top)'];
let seed = 20251125;

test.before.each(setUp);
test.after.each(tearDown);

function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % below;
}

function pick<Item>(items: readonly Item[]): Item {
  return items[random(items.length)] as Item;
}

function isAnsweredAlike(told: string): Result {
  rmSync(repo.path('.git/dos-sync'), { recursive: true, force: true });
  const whole = hook();
  const fast = hook();
  assert.equal([fast.code, fast.stderr], [whole.code, whole.stderr], told);
  return whole;
}

function changeSome(kinds: readonly string[], oid: string): string {
  const changes = Array.from({ length: 1 + random(3) }, () => {
    const [place, name] = [pick(PLACES), pick(NAMES)];
    const twin = place.replace(/^live/, 'release').replace(/^r\/(\w+)/, 'p/$1/src');
    const targets = random(3) === 0 ? [place] : [place, twin];
    const line = `${pick(kinds)} ${oid}`;
    return targets.map((each) => `${random(5) === 0 ? `0 ${'0'.repeat(40)}` : line}\t${each}/${name}\0`).join('');
  }).join('');
  const { status } = spawnSync('git', ['update-index', '--replace', '-z', '--index-info'], {
    cwd: repo.top,
    input: changes,
  });
  assert.is(status, 0, changes);
  return changes;
}

test('random changes get the same answer as without it', () => {
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release', exclude: ['skip.md'] },
      { a: 'r/{N}', b: 'p/{N}/src' },
      { a: 'top/LICENSE', b: 'fan/{x}/LICENSE' },
      { a: '~/outside', b: 'top/é' },
    ],
    aliases: { 'live/old': 'release/new', 'live/deep/a': { b: 'release/deep/a', exception: 'differs' } },
    live_only: ['live/**/alone.md'],
  });
  repo.settle();
  const blobs = ['1\n', '2\n'].map((text) =>
    spawnSync('git', ['hash-object', '-w', '--stdin'], { cwd: repo.top, input: text }),
  );
  const oids = blobs.map(({ stdout }) => stdout.toString().trim());
  const seen = { free: 0, clean: 0, blocked: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const kinds = random(4) === 0 ? ['100755', '120000'] : ['100644'];
    const told = changeSome(
      random(8) === 0 ? ['160000'] : kinds,
      random(8) === 0 ? repo.git('rev-parse', 'HEAD').trim() : pick(oids),
    );
    const before = startsOfNode();
    const { code } = isAnsweredAlike(`${round}: ${told}`);
    if (startsOfNode() === before + 1) seen.free += 1;
    else if (code === 0) seen.clean += 1;
    else seen.blocked += 1;
    repo.git(
      ...(code === 0 || random(3) === 0
        ? ['commit', '-qm', 'x', '--no-verify', '--allow-empty']
        : ['read-tree', 'HEAD']),
    );
  }
  assert.ok(Math.min(seen.free, seen.clean, seen.blocked) > 0, JSON.stringify(seen));
});

test('half of the staged changes that the sh had seen never count as all', () => {
  stage('live/a', '2\n');
  const program = [resolve('dist/hook.cjs'), 'hook', 'pre-commit', '--staged-on-stdin'];
  for (const input of ['', ':100644', 'end', 'end\n'])
    assert.is(repo.run(process.execPath, program, { input }).code, 1);
});

function gitsOfHook(): number {
  const trace = repo.path('.git/trace');
  rmSync(trace, { force: true });
  repo.env['GIT_TRACE'] = trace;
  const { code, stderr } = hook();
  delete repo.env['GIT_TRACE'];
  assert.is(code, 0, stderr);
  return readFileSync(trace, 'utf8').match(/trace: built-in: git /g)?.length ?? 0;
}

test('a commit of other files takes two processes of git; one of both sides one Node more, one of a side a third git', () => {
  stage('readme', 'other\n');
  const before = startsOfNode();
  assert.is(gitsOfHook(), 2);
  assert.is(startsOfNode(), before);
  stage('live/a', '2\n');
  stage('release/a', '2\n');
  assert.is(gitsOfHook(), 2);
  assert.is(startsOfNode(), before + 1);
  // As a commit that skips the hook leaves it: the other side is in HEAD.
  repo.git('commit', '-qm', 'both', '--no-verify');
  stage('live/a', '3\n');
  repo.git('commit', '-qm', 'one', '--no-verify');
  stage('release/a', '3\n');
  assert.is(gitsOfHook(), 3);
  assert.is(startsOfNode(), before + 2);
});

test.run();
