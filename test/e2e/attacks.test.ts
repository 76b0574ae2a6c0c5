// What a repository can try against a user who checks it out: each line of the threat model about
// reading and writing.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTree } from '../faults/oracle.js';
import { gitInBetween } from '../support/git-in-between.js';
import { CLI, pairedRepo, Repo } from '../support/repo.js';

const test = suite('attacks');
let repo: Repo;
/** Beside the repository: a change here was written outside. */
let outside: string;

test.before.each(() => {
  repo = pairedRepo();
  outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'skill.md'), 'nobody writes here\n');
});
test.after.each(() => {
  repo.remove();
  rmSync(outside, { recursive: true });
});

const canary = () => join(outside, 'canary');
const unchanged = () => assert.equal([...readTree(outside).keys()], ['skill.md']);
const allCommands = () => [
  repo.dosSync('check'),
  repo.dosSync('check', '--staged', '--full'),
  repo.dosSync('fix'),
  repo.dosSync('fix', '--staged'),
  repo.dosSync('hook', 'pre-commit'),
];

/** Stages a file, not on disk, that git's protections would reject. */
function stageUnprotected(path: string, content: string): void {
  const oid = repo.run('git', ['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
  const open = ['-c', 'core.protectHFS=false', '-c', 'core.protectNTFS=false'];
  repo.git(...open, 'update-index', '--add', '--cacheinfo', `100644,${oid},${path}`);
}

test('T4: a name that some system takes for .git is not written, in the index or beside it', () => {
  for (const name of ['git~1/config', '.g\u200cit/config', '.git./config']) {
    stageUnprotected(`live/${name}`, 'x\n');
    const before = repo.git('ls-files', '--stage');
    const { code, stderr } = repo.dosSync('fix', '--staged');
    assert.is(code, 2, `${name}: ${stderr}`);
    assert.match(stderr, "git's own directory");
    assert.is(repo.git('ls-files', '--stage'), before);
    assert.not.ok(repo.exists(`release/${name}`));
    repo.git('reset', '-q');
  }
});

test('T5: a tracked directory that is a bare repository brings no configuration into force', () => {
  for (const name of ['HEAD', 'config', 'objects/x', 'refs/x']) repo.write(`live/${name}`, '');
  repo.write('live/HEAD', 'ref: refs/heads/main\n');
  const command = `touch '${canary()}'; false`;
  repo.write('live/config', `[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = "${command}"\n`);
  repo.git('add', '-A');
  allCommands();
  for (const words of [['check'], ['fix'], ['hook', 'pre-commit']]) {
    repo.run(process.execPath, [CLI, ...words], { cwd: 'live' });
  }
  unchanged();
});

test('T6: a git among the content is not started, whatever PATH says', () => {
  for (const place of ['node_modules/.bin', '.', 'live']) {
    repo.write(`${place}/git`, `#!/bin/sh\ntouch '${canary()}'\nexit 0\n`);
    chmodSync(repo.path(`${place}/git`), 0o755);
    for (const entry of [place, repo.path(place), '']) {
      repo.env['PATH'] = `${entry}${delimiter}${process.env['PATH']}`;
      for (const words of [['check'], ['fix'], ['hook', 'pre-commit']]) {
        spawnSync(process.execPath, [CLI, ...words], { cwd: repo.top, env: { ...process.env, ...repo.env } });
      }
    }
  }
  unchanged();
});

test('T7: a tracked symlink above a target is not followed', () => {
  repo.git('rm', '-q', '-r', 'release');
  symlinkSync(outside, repo.path('release'));
  repo.write('live/skill.md', 'two\n').git('add', '-A');
  for (const { code } of allCommands()) assert.is.not(code, 0);
  assert.is(readFileSync(join(outside, 'skill.md'), 'utf8'), 'nobody writes here\n');
  unchanged();
});

test('T7: a directory that is swapped for a symlink while the fix runs leads nowhere', () => {
  repo.write('live/skill.md', 'two\n');
  const [top, kept] = [repo.path('release'), repo.path('release-moved')];
  const swap = `[ -h '${top}' ] || { mv '${top}' '${kept}'; ln -s '${outside}' '${top}'; }`;
  for (const word of ['check-attr', 'hash-object', '--filters', 'cat-file']) {
    const restore = gitInBetween(repo, word, swap);
    const { code, stderr } = repo.dosSync('fix');
    restore();
    assert.is(code, 2, `${word}: ${stderr}`);
    assert.is(readFileSync(join(outside, 'skill.md'), 'utf8'), 'nobody writes here\n');
    unchanged();
    rmSync(top);
    repo.run('mv', [kept, top]);
    assert.is(repo.dosSync('undo').code, 0);
    assert.equal([...readTree(top)].length, 1);
    assert.is(repo.read('release/skill.md'), 'one\n');
  }
});

test('T8: a target that is a second name of a file elsewhere is replaced, never written in place', () => {
  rmSync(repo.path('release/skill.md'));
  linkSync(join(outside, 'skill.md'), repo.path('release/skill.md'));
  repo.write('live/skill.md', 'two\n').git('add', '-A');
  assert.is(repo.dosSync('fix', '--from', 'a', 'live/skill.md').code, 0);
  assert.is(repo.read('release/skill.md'), 'two\n');
  assert.is(readFileSync(join(outside, 'skill.md'), 'utf8'), 'nobody writes here\n');
});

test('T9: names that look like options or pathspecs are names', () => {
  const names = [`--upload-pack=touch ${canary()}`, '-x', ':(exclude)x', ':!x', '--', '*', '--index-info'];
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: '--upload-pack=touch x', b: '-x' },
      { a: ':(exclude)p', b: ':(top)q' },
    ],
  });
  for (const name of names) repo.write(`live/${name}`, name);
  repo.write('--upload-pack=touch x', '1').write(':(exclude)p', '2').git('--literal-pathspecs', 'add', '-A');
  repo.write('bystander', 'untracked\n');
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.git('status', '--porcelain', '--', 'bystander'), '?? bystander\n');
  assert.is(repo.dosSync('fix', '--staged').code, 0);
  for (const name of names) assert.is(repo.read(`release/${name}`), name);
  assert.is(repo.read('-x'), '1');
  assert.is(repo.read(':(top)q'), '2');
  assert.is(repo.dosSync('check').code, 0);
  unchanged();
});

