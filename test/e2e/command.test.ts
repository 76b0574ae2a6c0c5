import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo } from '../support/repo.js';

const test = suite('git dos-sync');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('check: in sync, exit 0, one line; drift, exit 1, with the sentence and the command', () => {
  assert.equal(repo.dosSync('check'), { code: 0, stdout: 'in sync: 1 identical, 0 drifted, 0 missing\n', stderr: '' });
  repo.write('live/skill.md', 'two\n');
  const { code, stdout } = repo.dosSync('check');
  assert.is(code, 1);
  assert.is(
    stdout,
    [
      'out of sync: 0 identical, 1 drifted, 0 missing',
      'live/skill.md and its copy release/skill.md differ.',
      'live/skill.md has unstaged edits.',
      '  > npx dos-sync fix live/skill.md   # copies live/skill.md to release/skill.md',
      '',
    ].join('\n'),
  );
  assert.equal(repo.dosSync('check', '-q'), { code: 1, stdout: '', stderr: '' });
});

test('check: in colour the command is bold; without colour its line is plain', () => {
  repo.write('live/skill.md', 'two\n');
  repo.env['FORCE_COLOR'] = '1';
  const command = 'npx dos-sync fix live/skill.md';
  assert.match(repo.dosSync('check').stdout, `  > \u001b[1m${command}\u001b[22m`);
  repo.env['NO_COLOR'] = '1';
  assert.match(repo.dosSync('check').stdout, `  > ${command}   #`);
});

test('check with paths does not mention the pairs that they leave out', () => {
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'nowhere', b: 'nothing' },
    ],
  });
  assert.equal(repo.dosSync('check', 'live/skill.md').stdout, 'in sync: 1 identical, 0 drifted, 0 missing\n');
});

test('check --full: one row per file pair', () => {
  repo.write('live/skill.md', 'two\n').write('live/same.md', '1').write('release/same.md', '1');
  const { stdout } = repo.dosSync('check', '--full');
  assert.match(stdout, /^ {2}SYNCED +live\/same\.md -> release\/same\.md$/m);
  assert.match(stdout, /^ {2}DRIFT +live\/skill\.md -> release\/skill\.md \(content\)$/m);
});

test('check --json: the shape that programs rely on', () => {
  repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n');
  const { code, stdout } = repo.dosSync('check', '--json');
  assert.is(code, 1);
  const oid = (text: string) => repo.run('git', ['hash-object', '--stdin'], { input: text }).stdout.trim();
  assert.equal(JSON.parse(stdout), {
    schema_version: 1,
    report: 'check',
    exit_code: 1,
    total_identical: 0,
    total_drift: 1,
    total_missing: 1,
    total_unchecked: 0,
    total_exceptions: 0,
    pair_counts: { 'live -> release': { identical: 0, drift: 1, missing: 1 } },
    files: [
      {
        pair: 'live -> release',
        relative_path: 'skill.md',
        status: 'DRIFT',
        reason: 'content',
        a: 'live/skill.md',
        b: 'release/skill.md',
        a_oid: oid('two\n'),
        b_oid: oid('one\n'),
        a_sha256: sha256('two\n'),
        b_sha256: sha256('one\n'),
        stale_side: 'b',
        basis: 'moved',
        base_oid: oid('one\n'),
        since: null,
      },
      {
        pair: 'live -> release',
        relative_path: 'new.md',
        status: 'MISSING_B',
        a: 'live/new.md',
        b: 'release/new.md',
        a_oid: oid('new\n'),
        b_oid: null,
        a_sha256: sha256('new\n'),
        b_sha256: null,
        stale_side: 'b',
        basis: 'never-copied',
        base_oid: null,
        since: null,
      },
    ],
  });
});

test('check: the working tree, the staged state and a commit are three scopes', () => {
  repo.write('live/skill.md', 'two\n');
  assert.is(repo.dosSync('check').code, 1);
  assert.is(repo.dosSync('check', '--staged').code, 0);
  repo.git('add', '-A');
  assert.is(repo.dosSync('check', '--staged').code, 1);
  assert.is(repo.dosSync('check', '--commit', 'HEAD').code, 0);
  repo.settle();
  assert.is(repo.dosSync('check', '--commit', 'HEAD').code, 1);
  assert.is(repo.dosSync('check', '--commit', 'HEAD~1').code, 0);
});

test('check: paths narrow it, relative to the current directory', () => {
  repo.write('live/skill.md', 'two\n').write('live/same.md', '1').write('release/same.md', '1');
  assert.is(repo.dosSync('check', 'live/same.md').code, 0);
  assert.is(repo.dosSync('check', 'release/skill.md').code, 1);
  const inLive = (...args: string[]) => repo.run(process.execPath, [CLI, ...args], { cwd: 'live' });
  assert.is(inLive('check', 'same.md').code, 0);
  assert.is(inLive('check', '../release').code, 1);
  repo.git('config', 'alias.dos-sync', `!'${process.execPath}' '${CLI}'`);
  assert.is(repo.run('git', ['dos-sync', 'check', 'same.md'], { cwd: 'live' }).code, 0);
  assert.is(repo.run('git', ['dos-sync', 'check', 'skill.md'], { cwd: 'live' }).code, 1);
});

