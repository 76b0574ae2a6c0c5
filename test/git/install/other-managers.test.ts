// Managers that install does not know, and versions that it knows to be different.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type InstallReport, installHooks, uninstallHooks } from '../../../src/install/index.js';
import {
  exitWith,
  makeScratch,
  put,
  removeScratch,
  type Scratch,
  seen,
  snapshot,
  tryCommit,
} from '../../support/hooks.js';

const test = suite<{ s: Scratch }>('other managers');

test.before.each((context) => {
  context.s = makeScratch();
});
test.after.each(({ s }) => removeScratch(s));

function install(s: Scratch): Promise<InstallReport> {
  return installHooks({ cwd: s.top, program: s.program, node: process.execPath });
}

/** As yorkie, overcommit and captainhook write them. */
const UNKNOWN = [
  {
    name: 'yorkie',
    files: { 'package.json': '{ "gitHooks": { "pre-commit": "true" }, "devDependencies": { "yorkie": "2" } }\n' },
    hook: '#!/bin/sh\n#yorkie 2.0.0\ncommand_exists () {\n  command -v "$1" >/dev/null 2>&1\n}\ntrue\n',
  },
  {
    name: 'overcommit',
    files: { '.overcommit.yml': 'PreCommit:\n  ALL:\n    enabled: true\n' },
    hook: '#!/usr/bin/env perl\n# Entrypoint for Overcommit hook integration.\nexit 0;\n',
  },
  {
    name: 'captainhook',
    files: { 'captainhook.json': '{ "pre-commit": { "enabled": true, "actions": [] } }\n' },
    hook: '#!/bin/sh\n# installed by CaptainHook 5.0.0\ntrue\n',
  },
] as const;

for (const { name, files, hook } of UNKNOWN) {
  test(`${name}, which install does not know: only git's hooks are changed, and both run`, async ({ s }) => {
    for (const [file, text] of Object.entries(files)) put(join(s.top, file), text);
    put(join(s.top, '.git/hooks/pre-commit'), hook, 0o755);
    const hooks = snapshot(join(s.top, '.git/hooks'));
    const { mode } = await install(s);
    assert.is(mode, 'native');
    for (const [file, text] of Object.entries(files)) assert.is(readFileSync(join(s.top, file), 'utf8'), text);
    assert.is(tryCommit(s).code, 0);
    exitWith(s, 1);
    assert.is(tryCommit(s).code, 1);
    assert.is(seen(s).length, 2);
    await uninstallHooks({ cwd: s.top });
    assert.equal(snapshot(join(s.top, '.git/hooks')), hooks);
  });
}

const KNOWN = [
  { file: 'lefthook.yml', text: 'output:\n  - failure\n', says: /# lefthook 1\.10\.0 or newer/ },
  { file: '.pre-commit-config.yaml', text: 'repos: []\n', says: /minimum_pre_commit_version: 3\.2\.0/ },
] as const;

for (const { file, text, says } of KNOWN) {
  test(`${file}: the lines name the version that they need, and nothing is written`, async ({ s }) => {
    put(join(s.top, file), text);
    const before = snapshot(join(s.top, '.git/hooks'));
    const { mode, complete, notices } = await installWithPath(s, s.root);
    assert.equal([mode, complete], ['printed', false]);
    assert.match(notices.join('\n'), says);
    assert.is(readFileSync(join(s.top, file), 'utf8'), text);
    assert.equal(snapshot(join(s.top, '.git/hooks')), before);
  });
}

const PRE_COMMITS = [
  { version: '3.0.4', stages: ['commit', 'merge-commit'], minimum: false },
  { version: '3.2.0', stages: ['pre-commit', 'pre-merge-commit'], minimum: true },
  { version: '4.5.1', stages: ['pre-commit', 'pre-merge-commit'], minimum: true },
] as const;

for (const { version, stages, minimum } of PRE_COMMITS) {
  test(`pre-commit ${version}: the stages have the names that it knows`, async ({ s }) => {
    put(join(s.top, '.pre-commit-config.yaml'), 'repos: []\n');
    put(join(s.root, 'bin/pre-commit'), `#!/bin/sh\necho 'pre-commit ${version}'\n`, 0o755);
    const said = (await installWithPath(s, join(s.root, 'bin'))).notices.join('\n');
    assert.equal(
      [...said.matchAll(/stages: \[(.*)\]/g)].map(([, stage]) => stage),
      stages,
    );
    assert.is(said.includes('minimum_pre_commit_version'), minimum);
  });
}

test('a pre-commit of the repository is not asked for its version', async ({ s }) => {
  put(join(s.top, '.pre-commit-config.yaml'), 'repos: []\n');
  put(join(s.top, 'venv/pre-commit'), `#!/bin/sh\ntouch '${s.root}/ran'\necho 'pre-commit 3.0.4'\n`, 0o755);
  mkdirSync(join(s.root, 'bin'));
  symlinkSync(join(s.top, 'venv/pre-commit'), join(s.root, 'bin/pre-commit'));
  for (const directory of [join(s.top, 'venv'), join(s.root, 'bin')]) {
    const { notices } = await installWithPath(s, directory);
    assert.not.ok(existsSync(join(s.root, 'ran')), directory);
    assert.match(notices.join('\n'), 'minimum_pre_commit_version: 3.2.0');
  }
});

/** With this directory and git as all that PATH has: not this machine's pre-commit. */
async function installWithPath(s: Scratch, directory: string): Promise<InstallReport> {
  const { PATH = '' } = process.env;
  const programs = join(s.root, 'programs');
  mkdirSync(programs, { recursive: true });
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  if (!existsSync(join(programs, 'git'))) symlinkSync(git, join(programs, 'git'));
  process.env['PATH'] = [directory, programs].join(delimiter);
  try {
    return await install(s);
  } finally {
    process.env['PATH'] = PATH;
  }
}

/** husky 4 below the top: its hooks are git's own, and say where its package is. */
test('husky 4 of a package below the top: the lines are printed, its hooks stay', async ({ s }) => {
  put(join(s.top, 'web/package.json'), '{"devDependencies":{"husky":"^4.3.8"},"husky":{"hooks":{}}}');
  put(join(s.top, '.git/hooks/pre-commit'), '#!/bin/sh\n# husky\n\n. "$(dirname "$0")/husky.sh"\n', 0o755);
  put(join(s.top, '.git/hooks/husky.sh'), 'true\n');
  put(join(s.top, '.git/hooks/husky.local.sh'), 'packageManager=npm\ncd "web"\n');
  const before = snapshot(join(s.top, '.git/hooks'));
  const { mode, complete, notices } = await install(s);
  assert.equal([mode, complete], ['printed', false]);
  assert.match(notices.join('\n'), /Add this to web\/package\.json/);
  assert.equal(snapshot(join(s.top, '.git/hooks')), before);
});

test.run();
