import { chmodSync, linkSync, symlinkSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('every verdict');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
});
test.after.each(() => repo.remove());

interface Row {
  readonly relative_path: string;
  readonly status: string;
  readonly reason?: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly a_bytes?: string;
}

const SCOPES = { worktree: [], staged: ['--staged'], commit: ['--commit', 'HEAD'] } as const;

/** `relative path: verdict` for each file pair, in each of these scopes, which must agree. */
function verdicts(...scopes: (keyof typeof SCOPES)[]): string[] {
  const results = scopes.map((scope) => {
    const { stdout, stderr, code } = repo.dosSync('check', '--json', ...SCOPES[scope]);
    assert.ok(code < 2 || stdout !== '', stderr);
    const { files } = JSON.parse(stdout) as { files: Row[] };
    return files
      .map(({ relative_path, status, reason }) => `${relative_path}: ${status}${reason ? ` ${reason}` : ''}`)
      .sort();
  });
  for (const result of results) assert.equal(result, results[0]);
  return results[0] ?? [];
}

const ALL = ['worktree', 'staged', 'commit'] as const;

test('SYNCED, DRIFT by content, mode and type, MISSING_A, MISSING_B, LIVE_ONLY, SUBMODULE_ONLY', () => {
  const lists = { live_only: ['x/**/*.local.md', 'x/draft'], submodule_only: ['y/LICENSE'] };
  repo.manifest({ pairs: [{ a: 'x', b: 'y' }], ...lists });
  repo.write('x/same', '1').write('y/same', '1').write('x/differs', '1').write('y/differs', '2');
  repo.write('x/only-a', '1').write('y/deep/only-b', '1');
  repo.write('x/mode', '1').write('y/mode', '1').write('x/type', '1');
  chmodSync(repo.path('y/mode'), 0o755);
  symlinkSync('elsewhere', repo.path('y/type'));
  repo.write('x/.hidden/a.local.md', '1').write('x/draft/deep/b', '1').write('y/LICENSE', '1');
  repo.write('x/both.local.md', '1').write('y/both.local.md', '2').settle();
  assert.equal(verdicts(...ALL), [
    '.hidden/a.local.md: LIVE_ONLY',
    'LICENSE: SUBMODULE_ONLY',
    'both.local.md: DRIFT content',
    'deep/only-b: MISSING_A',
    'differs: DRIFT content',
    'draft/deep/b: LIVE_ONLY',
    'mode: DRIFT mode',
    'only-a: MISSING_B',
    'same: SYNCED',
    'type: DRIFT type',
  ]);
});

test('EXCEPTION, with and without a pinned state', () => {
  repo.write('x/free', '1').write('y/free', '2').write('x/pinned', '1').write('y/pinned', '2');
  repo.write('x/lapsed', '1').write('y/lapsed', '2').write('x/gone', '1').git('add', '-A');
  const state = (name: string) => `100644 ${repo.git('rev-parse', `:${name}`).trim()}`;
  repo.manifest({
    pairs: [{ a: 'x', b: 'y' }],
    aliases: [
      { a: 'x/free', b: 'y/free', exception: 'it is meant' },
      { a: 'x/pinned', b: 'y/pinned', exception: 'for now', at: [state('x/pinned'), state('y/pinned')] },
      { a: 'x/lapsed', b: 'y/lapsed', exception: 'for now', at: [state('x/lapsed'), state('x/lapsed')] },
      { a: 'x/gone', b: 'y/gone', exception: 'not shipped', at: [state('x/gone'), null] },
    ],
  });
  repo.settle();
  assert.equal(verdicts(...ALL), ['free: EXCEPTION', 'gone: EXCEPTION', 'lapsed: DRIFT content', 'pinned: EXCEPTION']);
});

test('LINKED: a symlink that lands on the other side, itself or through a directory', () => {
  repo.manifest({
    pairs: [
      { a: 'CLAUDE.md', b: 'AGENTS.md' },
      { a: 'x', b: 'y' },
      { a: 'p', b: 'q/r' },
    ],
  });
  repo.write('AGENTS.md', '1').write('x/file', '1').write('p/file', '1').write('q/keep', '1');
  symlinkSync('AGENTS.md', repo.path('CLAUDE.md'));
  symlinkSync('x', repo.path('y'));
  symlinkSync('../p', repo.path('q/r'));
  repo.settle();
  assert.equal(verdicts(...ALL), ['CLAUDE.md: LINKED', 'file: LINKED', 'file: LINKED']);
});

test('LINKED: two names of one file in the working tree', () => {
  repo
    .manifest({ pairs: [{ a: 'x', b: 'y' }] })
    .write('x/file', '1')
    .write('y/keep', '1')
    .write('x/keep', '1');
  linkSync(repo.path('x/file'), repo.path('y/file'));
  repo.settle();
  assert.equal(verdicts('worktree'), ['file: LINKED', 'keep: SYNCED']);
});