test('T10: what .gitmodules names and where it points is never used', () => {
  const url = `ext::sh -c "touch '${canary()}'"`;
  repo.write(
    '.gitmodules',
    `[submodule "../../outside"]\n\tpath = release/sub\n\turl = ${url}\n\tupdate = !touch '${canary()}'\n`,
  );
  repo.git('config', 'protocol.ext.allow', 'always');
  const head = repo.git('rev-parse', 'HEAD').trim();
  repo.git('update-index', '--add', '--cacheinfo', `160000,${head},live/sub`);
  repo.git('add', '.gitmodules');
  allCommands();
  unchanged();
});

test('T11: in a partial clone nothing is fetched; ids compare, and a missing blob is never staged', () => {
  repo.git('config', 'uploadpack.allowFilter', 'true');
  repo.write('live/skill.md', 'only there\n').settle();
  const clone = new Repo();
  try {
    clone.git('remote', 'add', 'origin', `file://${repo.top}`);
    clone.git('fetch', '-q', '--filter=blob:none', 'origin');
    clone.git('config', 'remote.origin.promisor', 'true');
    clone.git('config', 'remote.origin.partialCloneFilter', 'blob:none');
    clone.git('update-ref', 'HEAD', 'origin/main');
    clone.git('read-tree', 'HEAD');
    const manifest = repo.git('cat-file', 'blob', 'HEAD:.dos-sync-manifest.json');
    clone.run('git', ['hash-object', '-w', '--stdin'], { input: manifest });
    clone.git('config', 'remote.origin.uploadpack', `touch '${canary()}'; false`);
    // There is no working file, although it was not deleted.
    clone.git('update-index', '--skip-worktree', 'live/skill.md', 'release/skill.md');
    const before = clone.git('ls-files', '--stage');
    const check = clone.dosSync('check', '--staged');
    assert.is(check.code, 1, check.stderr);
    assert.match(check.stdout, '1 drifted');
    assert.is(clone.dosSync('fix', '--staged').code, 2);
    assert.is(clone.git('ls-files', '--stage'), before);
    unchanged();
  } finally {
    clone.remove();
  }
});

test('T12: no byte of a name acts on a terminal or a CI log', () => {
  const name = '\u001b[2K\rall in sync\u202e\n::error::x';
  repo.write(`live/${name}`, 'x').git('add', '-A');
  const results = [...allCommands(), repo.dosSync('undo', '--list'), repo.dosSync('undo')];
  for (const { stdout, stderr } of results) {
    assert.not.match(stdout + stderr, /[\u001b\r\u202e]|^::error::x/m);
  }
});

