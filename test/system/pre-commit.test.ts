// Under pre-commit, the framework, with its real program. Needs Debian's pre-commit.

import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { mustRun, newProject, packTarball, sh } from '../support/package.js';
import type { Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('pre-commit');

let tarball = '';

/** The same for the installed program: Debian 12 has 3.0, which has older names for the stages. */
function spelledForHere(repo: Repo, yaml: string): string {
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(sh(repo, 'pre-commit --version').stdout) ?? [])
    .slice(1)
    .map(Number);
  if (major > 3 || (major === 3 && minor >= 2)) return yaml;
  return yaml.replace(/stages: \[pre-/g, 'stages: [').replaceAll('3.2.0', '3.0.0');
}

test.before(() => {
  tarball = packTarball();
});
test.after(() => rmSync(dirname(tarball), { recursive: true, force: true }));
test.before.each((context) => {
  context.repo = newProject();
  context.repo
    .manifest({ pairs: [{ a: 'docs', b: 'web' }] })
    .write('docs/api.md', '1\n')
    .write('web/api.md', '1\n');
});
test.after.each(({ repo }) => repo.remove());

test('blocked, fixed, uninstalled', ({ repo }) => {
  mustRun(repo, `npm install --no-fund --no-audit --loglevel=error -D '${tarball}'`);
  repo.write('.pre-commit-config.yaml', 'repos: []\n');
  mustRun(repo, 'pre-commit install');
  const { code, stderr } = sh(repo, 'npx --no dos-sync install');
  assert.is(code, 1);
  assert.match(stderr, 'pre-commit manages the hooks of this repository. Add this to .pre-commit-config.yaml');
  const lines = stderr.split('\n').filter((line) => line.startsWith('    '));
  const config = `repos:\n${lines.map((line) => `${line.slice(4)}\n`).join('')}`;
  repo.write('.pre-commit-config.yaml', config);
  mustRun(repo, 'pre-commit install --hook-type pre-commit --hook-type pre-merge-commit');
  mustRun(repo, 'npx --no dos-sync install');
  mustRun(repo, 'git add -A && git commit -qm "set up"');
  const { notes } = JSON.parse(sh(repo, 'npx --no dos-sync doctor --json').stdout) as {
    notes: { level: string; says: string }[];
  };
  assert.equal(
    notes.filter(({ level }) => level === 'problem').map(({ says }) => says),
    [],
  );
  assert.match(notes.map(({ says }) => says).join('\n'), 'pre-commit manages the hooks; git runs the hooks in');

  repo.write('docs/api.md', '2\n');
  const blocked = sh(repo, 'git commit -qam change');
  assert.is(blocked.code, 1);
  assert.match(blocked.stderr + blocked.stdout, 'docs/api.md and its copy web/api.md differ.');
  mustRun(repo, 'git dos-sync fix && git commit -qam change');

  mustRun(repo, 'npx --no dos-sync uninstall');
  mustRun(repo, 'pre-commit uninstall --hook-type pre-commit --hook-type pre-merge-commit');
  repo.write('docs/api.md', '3\n');
  mustRun(repo, 'git commit -qam "one side"');
});

test('.pre-commit-hooks.yaml is one, and its hooks start what dos-sync has', ({ repo }) => {
  repo.write('hooks.yaml', spelledForHere(repo, readFileSync('.pre-commit-hooks.yaml', 'utf8')));
  mustRun(repo, 'pre-commit validate-manifest hooks.yaml');
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as { id: string; entry: string }[];
  assert.equal(
    hooks.map(({ id, entry }) => `${id}: ${entry}`),
    ['dos-sync: dos-sync-hook pre-commit', 'dos-sync-merge: dos-sync-hook pre-merge-commit'],
  );
});

test('from this repository, as pre-commit fetches and builds it: a commit and a merge are blocked', ({ repo }) => {
  // This repository's present files, also uncommitted ones; `language: node` builds the package in
  // a clone of it.
  const list = `git -C '${process.cwd()}' ls-files -z --cached --others --exclude-standard`;
  mustRun(repo, `mkdir source && ${list} | tar -C '${process.cwd()}' --null -T - -cf - | tar -C source -xf -`);
  const manifest = 'source/.pre-commit-hooks.yaml';
  repo.write(manifest, spelledForHere(repo, repo.read(manifest)));
  mustRun(repo, 'cd source && git init -q && git add -A && git commit -qm source && git tag v1');
  repo.write('.gitignore', 'node_modules\nsource\n');
  repo.write(
    '.pre-commit-config.yaml',
    `repos:\n- repo: ${repo.path('source')}\n  rev: v1\n  hooks:\n  - id: dos-sync\n  - id: dos-sync-merge\n`,
  );
  mustRun(repo, 'pre-commit install --hook-type pre-commit --hook-type pre-merge-commit');
  mustRun(repo, 'git add -A && git commit -qm "set up"');
  repo.write('docs/api.md', '2\n');
  const blocked = sh(repo, 'git commit -qam change');
  assert.is(blocked.code, 1);
  assert.match(blocked.stdout + blocked.stderr, 'docs/api.md and its copy web/api.md differ.');
  mustRun(repo, 'git checkout -q -- docs && git checkout -q -b side');
  repo.write('docs/api.md', 'side\n').write('docs/other.md', '1\n').settle();
  mustRun(repo, 'git checkout -q main');
  repo.write('web/other.md', '2\n').settle();
  const merged = sh(repo, 'git merge -q --no-edit side');
  assert.is(merged.code, 1, merged.stdout + merged.stderr);
  assert.match(merged.stdout + merged.stderr, 'other.md');
});

test.run();
