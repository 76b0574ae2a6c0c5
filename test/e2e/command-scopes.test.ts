// The command's machine-readable report in every shape of pair and scope, and from a subdirectory.

import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo, type Result } from '../support/repo.js';

const LIVE = 'live/skill.md';
const RELEASE = 'release/skill.md';
const MANIFEST = '.dos-sync-manifest.json';

const test = suite('the command, scope by scope');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

interface File {
  readonly pair: string;
  readonly relative_path: string;
  readonly status: string;
  readonly a_sha256?: string | null;
  readonly b_sha256?: string | null;
}

interface Report {
  readonly exit_code: number;
  readonly total_identical: number;
  readonly total_drift: number;
  readonly pair_counts: Readonly<Record<string, { identical: number; drift: number; missing: number }>>;
  readonly files: readonly File[];
}

/** The report; its exit code must be the program's. */
function json(...args: readonly string[]): Report {
  const { code, stdout, stderr } = repo.dosSync('check', '--json', ...args);
  assert.ok(stdout !== '', stderr);
  const report = JSON.parse(stdout) as Report;
  assert.is(report.exit_code, code);
  return report;
}

function inDirectory(cwd: string, ...args: readonly string[]): Result {
  return repo.run(process.execPath, [CLI, ...args], { cwd });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

test('pair_counts has every pair, as in the manifest, also one without files', () => {
  const pairs = [
    { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
    { a: 'skills/{Name}', b: 'packs/{Name}/src' },
    { a: 'docs', b: 'web' },
    { a: 'CLAUDE.md', b: 'AGENTS.md' },
  ];
  repo.manifest({ pairs, aliases: { 'one.txt': 'two.txt' } });
  repo.write('LICENSE', 'MIT').write('packages/x/LICENSE', 'MIT').write('packages/y/LICENSE', 'BSD');
  repo.write('skills/s/a.md', '1').write('packs/s/src/a.md', '1').write('CLAUDE.md', '1').write('AGENTS.md', '1');
  repo.write('one.txt', '1').write('two.txt', '2');
  const none = { identical: 0, drift: 0, missing: 0 };
  assert.equal(json().pair_counts, {
    'LICENSE -> packages/{pkg}/LICENSE': { ...none, identical: 1, drift: 1 },
    'skills/{Name} -> packs/{Name}/src': { ...none, identical: 1 },
    'docs -> web': none,
    'CLAUDE.md -> AGENTS.md': { ...none, identical: 1 },
    'one.txt -> two.txt': { ...none, drift: 1 },
  });
});

test("relative_path is below side a, a file pair's base name, and a fan-out's copy", () => {
  const pairs = [
    { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
    { a: 'live', b: 'release' },
    { a: 'docs/CLAUDE.md', b: 'AGENTS.md' },
  ];
  repo.manifest({ pairs }).write('LICENSE', '1').write('packages/x/LICENSE', '1');
  repo.write('live/sub/deep.md', '1').write('release/sub/deep.md', '1');
  repo.write('docs/CLAUDE.md', '1').write('AGENTS.md', '1');
  const paths = json().files.map(({ relative_path }) => relative_path);
  assert.equal(paths.sort(), ['CLAUDE.md', 'packages/x/LICENSE', 'skill.md', 'sub/deep.md']);
});

test('the digests are those of the scope: the working file, the staged blob, the commit', () => {
  const digest = (...args: string[]): unknown => json(...args).files.map((file) => file.a_sha256);
  repo.write(LIVE, 'committed\n').settle();
  repo.write(LIVE, 'staged\n').git('add', LIVE);
  repo.write(LIVE, 'working\n');
  assert.equal(digest(), [sha256('working\n')]);
  assert.equal(digest('--staged'), [sha256('staged\n')]);
  assert.equal(digest('--commit', 'HEAD'), [sha256('committed\n')]);
});

test('a symlink is digested by its target, and a file in sync has no digest', () => {
  repo.delete(LIVE);
  symlinkSync('../readme.md', repo.path(LIVE));
  repo.write('live/same.md', '1').write('release/same.md', '1');
  const files = new Map(json().files.map((file) => [file.relative_path, file]));
  assert.is(files.get('skill.md')?.a_sha256, sha256('../readme.md'));
  assert.is(files.get('skill.md')?.b_sha256, sha256('one\n'));
  assert.not('a_sha256' in (files.get('same.md') ?? {}));
});

test('--json --fix: stdout is the report of the state afterwards, and nothing else', () => {
  repo.write(LIVE, 'two\n');
  const fixed = json('--fix');
  assert.is(fixed.total_drift, 0);
  assert.is(fixed.total_identical, 1);
  assert.is(repo.read(RELEASE), 'two\n');
});

test('--json --fix --dry-run: the report of the present state, exit 1, nothing written', () => {
  repo.write(LIVE, 'two\n');
  const before = repo.state();
  assert.is(json('--fix', '--dry-run').total_drift, 1);
  assert.is(repo.state(), before);
});

test('--json with a fault: exit 2, the message on stderr, nothing on stdout', () => {
  repo.write(MANIFEST, '{');
  const { code, stdout, stderr } = repo.dosSync('check', '--json');
  assert.is(code, 2);
  assert.is(stdout, '');
  assert.match(stderr, `${MANIFEST}:1:`);
});

test('check --staged --fix stages the fix; the working file follows', () => {
  repo.write(LIVE, 'two\n').git('add', LIVE);
  assert.is(repo.dosSync('check', '--staged', '--fix').code, 0);
  assert.is(repo.show(`:${RELEASE}`), 'two\n');
  assert.is(repo.read(RELEASE), 'two\n');
});

test('a second fix changes nothing', () => {
  repo.write(LIVE, 'two\n').write('live/new.md', 'new\n');
  assert.is(repo.dosSync('fix').code, 0);
  const before = repo.state();
  const { code, stdout } = repo.dosSync('fix');
  assert.is(code, 0);
  assert.match(stdout, 'nothing to fix');
  assert.is(repo.state(), before);
});

test('a commit cannot be fixed, and two scopes are one too many: exit 2, nothing written', () => {
  repo.write(LIVE, 'two\n').settle();
  const before = repo.state();
  assert.is(repo.dosSync('check', '--commit', 'HEAD', '--fix').code, 2);
  assert.is(repo.dosSync('check', '--commit', 'HEAD', '--staged').code, 2);
  assert.is(repo.dosSync('check', '--dry-run').code, 2);
  assert.is(repo.dosSync('fix', '--from', 'b').code, 2);
  assert.is(repo.dosSync('fix', '--from', 'c', RELEASE).code, 2);
  assert.is(repo.state(), before);
});

test('check without --fix writes nothing, not even to the index', () => {
  repo.write(LIVE, 'two\n').write('live/new.md', 'new\n');
  chmodSync(repo.path(RELEASE), 0o755);
  const before = repo.state();
  for (const args of [[], ['--full'], ['--json'], ['--staged'], ['--commit', 'HEAD']]) repo.dosSync('check', ...args);
  assert.is(repo.state(), before);
});

test('fix from a subdirectory takes paths from there, and does not touch other pairs', () => {
  repo.write('live/other.md', 'one\n').write('release/other.md', 'one\n').settle();
  repo.write(LIVE, 'two\n').write('live/other.md', 'two\n');
  assert.is(inDirectory('live', 'fix', 'skill.md').code, 0);
  assert.is(repo.read(RELEASE), 'two\n');
  assert.is(repo.read('release/other.md'), 'one\n');
  assert.is(inDirectory('release', 'fix', '../live/other.md').code, 0);
  assert.is(repo.read('release/other.md'), 'two\n');
});

test('fix with a directory means every pair below it', () => {
  repo.write('live/a/x.md', '1').write('live/a/y.md', '2').write('live/b/z.md', '3');
  assert.is(repo.dosSync('fix', 'live/a').code, 0);
  assert.is(repo.read('release/a/x.md') + repo.read('release/a/y.md'), '12');
  assert.not(repo.exists('release/b/z.md'));
});

test('add from a subdirectory declares paths of the repository; ~ stays', () => {
  mkdirSync(repo.path('docs'));
  repo.write('docs/a.md', '1').write('web/a.md', '1');
  assert.is(inDirectory('docs', 'add', 'a.md', '../web/a.md').code, 0);
  assert.is(inDirectory('docs', 'add', '--missing', '~/notes', '../notes').code, 0);
  const { pairs } = JSON.parse(repo.read(MANIFEST)) as { pairs: unknown };
  assert.equal(pairs, [
    { a: 'live', b: 'release' },
    { a: 'docs/a.md', b: 'web/a.md' },
    { a: '~/notes', b: 'notes' },
  ]);
});

test('add refuses what the manifest would reject, and does not change its bytes', () => {
  const before = repo.state();
  for (const [a, b] of [
    ['release', 'live'],
    ['docs', 'release'],
    ['live', 'live/copy'],
    ['../x', 'y'],
    ['.git/hooks', 'y'],
    ['a/*', 'b'],
    [MANIFEST, 'copy.json'],
  ] as const) {
    assert.is(repo.dosSync('add', '--missing', a, b).code, 2, `${a} -> ${b}`);
  }
  assert.is(repo.state(), before);
});

test('colour follows FORCE_COLOR and NO_COLOR, and a pipe has none', () => {
  const colours = () => repo.dosSync('check', '--full').stdout.includes('\u001b[');
  assert.not(colours());
  repo.env['FORCE_COLOR'] = '1';
  assert.ok(colours());
  delete repo.env['FORCE_COLOR'];
  repo.env['NO_COLOR'] = '1';
  assert.not(colours());
});

test.run();
