// What a commit may change on one side: bits, types, names, deletions, new files. Each case ends
// with the printed command.

import { chmodSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Installation, printedCommand, printedCommands } from '../support/printed.js';
import { pairedRepo, type Repo, type Result } from '../support/repo.js';

const LIVE = 'live/skill.md';
const RELEASE = 'release/skill.md';
const PASSED = { code: 0, stdout: '', stderr: '' };

const test = suite('what a commit changes');
let repo: Repo;
let installation: Installation;

test.before.each(() => {
  repo = pairedRepo();
  installation = new Installation(repo);
});
test.after.each(() => {
  repo.remove();
  installation.remove();
});

function edit(path: string, content: string): void {
  repo.write(path, content).git('add', '--', path);
}

function commit(): Result {
  return repo.tryGit('commit', '-qm', 'next');
}

/**
 * Blocked; the printed command that contains `part` passes the same commit and leaves nothing over.
 */
function resolvedBy(part: string): Result {
  const before = repo.state();
  const refused = commit();
  assert.is(refused.code, 1, refused.stderr);
  assert.is(repo.state(), before);
  const command = printedCommand(refused, part);
  const fixed = repo.run('sh', ['-c', command]);
  assert.is(fixed.code, 0, `${command}\n${fixed.stdout}${fixed.stderr}`);
  assert.equal(commit(), PASSED);
  assert.is(repo.status(), '');
  return refused;
}

function mode(path: string): string {
  return repo.git('ls-files', '-s', '--', path).slice(0, 6);
}

test('a commit that restores an old drift passes silently', () => {
  repo.write(RELEASE, 'drifted\n').settle();
  edit(RELEASE, 'one\n');
  assert.equal(commit(), PASSED);
});

test('an unstaged edit of the copy does not make the staged side pass', () => {
  edit(LIVE, 'two\n');
  repo.write(RELEASE, 'two\n');
  assert.match(resolvedBy(`fix --staged ${LIVE}`).stderr, 'The working tree already has the fix');
});

test('of staged and unstaged edits of the live file, the staged one is copied and the other one stays', () => {
  edit(LIVE, 'two\n');
  repo.write(LIVE, 'three\n');
  assert.is(repo.run('sh', ['-c', printedCommand(commit(), 'fix --staged')]).code, 0);
  assert.equal(commit(), PASSED);
  assert.is(repo.show(`HEAD:${RELEASE}`), 'two\n');
  assert.is(repo.read(LIVE), 'three\n');
});

test('only the copy staged: the printed command uses it', () => {
  edit(RELEASE, 'two\n');
  const { stderr } = resolvedBy(`fix --staged --from b ${RELEASE}`);
  assert.match(stderr, 'release/skill.md is staged, but its source live/skill.md is not.');
  assert.is(repo.show(`HEAD:${LIVE}`), 'two\n');
});

test('both staged and different: no printed command overwrites the copy without saying so', () => {
  edit(LIVE, 'left\n');
  edit(RELEASE, 'right\n');
  const { stderr } = resolvedBy(`fix --staged --from b ${RELEASE}`);
  assert.not.match(stderr, `fix --staged ${LIVE}`);
  assert.is(repo.show(`HEAD:${LIVE}`), 'right\n');
});

test('with core.fileMode off, the executable bit that is staged is the one that counts', () => {
  repo.git('config', 'core.fileMode', 'false');
  repo.git('update-index', '--chmod=+x', LIVE);
  resolvedBy(`fix --staged ${LIVE}`);
  assert.is(mode(RELEASE), '100755');
});

test('the executable bit is fixed with the content', () => {
  chmodSync(repo.path(LIVE), 0o755);
  edit(LIVE, 'two\n');
  resolvedBy(`fix --staged ${LIVE}`);
  assert.is(mode(RELEASE), '100755');
});

test('a file that became a symlink becomes one on the other side', () => {
  repo.delete(LIVE);
  symlinkSync('../readme.md', repo.path(LIVE));
  repo.git('add', LIVE);
  resolvedBy(`fix --staged ${LIVE}`);
  assert.is(mode(RELEASE), '120000');
  assert.is(repo.show(`HEAD:${RELEASE}`), '../readme.md');
});

test('a staged submodule is seen where .gitmodules tells git to ignore it', () => {
  const link = (path: string, digit: string) => `160000,${digit.repeat(40)},${path}`;
  repo.write('.gitmodules', '[submodule "x"]\n\tpath = live/x\n\turl = ./x\n\tignore = all\n');
  for (const path of ['live/x', 'release/x']) repo.git('update-index', '--add', '--cacheinfo', link(path, '1'));
  repo.git('add', '.gitmodules');
  repo.git('commit', '-q', '--no-verify', '-m', 'submodules');
  repo.git('update-index', '--cacheinfo', link('live/x', '2'));
  const { code, stderr } = commit();
  assert.is(code, 1, stderr);
  assert.match(stderr, 'live/x is staged, but its copy release/x is not.');
});