test('UNCHECKED: a side outside the repository is inert', () => {
  repo.manifest({
    pairs: [
      { a: '~/.claude/skills/X', b: 'x' },
      { a: 'p', b: 'q' },
    ],
  });
  writeFileSync(`${process.env['HOME']}/secret`, 'secret');
  repo.write('x/file', '1').write('p', '1').write('q', '1').settle();
  assert.equal(verdicts(...ALL), ['file: UNCHECKED', 'p: SYNCED']);
  assert.is(repo.dosSync('check').code, 0);
});

test('an alias renames inside its pair, and the displaced names have no partner', () => {
  repo.manifest({ pairs: [{ a: 'x', b: 'y' }], aliases: { 'x/old.py': 'y/new.py' } });
  repo.write('x/old.py', '1').write('y/new.py', '1').settle();
  assert.equal(verdicts(...ALL), ['old.py: SYNCED']);
  repo.write('x/new.py', '2').write('y/old.py', '3').settle();
  assert.equal(verdicts(...ALL), ['new.py: MISSING_B', 'old.py: MISSING_A', 'old.py: SYNCED']);
});

test('{Name} on both sides pairs the names that exist on both', () => {
  repo.manifest({ pairs: [{ a: 'skills/{Name}', b: 'packs/{Name}/src', exclude: ['README.md'] }] });
  repo.write('skills/one/a', '1').write('packs/one/src/a', '2').write('packs/one/src/README.md', 'x');
  repo.write('skills/alone/a', '1').write('packs/other/src/a', '1').settle();
  assert.equal(verdicts(...ALL), ['a: DRIFT content']);
  repo.git('rm', '-q', '-r', 'packs/one/src/a');
  assert.equal(verdicts('worktree', 'staged'), ['a: MISSING_B']);
});

test('{Name} only on side b: every match is a copy, and a place without one is not', () => {
  repo.manifest({ pairs: [{ a: 'packages/core/LICENSE', b: 'packages/{pkg}/LICENSE' }] });
  repo.write('packages/core/LICENSE', '1').write('packages/x/LICENSE', '1').write('packages/y/LICENSE', '2');
  repo.write('packages/z/index.js', '1').settle();
  assert.equal(verdicts(...ALL), ['packages/x/LICENSE: SYNCED', 'packages/y/LICENSE: DRIFT content']);
});

test('names with spaces, quotes, line breaks, colons, hashes and bytes that are no UTF-8', () => {
  repo.manifest({ pairs: [{ a: 'x', b: 'y' }] });
  const names = ['a b', 'quote"d', "it's", 'new\nline', 'c:d', '#e', '-n', '~t', 'é', '*', '[x]', ':(top)f'];
  for (const name of names) repo.write(`x/${name}`, '1').write(`y/${name}`, '1');
  const raw = (side: string) => Buffer.concat([Buffer.from(`${repo.top}/${side}/`), Buffer.from([0x66, 0xff, 0xfe])]);
  writeFileSync(raw('x'), '1');
  writeFileSync(raw('y'), '2');
  repo.settle();
  const found = verdicts(...ALL);
  assert.is(found.length, names.length + 1);
  assert.equal(
    found.filter((row) => !row.endsWith('SYNCED')),
    ['f\ufffd\ufffd: DRIFT content'],
  );
  const { files } = JSON.parse(repo.dosSync('check', '--json').stdout) as { files: Row[] };
  const bytes = files.find(({ a_bytes }) => a_bytes !== undefined)?.a_bytes ?? '';
  assert.equal([...Buffer.from(bytes, 'base64')], [...Buffer.from('x/f'), 0xff, 0xfe]);
  for (const name of names) repo.write(`x/${name}`, '2').write(`y/${name}`, '2');
  writeFileSync(raw('y'), '1');
  assert.is(repo.dosSync('check').code, 0, repo.dosSync('check').stdout);
});

test('what a path holds is compared as git stores it, whatever the checkout does to line ends', () => {
  repo.write('.gitattributes', 'x/* text eol=crlf\ny/* text eol=lf\n');
  repo
    .manifest({ pairs: [{ a: 'x', b: 'y' }] })
    .write('x/f', '1\r\n2\r\n')
    .write('y/f', '1\n2\n')
    .settle();
  assert.equal(verdicts(...ALL), ['f: SYNCED']);
  repo.write('x/f', '1\r\n3\r\n');
  assert.equal(verdicts('worktree'), ['f: DRIFT content']);
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('y/f'), '1\n3\n');
  assert.is(repo.status(), ' M x/f\n M y/f\n');
});

test('a sha256 repository', () => {
  repo.remove();
  repo = new Repo(['--object-format=sha256']).hooks();
  repo
    .manifest({ pairs: [{ a: 'x', b: 'y' }] })
    .write('x/f', '1')
    .write('y/f', '2')
    .settle();
  assert.equal(verdicts(...ALL), ['f: DRIFT content']);
  repo.write('x/f', '3').git('add', '-A');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
});

test.run();