test('check --fix: the working tree is brought into sync, the index does not change; --dry-run prints the plan', () => {
  repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n');
  const before = repo.state();
  const planned = repo.dosSync('check', '--fix', '--dry-run');
  assert.is(planned.code, 1);
  assert.is(
    planned.stdout,
    'would copy  live/skill.md -> release/skill.md\nwould copy  live/new.md -> release/new.md\n',
  );
  assert.is(repo.state(), before);
  const { code, stdout } = repo.dosSync('check', '--fix');
  assert.is(code, 0, stdout);
  assert.is(repo.read('release/skill.md'), 'two\n');
  assert.is(repo.read('release/new.md'), 'new\n');
  assert.is(repo.show(':release/skill.md'), 'one\n');
  // Intent-to-add, so that `git commit -- release/new.md` finds it.
  assert.match(repo.status(), ' A release/new.md');
});

test('fix leaves a copy with edits of its own alone, by name, and exits 1', () => {
  repo.write('live/skill.md', 'two\n').write('release/skill.md', 'my own\n');
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 1);
  assert.match(stdout, 'skipped  release/skill.md: ');
  assert.match(stdout, 'npx dos-sync fix --from b release/skill.md');
  assert.is(repo.read('release/skill.md'), 'my own\n');
});

test('fix --from b uses the copy; unstaged edits of the source are replaced, stay readable, and return with undo', () => {
  repo.write('release/skill.md', 'my own\n');
  assert.is(repo.dosSync('fix', '--from', 'b').code, 2);
  assert.is(repo.dosSync('fix', '--from', 'b', 'release/skill.md').code, 0);
  assert.is(repo.read('live/skill.md'), 'my own\n');
  repo.write('live/skill.md', 'left\n').write('release/skill.md', 'right\n');
  const before = repo.state();
  assert.is(repo.dosSync('fix', '--staged', '--from', 'b', 'release/skill.md').code, 0);
  assert.is(repo.state(), before, 'the index is in sync, and unstaged edits stay');
  const { code, stdout } = repo.dosSync('fix', '--from', 'b', 'release/skill.md');
  assert.is(code, 0, stdout);
  assert.is(repo.read('live/skill.md'), 'right\n');
  const [, oid = ''] = /git cat-file -p ([0-9a-f]+)/.exec(stdout) ?? [];
  assert.is(repo.git('cat-file', '-p', oid), 'left\n');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read('live/skill.md'), 'left\n');
});

test('fix --delete follows a deletion; without it the pair is skipped', () => {
  repo.delete('live/skill.md');
  assert.is(repo.dosSync('fix').code, 1);
  assert.ok(repo.exists('release/skill.md'));
  assert.is(repo.dosSync('fix', '--delete').code, 0);
  assert.not(repo.exists('release/skill.md'));
  assert.not(repo.exists('release'));
});

test('fix carries symlinks and executable bits', () => {
  symlinkSync('skill.md', repo.path('live/link'));
  repo.write('live/run.sh', '#!/bin/sh\n').run('chmod', ['755', 'live/run.sh']);
  assert.is(repo.dosSync('fix').code, 0);
  repo.git('add', '-A');
  const modes = repo
    .git('ls-files', '--stage', 'release')
    .split('\n')
    .map((line) => line.split(/\s/))
    .map(([mode, , , name]) => `${name} ${mode}`);
  assert.equal(modes.slice(0, 3), ['release/link 120000', 'release/run.sh 100755', 'release/skill.md 100644']);
  assert.is(repo.dosSync('check').code, 0);
});

test('a fix never writes through a symlink in its way', () => {
  repo.write('elsewhere/keep.md', 'keep\n').write('live/deep/skill.md', 'deep\n');
  symlinkSync('../elsewhere', repo.path('release/deep'));
  const { code } = repo.dosSync('fix', 'live/skill.md', 'live/deep');
  assert.is.not(code, 0);
  assert.not(repo.exists('elsewhere/skill.md'));
});

test('init creates a staged manifest, and fails if there is one', () => {
  assert.is(repo.dosSync('init').code, 2);
  repo.git('rm', '-q', '.dos-sync-manifest.json');
  assert.is(repo.dosSync('init').code, 0);
  assert.match(repo.status(), 'M  .dos-sync-manifest.json');
  assert.is(repo.dosSync('check').code, 0);
});

test('add appends a pair and keeps the format', () => {
  const text =
    '{\n\t"fix_direction": "live_to_submodule",\n\t"pairs": [\n\t\t{ "a": "live", "b": "release" }\n\t]\n}\n';
  repo.write('.dos-sync-manifest.json', text).write('docs/a', '1').write('web/a', '1');
  assert.is(repo.dosSync('add', 'docs', 'web').code, 0);
  const edited = repo.read('.dos-sync-manifest.json');
  assert.is(edited, text.replace('"release" }\n', '"release" },\n\t\t{ "a": "docs", "b": "web" }\n'));
  assert.is(repo.dosSync('check', 'docs').code, 0);
  assert.is(repo.dosSync('add', 'live', 'release').code, 2);
  assert.is(repo.read('.dos-sync-manifest.json'), edited);
});

test('sync-check is an alias of check', () => {
  symlinkSync(CLI, repo.path('sync-check'));
  const { code, stdout } = repo.run(process.execPath, [repo.path('sync-check'), '--summary']);
  assert.is(code, 0);
  assert.match(stdout, 'in sync: 1 identical');
});

test('install, a blocked commit, uninstall', () => {
  repo.run('sh', ['-c', 'rm .git/hooks/pre-*']);
  assert.is(repo.dosSync('install').code, 0);
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1);
  assert.match(stderr, 'git dos-sync fix --staged live/skill.md');
  assert.is(repo.run('git', ['dos-sync', 'fix', '--staged', 'live/skill.md']).code, 0);
  repo.git('commit', '-q', '-m', 'next');
  assert.is(repo.dosSync('uninstall').code, 0);
  assert.not(repo.exists('.git/hooks/pre-commit'));
});

test.run();
