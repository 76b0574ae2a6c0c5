// A repository with the installed hook, and a remote, for tests of real pushes.

import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { pairedRepo, Repo, type Result } from './repo.js';

/** The repository and the remote of the running test. */
export let repo: Repo;
export let remote: Repo;

export function setUpPushes(test: Test): void {
  let template: Repo;
  test.before(() => {
    template = pairedRepo();
    template.dosSync('install', '--native');
    template.git('remote', 'add', 'origin', '../remote.git');
  });
  test.before.each(() => {
    repo = template.copy();
    remote = new Repo(['--bare']);
    repo.git('config', 'remote.origin.url', remote.top);
  });
  test.after.each(() => {
    repo.remove();
    remote.remove();
  });
  test.after(() => template.remove());
}

/** Takes two others for this test. */
export function exchange(otherRepo: Repo, otherRemote: Repo): void {
  repo.remove();
  remote.remove();
  [repo, remote] = [otherRepo, otherRemote];
}

export const push = (...args: string[]): Result => repo.tryGit('push', '-q', ...args);

/** A push without checks: it sets up the remote. */
export function publish(...args: string[]): void {
  repo.git('push', '-q', '--no-verify', ...args);
}

/** Commits only the live side, past the hooks. */
export function drift(text: string): string {
  repo.write('live/skill.md', text).settle();
  return repo.git('rev-parse', 'HEAD').trim();
}

export function passes(result: Result): void {
  assert.equal(result, { code: 0, stdout: '', stderr: '' });
}