test('a rename on one side is one finding with one command', () => {
  repo.git('mv', LIVE, 'live/renamed.md');
  const refused = resolvedBy('dos-sync fix --staged');
  assert.is(printedCommands(refused).length, 1, refused.stderr);
  assert.match(refused.stderr, 'live/skill.md is renamed to live/renamed.md');
  assert.is(repo.show('HEAD:release/renamed.md'), 'one\n');
  assert.not(repo.exists(RELEASE));
});

/** A second file of the pair, because a pair without any file is reported. */
function keepAnother(): void {
  repo.write('live/kept.md', 'kept\n').write('release/kept.md', 'kept\n').settle();
}

test('a deleted source: one printed command deletes the copy too', () => {
  keepAnother();
  repo.git('rm', '-q', LIVE);
  resolvedBy(`fix --staged --delete ${LIVE}`);
  assert.not(repo.exists(RELEASE));
});

test('a deleted copy: the other printed command brings it back', () => {
  repo.git('rm', '-q', RELEASE);
  assert.is(repo.run('sh', ['-c', printedCommand(commit(), 'git restore')]).code, 0);
  assert.is(repo.status(), '');
  assert.is(repo.read(RELEASE), 'one\n');
});

test('a new file only on the submodule side is missing on the live side', () => {
  edit('release/new.md', 'new\n');
  resolvedBy('fix --staged --from b release/new.md');
  assert.is(repo.show('HEAD:live/new.md'), 'new\n');
});

test('the one-sided lists waive a new file, not a difference', () => {
  const pairs = [{ a: 'live', b: 'release' }];
  repo.manifest({ pairs, live_only: ['live/*.local.md', LIVE], submodule_only: ['release/LICENSE'] }).settle();
  edit('live/notes.local.md', 'mine\n');
  edit('release/LICENSE', 'MIT\n');
  assert.equal(commit(), PASSED);
  edit(LIVE, 'two\n');
  assert.is(commit().code, 1);
});

test('with submodule_to_live, the submodule side is the source', () => {
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }], fix_direction: 'submodule_to_live' }).settle();
  edit(RELEASE, 'two\n');
  resolvedBy(`fix --staged ${RELEASE}`);
  assert.is(repo.show(`HEAD:${LIVE}`), 'two\n');
  edit(LIVE, 'three\n');
  resolvedBy(`fix --staged --from a ${LIVE}`);
  assert.is(repo.show(`HEAD:${RELEASE}`), 'three\n');
});

for (const [how, picked] of [
  ['each by its own command', [0, 1]],
  ['both by the last one', [2]],
] as const) {
  test(`two findings have three commands: fixed ${how}, the commit passes`, () => {
    edit(LIVE, 'two\n');
    edit('live/new.md', 'new\n');
    const refused = commit();
    const commands = printedCommands(refused);
    assert.is(commands.length, 3, refused.stderr);
    for (const at of picked) assert.is(repo.run('sh', ['-c', commands[at] ?? '']).code, 0, commands[at]);
    assert.equal(commit(), PASSED);
  });
}

test('a live file with intent-to-add is not part of the commit', () => {
  repo.write('live/later.md', 'later\n').git('add', '-N', 'live/later.md');
  edit('readme.md', 'changed\n');
  assert.equal(commit(), PASSED);
});

const LOOSENED =
  'dos-sync: according to the manifest in HEAD, this commit leaves live/skill.md and release/skill.md out of sync; a server that runs pre-receive accepts it only if the manifest change is pushed first.\n';

test('a commit that changes a file and lets its pair differ, or drops it, gets one line', () => {
  const pairs = [{ a: 'live', b: 'release' }];
  const exception = { a: LIVE, b: RELEASE, exception: 'the release is frozen' };
  const start = repo.git('rev-parse', 'HEAD').trim();
  const looser = [
    () => repo.manifest({ pairs, aliases: [exception] }),
    () => repo.manifest({ pairs: [{ a: 'live', b: 'release', exclude: ['skill.md'] }] }),
    () => repo.delete('.dos-sync-manifest.json'),
  ];
  for (const loosen of looser) {
    loosen();
    edit(LIVE, 'mine\n');
    repo.git('add', '-A');
    assert.equal(commit(), { code: 0, stdout: '', stderr: LOOSENED });
    repo.git('reset', '-q', '--hard', start);
    loosen();
    repo.git('add', '-A');
    assert.is(commit().code, 0);
    repo.git('reset', '-q', '--hard', start);
  }
});

test.run();
