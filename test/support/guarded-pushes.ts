// A repository and a guarded server, for tests of real pushes over file://.

import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { pairedRepo, type Repo, type Result } from './repo.js';
import { guardedServer, serverState } from './server.js';

/** The repository and the server of the running test. */
export let repo: Repo;
export let server: Repo;

export function setUpGuardedPushes(test: Test): void {
  let template: Repo;
  let templateServer: Repo;
  test.before(() => {
    template = pairedRepo();
    template.run('rm', ['-r', '.git/hooks']);
    templateServer = guardedServer();
    template.git('push', '-q', `file://${templateServer.top}`, 'main');
  });
  test.before.each(() => {
    repo = template.copy();
    server = templateServer.copy();
    repo.git('remote', 'add', 'origin', `file://${server.top}`);
  });
  test.after.each(() => {
    repo.remove();
    server.remove();
  });
  test.after(() => {
    template.remove();
    templateServer.remove();
  });
}

/** Takes another server, and another repository, for this test. */
export function exchange(otherServer: Repo, otherRepo?: Repo): void {
  server.remove();
  server = otherServer;
  if (!otherRepo) return;
  repo.remove();
  repo = otherRepo;
}

export const push = (...args: string[]): Result => repo.tryGit('push', '-q', 'origin', ...args);

export function drift(text: string, name = 'live/skill.md'): string {
  repo.write(name, text).settle();
  return repo.git('rev-parse', 'HEAD').trim();
}

export function passes(result: Result): void {
  assert.equal(result, { code: 0, stdout: '', stderr: '' });
}

/** Rejected with this message, and the server keeps nothing of it. */
export function refused(words: string | RegExp, ...args: string[]): string {
  const before = serverState(server);
  const { code, stderr } = push(...args);
  assert.is(code, 1, stderr);
  assert.match(stderr, words);
  assert.is(serverState(server), before);
  return stderr;
}
