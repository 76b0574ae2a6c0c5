// A repository with a pair whose copy is in a submodule.

import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from './repo.js';

/** The repository of the running test, and the one that its submodule is from. */
export let repo: Repo;
export let origin: Repo;

export function setUpSubmodule(test: Test): void {
  test.before.each(() => {
    origin = new Repo().write('skills/a.md', '1\n').write('skills/b.md', '1\n').write('other', '1\n');
    origin.settle();
    repo = new Repo();
    repo.git('submodule', '--quiet', 'add', origin.top, 'rel/v1');
    repo.manifest({ pairs: [{ a: 'live', b: 'rel/v1/skills' }] });
    repo.write('live/a.md', '1\n').write('live/b.md', '1\n').settle();
    repo.hooks();
  });
  test.after.each(() => {
    repo.remove();
    origin.remove();
  });
}

interface Row {
  readonly relative_path: string;
  readonly status: string;
  readonly reason?: string;
}

const SCOPES = { worktree: [], staged: ['--staged'], commit: ['--commit', 'HEAD'] } as const;
export const ALL = ['worktree', 'staged', 'commit'] as const;

export function verdicts(...scopes: (keyof typeof SCOPES)[]): string[] {
  const results = scopes.map((scope) => {
    const { stdout, stderr } = repo.dosSync('check', '--json', ...SCOPES[scope]);
    assert.is.not(stdout, '', stderr);
    const { files } = JSON.parse(stdout) as { files: Row[] };
    return files
      .map(({ relative_path, status, reason }) => `${relative_path}: ${status}${reason ? ` ${reason}` : ''}`)
      .sort();
  });
  for (const result of results) assert.equal(result, results[0]);
  return results[0] ?? [];
}

export function sub(...args: string[]): string {
  return repo.git('-C', 'rel/v1', ...args);
}

export function commitInside(name: string, content: string): void {
  repo.write(`rel/v1/${name}`, content);
  sub('add', '-A');
  sub('commit', '-q', '--no-verify', '-m', `change ${name}`);
}
