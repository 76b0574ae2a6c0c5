// A repository with the real hooks and one pair, and a `node` that records each of its starts.

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { Repo, type Result } from './repo.js';

export const PAIR = { a: 'live', b: 'release' };
/** The repository of the current test. */
export let repo: Repo;
/**
 * Outside the repository: contains the `node` that the hook finds first, which records each start.
 */
export let bin: string;

export function setUp(): void {
  bin = mkdtempSync(join(tmpdir(), 'bin-'));
  writeFileSync(join(bin, 'node'), `#!/bin/sh\necho >>'${bin}/starts'\nexec '${process.execPath}' "$@"\n`);
  chmodSync(join(bin, 'node'), 0o755);
  repo = guarded(new Repo());
  repo.manifest({ pairs: [PAIR] });
  repo.write('live/a', '1\n').write('release/a', '1\n').write('readme', '1\n').settle();
  commit('the first one leaves the guard');
}

export function tearDown(): void {
  repo.remove();
  rmSync(bin, { recursive: true });
}

function guarded(fresh: Repo): Repo {
  fresh.env['PATH'] = `${bin}:${process.env['PATH']}`;
  assert.is(fresh.dosSync('install', '--native').code, 0);
  return fresh;
}

export function startsOfNode(): number {
  const notes = join(bin, 'starts');
  return existsSync(notes) ? readFileSync(notes, 'utf8').length : 0;
}

let edits = 0;

/** Edits the readme, which is in no pair, and commits everything staged, or what `more` says. */
export function commit(message = 'next', more: readonly string[] = []): Result {
  edits += 1;
  repo.write('readme', `${edits}\n`).git('add', 'readme');
  return repo.tryGit('commit', '-q', '-m', message, ...more);
}

/** Asserts that the work passes without starting Node. */
export function isFree(work: () => Result): void {
  const before = startsOfNode();
  const { code, stderr } = work();
  assert.is(code, 0, stderr);
  assert.is(stderr, '');
  assert.is(startsOfNode(), before, 'Node was started');
}

/** Asserts that the work is checked in full, and passes. */
export function isChecked(work: () => Result): void {
  const before = startsOfNode();
  const { code, stderr } = work();
  assert.is(code, 0, stderr);
  assert.ok(startsOfNode() > before, 'Node was not started');
}

/** Asserts that the work is checked in full, and blocked. */
export function isBlocked(work: () => Result, words = 'would leave'): void {
  const { code, stderr } = work();
  assert.is(code, 1, stderr);
  assert.ok(stderr.includes(words), stderr);
}

export function stage(name: string, content: string): void {
  repo.write(name, content).git('add', name);
}

/** The hook's result if it runs as git runs it. */
export function hook(): Result {
  return repo.run('.git/hooks/pre-commit', []);
}