test('T14: hostile JSON is a clear error: depth, __proto__, a manifest that is a link or no file', () => {
  const manifest = '.dos-sync-manifest.json';
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const inherited = '{"__proto__": {"pairs": []}, "pairs": [], "fix_direction": "live_to_submodule"}';
  const refused = (words: RegExp): void => {
    const { code, stderr } = repo.dosSync('check');
    assert.is(code, 2);
    assert.match(stderr, words);
  };
  repo.write(manifest, deep);
  refused(/nested/);
  repo.write(manifest, inherited);
  refused(/__proto__/);
  rmSync(repo.path(manifest));
  symlinkSync(join(outside, 'skill.md'), repo.path(manifest));
  refused(/not a regular file/);
  rmSync(repo.path(manifest));
  assert.is(spawnSync('mkfifo', [repo.path(manifest)]).status, 0);
  refused(/not a regular file/);
});

test('T14: a staged symlink whose target is a manifest by its text is none', () => {
  const manifest = '.dos-sync-manifest.json';
  rmSync(repo.path(manifest));
  symlinkSync('{"pairs": [], "fix_direction": "live_to_submodule"}', repo.path(manifest));
  repo.git('add', manifest);
  for (const words of [
    ['check', '--staged'],
    ['hook', 'pre-commit'],
  ]) {
    const { code, stderr } = repo.dosSync(...words);
    assert.is(code, 2, words.join(' '));
    assert.match(stderr, /not a regular file/);
  }
});

test('T15: two targets that are one name where case does not count are not written there', () => {
  for (const [one, other] of [
    ['File', 'file'],
    ['stra\u00dfe', 'STRASSE'],
    ['\u00e9', 'e\u0301'],
  ] as const) {
    repo.git('config', 'core.ignoreCase', 'false');
    for (const name of [one, other]) stageUnprotected(`live/${name}`, name);
    repo.git('config', 'core.ignoreCase', 'true');
    const before = repo.git('ls-files', '--stage');
    const { code, stderr } = repo.dosSync('fix', '--staged');
    assert.is(code, 2, stderr);
    assert.match(stderr, 'core.ignorecase');
    assert.is(repo.git('ls-files', '--stage'), before);
    repo.git('reset', '-q');
  }
});

test('T16: an empty or absent side is never a source, and only what HEAD has is deleted', () => {
  repo.delete('live');
  mkdirSync(repo.path('live'));
  const before = repo.state();
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.state(), before);
  repo.write('release/skill.md', 'in no commit\n');
  assert.is(repo.dosSync('fix', '--delete', 'live/skill.md').code, 1);
  assert.is(repo.read('release/skill.md'), 'in no commit\n');
});

test('T16: a deletion of many files is asked for again', () => {
  for (let at = 0; at < 6; at += 1) repo.write(`live/f${at}`, `${at}`).write(`release/f${at}`, `${at}`);
  repo.settle();
  repo.delete('live');
  const before = repo.state();
  const { code, stdout } = repo.dosSync('fix', '--delete', 'live');
  assert.is(code, 1);
  assert.match(stdout, 'this would delete 7 files of 7 pairs; if that is intended, add --force');
  assert.is(repo.state(), before);
  assert.is(repo.dosSync('fix', '--delete', '--force', 'live').code, 0);
  assert.not.ok(repo.exists('release'));
});

test("T20: git's refusal of somebody else's repository is passed on, and no exception is made", () => {
  const config = repo.read('.git/config');
  repo.env['GIT_TEST_ASSUME_DIFFERENT_OWNER'] = '1';
  for (const { code, stderr } of allCommands()) {
    assert.is(code, 2);
    assert.match(stderr, 'dubious ownership');
  }
  assert.is(repo.read('.git/config'), config);
  assert.not.ok(existsSync(canary()));
});

test('R16: sides with different filters are not copied', () => {
  repo.write('.gitattributes', 'live/* filter=one\n').write('live/skill.md', 'two\n').git('add', '-A');
  for (const flags of [[], ['--staged']]) {
    const before = repo.state();
    const { code, stderr } = repo.dosSync('fix', ...flags);
    assert.is(code, 2, stderr);
    assert.match(stderr, 'different filters');
    assert.is(repo.state(), before);
  }
});

test('R17: a FIFO where a file should be is an error, and nothing waits for it', () => {
  rmSync(repo.path('release/skill.md'));
  assert.is(spawnSync('mkfifo', [repo.path('release/skill.md')]).status, 0);
  repo.write('live/skill.md', 'two\n');
  for (const words of [['check'], ['fix'], ['fix', '--from', 'a', 'live/skill.md']]) {
    const { code, stderr } = repo.dosSync(...words);
    assert.is(code, 2, stderr);
    assert.match(stderr, 'neither a file nor a symlink');
  }
});

test.run();
