// A project whose hooks another manager runs: blocked, fixed, its bytes before and after.

import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { mustRun, newProject, Peers, packTarball, sh } from './package.js';
import type { Repo } from './repo.js';

export interface ManagedProject {
  repo: Repo;
  /** Adds the tarball and these packages as in a real project, in `directory`. */
  add: (names: readonly string[], directory?: string) => void;
  /** Installs a package only for this suite. @returns its node_modules. */
  peer: (name: string) => string;
}

/** A suite whose tests start with a project that declares the pair docs and web. */
export function suiteOfManaged(name: string): Test<ManagedProject> {
  const test = suite<ManagedProject>(name);
  let tarball = '';
  const peers = new Peers();
  test.before(() => {
    tarball = packTarball();
  });
  test.after(() => {
    peers.remove();
    rmSync(dirname(tarball), { recursive: true, force: true });
  });
  test.before.each((context) => {
    const repo = newProject();
    repo
      .manifest({ pairs: [{ a: 'docs', b: 'web' }] })
      .write('docs/api.md', '1\n')
      .write('web/api.md', '1\n');
    const add = (names: readonly string[], directory = '.'): void => {
      const install = 'npm install --no-fund --no-audit --loglevel=error -D';
      mustRun(repo, `cd '${directory}' && ${install} '${tarball}' ${names.join(' ')}`);
    };
    Object.assign(context, { repo, add, peer: peers.get });
  });
  test.after.each(({ repo }) => repo.remove());
  return test;
}

export function commitAll(repo: Repo): void {
  mustRun(repo, 'git add -A && git commit -qm "set up"');
}

/** Changes one side: the commit is blocked; after the fix it passes. */
export function blockedThenFixed(repo: Repo, cwd = '.', fix = 'git dos-sync fix'): void {
  repo.write(`${cwd}/docs/api.md`, `${Math.random()}\n`);
  const run = (command: string) => repo.run('sh', ['-c', command], { cwd });
  const blocked = run('git commit -qam change');
  assert.is(blocked.code, 1, blocked.stdout + blocked.stderr);
  assert.match(blocked.stdout + blocked.stderr, 'docs/api.md and its copy web/api.md differ.');
  const fixed = run(`${fix} && git commit -qam change`);
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
}

/** A commit of only one side passes. */
export function free(repo: Repo): void {
  repo.write('docs/api.md', `${Math.random()}\n`);
  mustRun(repo, 'git commit -qam "one side"');
}

/** Doctor's problems, without those of a graphical client. */
export function problems(repo: Repo): string[] {
  const { notes } = JSON.parse(sh(repo, 'npx --no dos-sync doctor --json').stdout) as {
    notes: { level: string; says: string }[];
  };
  return notes.filter(({ level }) => level === 'problem').map(({ says }) => says);
}

/** The indented lines of install's output. */
export function printed(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => `${line.slice(4)}\n`)
    .join('');
}

/** Every file that install could write: mode and digest of hooks, configuration and work tree. */
export function bytesOf(repo: Repo): readonly string[] {
  const places = 'find . .git/hooks .git/config -path "*/node_modules" -prune -o -path ./.git -prune -o';
  const listed = mustRun(repo, `${places} -type f -printf '%m %p\\n' | grep -vE ' \\./(docs|web)/' | sort`);
  return listed
    .trim()
    .split('\n')
    .map((line) => `${line} ${digestOf(readFileSync(repo.path(line.slice(line.indexOf(' ') + 1))))}`);
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}
