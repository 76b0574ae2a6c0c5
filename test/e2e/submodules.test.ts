import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Installation, printedCommands } from '../support/printed.js';
import { Repo } from '../support/repo.js';

const test = suite('pairs with a side inside a submodule');
const PAGE = resolve('docs/submodules.md');
let repo: Repo;
let origin: Repo;

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

interface Row {
  readonly relative_path: string;
  readonly status: string;
  readonly reason?: string;
}

const SCOPES = { worktree: [], staged: ['--staged'], commit: ['--commit', 'HEAD'] } as const;
const ALL = ['worktree', 'staged', 'commit'] as const;

function verdicts(...scopes: (keyof typeof SCOPES)[]): string[] {
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

function sub(...args: string[]): string {
  return repo.git('-C', 'rel/v1', ...args);
}

function commitInside(name: string, content: string): void {
  repo.write(`rel/v1/${name}`, content);
  sub('add', '-A');
  sub('commit', '-q', '--no-verify', '-m', `change ${name}`);
}

test('every scope reads its own state of the submodule', () => {
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
  repo.write('rel/v1/skills/a.md', '2\n');
  assert.equal(verdicts('worktree'), ['a.md: DRIFT content', 'b.md: SYNCED']);
  assert.equal(verdicts('staged', 'commit'), ['a.md: SYNCED', 'b.md: SYNCED']);
  commitInside('skills/new.md', '1\n');
  assert.equal(verdicts('worktree'), ['a.md: DRIFT content', 'b.md: SYNCED', 'new.md: MISSING_A']);
  assert.equal(verdicts('staged', 'commit'), ['a.md: SYNCED', 'b.md: SYNCED']);
  repo.git('add', 'rel/v1');
  assert.equal(verdicts('staged'), ['a.md: DRIFT content', 'b.md: SYNCED', 'new.md: MISSING_A']);
  assert.equal(verdicts('commit'), ['a.md: SYNCED', 'b.md: SYNCED']);
  repo.git('commit', '-q', '--no-verify', '-m', 'next');
  assert.equal(verdicts(...ALL), ['a.md: DRIFT content', 'b.md: SYNCED', 'new.md: MISSING_A']);
});

test('a staged gitlink is judged only by what differs between the two commits', () => {
  repo.write('live/b.md', 'old drift\n').settle();
  commitInside('other', '2\n');
  repo.git('add', 'rel/v1');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'nothing of the pair'), { code: 0, stdout: '', stderr: '' });
  commitInside('skills/a.md', '2\n');
  repo.git('add', 'rel/v1');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'a moved');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'rel/v1/skills/a.md');
  assert.not.match(stderr, 'b.md');
});

test('a staged gitlink is noticed even if .gitmodules says ignore = all', () => {
  repo.git('config', '-f', '.gitmodules', 'submodule.rel/v1.ignore', 'all');
  repo.settle();
  commitInside('skills/a.md', '2\n');
  repo.git('update-index', '--cacheinfo', `160000,${sub('rev-parse', 'HEAD').trim()},rel/v1`);
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
});

test('a filter that only the submodule has is an error, and nothing is written', () => {
  repo.git('-C', 'rel/v1', 'config', 'filter.upper.clean', "tr 'a-z' 'A-Z'");
  commitInside('.gitattributes', 'skills/a.md filter=upper\n');
  repo.write('live/a.md', 'word\n').git('add', 'live/a.md', 'rel/v1');
  for (const args of [['check'], ['check', '--staged'], ['fix'], ['hook', 'pre-commit']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, 'have different filters in .gitattributes');
  }
  assert.is(repo.read('rel/v1/skills/a.md'), '1\n');
  repo.write('.gitattributes', 'live/a.md filter=upper\n');
  repo.git('config', 'filter.upper.clean', "tr 'a-z' 'A-Z'");
  repo.git('add', '--renormalize', '.');
  assert.is(repo.dosSync('check').code, 1);
});

test('not initialised, and a missing commit: UNCHECKED with the command that repairs it, and no commit blocked', () => {
  repo
    .write('p', '1')
    .write('q', '1')
    .manifest({
      pairs: [
        { a: 'live', b: 'rel/v1/skills' },
        { a: 'p', b: 'q' },
      ],
    });
  repo.settle();
  const gone = '1'.repeat(40);
  repo.git('update-index', '--cacheinfo', `160000,${gone},rel/v1`);
  const staged = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(staged.code, 0, staged.stderr);
  assert.match(
    staged.stderr,
    'the commit of the submodule rel/v1 is missing from this clone: git submodule update --init rel/v1',
  );
  repo.git('reset', '-q', '--soft', 'HEAD~1');
  repo.git('reset', '-q');
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  assert.equal(verdicts(...ALL), ['a.md: UNCHECKED', 'b.md: UNCHECKED', 'p: SYNCED']);
  const { code, stderr } = repo.dosSync('check');
  assert.is(code, 0, stderr);
  assert.match(
    stderr,
    '2 pairs were not checked: the submodule rel/v1 is not initialised: git submodule update --init rel/v1',
  );
  repo.write('live/a.md', '2\n').git('add', 'live');
  const hook = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(hook.code, 0, hook.stderr);
  assert.match(hook.stderr, 'git submodule update --init rel/v1');
  repo.git('submodule', '--quiet', 'update', '--init', 'rel/v1');
  assert.equal(verdicts(...ALL), ['a.md: DRIFT content', 'b.md: SYNCED', 'p: SYNCED']);
});

test('only a submodule that is not checked out: nothing was compared', () => {
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  assert.is(repo.dosSync('check').code, 2);
});

test('the whole submodule as a side, and names inside it', () => {
  repo.manifest({
    pairs: [
      { a: 'whole', b: 'rel/v1', exclude: ['skills'] },
      { a: 'by-name/{File}', b: 'rel/v1/skills/{File}' },
    ],
  });
  repo.write('whole/other', '1\n').write('whole/more', '1\n').write('by-name/a.md', '2\n').settle();
  assert.equal(verdicts(...ALL), ['a.md: DRIFT content', 'more: MISSING_B', 'other: SYNCED']);
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  assert.equal(verdicts(...ALL), ['a.md: UNCHECKED', 'more: UNCHECKED', 'other: UNCHECKED']);
  repo.git('submodule', '--quiet', 'update', '--init', 'rel/v1');
  repo.git('rm', '-q', '-r', '--cached', 'whole');
  repo.delete('whole');
  repo.write('whole', 'a file\n').git('add', '-A');
  assert.equal(verdicts('worktree', 'staged'), ['a.md: DRIFT content', 'whole: DRIFT type']);
});

test('two submodules as the two sides are compared as commits; below them, file by file', () => {
  repo.git('submodule', '--quiet', 'add', origin.top, 'twin');
  repo.manifest({ pairs: [{ a: 'twin', b: 'rel/v1' }] }).settle();
  assert.equal(verdicts(...ALL), ['twin: SYNCED']);
  repo.manifest({ pairs: [{ a: 'twin/skills', b: 'rel/v1/skills' }] }).settle();
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test('a submodule of a submodule', () => {
  const outer = new Repo().write('x', '1');
  outer.git('submodule', '--quiet', 'add', origin.top, 'inner');
  outer.settle();
  repo.git('submodule', '--quiet', 'add', outer.top, 'outer');
  repo.git('submodule', '--quiet', 'update', '--init', '--recursive');
  outer.remove();
  repo
    .manifest({ pairs: [{ a: 'live', b: 'outer/inner/skills' }] })
    .write('live/b.md', '2\n')
    .settle();
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: DRIFT content']);
  repo.write('outer/inner/skills/a.md', '3\n');
  for (const at of ['outer/inner', 'outer']) repo.git('-C', at, 'commit', '-q', '--no-verify', '-a', '-m', 'next');
  repo.git('add', 'outer');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'outer/inner/skills/a.md');
  assert.not.match(stderr, 'b.md');
});

test('in a linked worktree, with commit -a', () => {
  const tree = `${repo.top}-tree`;
  repo.git('worktree', 'add', '-q', tree);
  repo.git('-C', tree, 'submodule', '--quiet', 'update', '--init');
  writeFileSync(`${tree}/live/a.md`, '2\n');
  const blocked = repo.tryGit('-C', tree, 'commit', '-q', '-a', '-m', 'next');
  writeFileSync(`${tree}/rel/v1/skills/a.md`, '2\n');
  repo.git('-C', `${tree}/rel/v1`, 'commit', '-q', '-a', '-m', 'inside');
  const passed = repo.tryGit('-C', tree, 'commit', '-q', '-a', '-m', 'next');
  rmSync(tree, { recursive: true });
  assert.is(blocked.code, 1, blocked.stderr);
  assert.match(blocked.stderr, 'live/a.md and its copy rel/v1/skills/a.md differ.', blocked.stderr);
  assert.equal(passed, { code: 0, stdout: '', stderr: '' });
});

test('a merge that takes the gitlink from one side and the live copy from the other', () => {
  repo.git('checkout', '-q', '-b', 'side');
  commitInside('skills/a.md', '2\n');
  repo.settle();
  repo.git('checkout', '-q', 'main');
  repo.git('submodule', '--quiet', 'update');
  repo.write('elsewhere', '1').settle();
  const inherited = repo.tryGit('merge', '-q', '--no-edit', 'side');
  assert.is(inherited.code, 0, inherited.stderr);
  assert.match(inherited.stderr, '1 pair was already out of sync in a merged branch');
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.write('live/a.md', '3\n').settle();
  const { code, stderr } = repo.tryGit('merge', '-q', '--no-edit', 'side');
  assert.is.not(code, 0);
  assert.match(stderr, 'rel/v1/skills/a.md');
});

test('the push judges what moved in the submodule', () => {
  const server = new Repo(['--bare']);
  repo.git('remote', 'add', 'server', server.top);
  repo.git('push', '-q', 'server', 'main');
  commitInside('skills/a.md', '2\n');
  repo.settle();
  const { code, stderr } = repo.tryGit('push', '-q', 'server', 'main');
  server.remove();
  assert.is(code, 1, stderr);
  assert.match(stderr, 'rel/v1/skills/a.md');
});

/** Exit code 2 with this message from the command and from the hook, and nothing changed. */
function couldNotCheck(words: string | RegExp): void {
  repo.write('live/a.md', '2\n').git('add', 'live');
  const before = repo.state();
  for (const args of [['check'], ['check', '--staged'], ['hook', 'pre-commit'], ['fix']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, words);
  }
  assert.is(repo.state(), before);
}

test("a submodule that is another repository's work tree", () => {
  repo.delete('rel/v1');
  origin.git('worktree', 'add', '-q', '--detach', repo.path('rel/v1'));
  couldNotCheck("rel/v1 is another repository's work tree");
});

test("a submodule whose .git leads to another submodule's repository", () => {
  repo.git('submodule', '--quiet', 'add', origin.top, 'twin');
  repo.settle();
  repo.write('rel/v1/.git', 'gitdir: ../../.git/modules/twin\n');
  couldNotCheck("rel/v1 is another repository's work tree");
});

test('a gitlink to a path that is a file, a symlink, or has a symlink above it', () => {
  repo.delete('rel/v1');
  repo.write('rel/v1', 'a file\n');
  couldNotCheck('rel/v1 is not a directory, but the submodule rel/v1 belongs there.');
  repo.delete('rel/v1');
  symlinkSync(origin.top, repo.path('rel/v1'));
  couldNotCheck('rel/v1 is not a directory, but the submodule rel/v1 belongs there.');
  repo.delete('rel');
  symlinkSync(origin.top, repo.path('rel'));
  couldNotCheck(/rel is (not a directory|a symlink)/);
});

test('an old submodule with its repository inside is not read', () => {
  repo.delete('rel/v1');
  repo.delete('.git/modules');
  repo.git('clone', '-q', origin.top, 'rel/v1');
  assert.is(repo.dosSync('check').code, 2);
  assert.match(repo.dosSync('check').stderr, 'git submodule absorbgitdirs rel/v1');
  repo.git('submodule', 'absorbgitdirs', 'rel/v1');
  assert.equal(verdicts('worktree'), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test('the steps: live edited, the fix writes the submodule, commit there, stage the gitlink, commit here', () => {
  repo.write('live/a.md', '2\n').git('add', 'live');
  const blocked = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(blocked.code, 1, blocked.stderr);
  assert.is(
    blocked.stderr,
    `dos-sync: this commit would leave a pair out of sync.
live/a.md is staged, but its copy rel/v1/skills/a.md is not.
  > npx dos-sync fix live/a.md                              # writes the fix there
  > git -C rel/v1 add skills/a.md && git -C rel/v1 commit   # commits it there
  > git add rel/v1                                          # stages that commit
`,
  );
  // The page shows the printed text.
  assert.match(readFileSync(PAGE, 'utf8'), blocked.stderr.replaceAll('npx dos-sync', 'git dos-sync'));
  const before = repo.state();
  const staged = repo.dosSync('fix', '--staged', 'live/a.md');
  assert.is(staged.code, 1);
  assert.match(staged.stdout, 'skipped  rel/v1/skills/a.md: it is inside a submodule');
  assert.match(staged.stdout, 'git -C rel/v1 add skills/a.md && git -C rel/v1 commit');
  assert.is(repo.state(), before);
  const inside = sub('ls-files', '--stage') + sub('rev-parse', 'HEAD');
  const fixed = repo.dosSync('fix', 'live/a.md');
  assert.is(fixed.code, 0, fixed.stdout + fixed.stderr);
  assert.match(fixed.stdout, 'copied  live/a.md -> rel/v1/skills/a.md');
  assert.match(fixed.stdout, /^ {2}> git add rel\/v1 +# stages that commit$/m);
  assert.is(repo.read('rel/v1/skills/a.md'), '2\n');
  assert.is(sub('ls-files', '--stage') + sub('rev-parse', 'HEAD'), inside);
  const half = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(half.code, 1);
  assert.not.match(half.stderr, 'writes the fix there');
  sub('add', 'skills/a.md');
  sub('commit', '-q', '-m', 'the fix');
  assert.match(
    repo.tryGit('commit', '-q', '-m', 'next').stderr,
    'out of sync.\nlive/a.md is staged, but its copy rel/v1/skills/a.md is not.\n  > git add rel/v1   # stages that commit\n',
  );
  repo.git('add', 'rel/v1');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test('a submodule that moved ahead: its side can be used in the index', () => {
  commitInside('skills/a.md', 'ahead\n');
  repo.git('add', 'rel/v1');
  const blocked = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(blocked.code, 1, blocked.stderr);
  assert.match(blocked.stderr, '> npx dos-sync fix --staged --from b rel/v1/skills/a.md ');
  assert.not.match(blocked.stderr, 'writes the fix there');
  const taken = repo.dosSync('fix', '--staged', '--from', 'b', 'rel/v1/skills/a.md');
  assert.is(taken.code, 0, taken.stderr);
  assert.is(repo.read('live/a.md'), 'ahead\n');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 0);
});

/** Installs the hooks in the submodule's git directory. */
function hooksInside(gitDir = '.git/modules/rel/v1'): void {
  for (const hook of ['pre-commit', 'pre-merge-commit', 'pre-push']) {
    cpSync(repo.path(`.git/hooks/${hook}`), repo.path(`${gitDir}/hooks/${hook}`));
  }
}

for (const form of [['-a'], ['--', 'live/a.md']]) {
  test(`git commit ${form.join(' ')} of a side with its copy in a submodule: the printed commands lead on`, () => {
    repo.write('live/a.md', '2\n');
    const blocked = repo.tryGit('commit', '-q', '-m', 'next', ...form);
    assert.is(blocked.code, 1, blocked.stderr);
    const installation = new Installation(repo);
    for (const command of printedCommands(repo.tryGit('commit', '-q', '-m', 'next', ...form))) {
      const run = repo.run('sh', ['-c', command]);
      assert.is(run.code, 0, `${command}\n${run.stdout}${run.stderr}\n${blocked.stderr}`);
    }
    installation.remove();
    if (form[0] === '-a') assert.is(repo.tryGit('commit', '-q', '-m', 'next', '-a').code, 0);
    assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
    assert.is(repo.show('HEAD:live/a.md'), '2\n');
  });
}

test("a commit in the submodule is held against the superproject's pairs", () => {
  hooksInside();
  repo.write('rel/v1/skills/a.md', '2\n').write('rel/v1/other', '2\n');
  assert.is(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-m', 'not of the pair', 'other').code, 0);
  for (const form of [['-a'], ['skills/a.md'], ['-i', 'skills/a.md']]) {
    const { code, stderr } = repo.run('git', ['commit', '-q', '-m', 'next', ...form], { cwd: 'rel/v1' });
    assert.is(code, 1, stderr);
    assert.is(
      stderr,
      `dos-sync: this commit would leave a pair of the superproject out of sync.
rel/v1/skills/a.md is staged here, but differs from live/a.md in the superproject.
  > cd ../.. && npx dos-sync fix --from b rel/v1/skills/a.md   # copies rel/v1/skills/a.md to live/a.md
  > cd ../.. && npx dos-sync diff rel/v1/skills/a.md           # shows the difference
  > cd ../.. && npx dos-sync fix --from a rel/v1/skills/a.md   # copies live/a.md to rel/v1/skills/a.md, discards the changes in rel/v1/skills/a.md
  > cd ../.. && npx dos-sync accept rel/v1/skills/a.md --reason 'why they differ'   # keeps the difference, with a reason
  > cd ../.. && npx dos-sync check rel/v1/skills/a.md          # shows the pair and how to fix it
`,
    );
  }
  const taken = repo.dosSync('fix', '--from', 'b', 'rel/v1/skills/a.md');
  assert.is(taken.code, 0, taken.stderr);
  assert.is(repo.read('live/a.md'), '2\n');
  const passed = repo.run('git', ['commit', '-q', '-a', '-m', 'next'], { cwd: 'rel/v1' });
  assert.equal(passed, { code: 0, stdout: '', stderr: '' });
  repo.git('commit', '-q', '-a', '-m', 'and here');
  assert.equal(verdicts(...ALL), ['a.md: SYNCED', 'b.md: SYNCED']);
});

test("a commit in the submodule prints nothing that discards the superproject's edits without saying so", () => {
  hooksInside();
  repo.write('rel/v1/skills/a.md', '2\n').write('live/a.md', 'an edit of its own\n');
  const { stderr } = repo.run('git', ['commit', '-q', '-a', '-m', 'next'], { cwd: 'rel/v1' });
  const writing = stderr.split('\n').filter((line) => line.includes('dos-sync fix'));
  assert.match(writing[0] ?? '', 'fix --merge rel/v1/skills/a.md');
  const taking = writing.find((line) => line.includes('fix --from b '));
  assert.match(taking ?? '', 'discards the changes in live/a.md');
});

test('a submodule with its own manifest is judged by both', () => {
  hooksInside();
  const own = { pairs: [{ a: 'other', b: 'copy' }], fix_direction: 'live_to_submodule' };
  repo.write('rel/v1/.dos-sync-manifest.json', JSON.stringify(own)).write('rel/v1/copy', '1\n');
  sub('add', '-A');
  sub('commit', '-q', '-m', 'its own pair');
  repo.write('rel/v1/other', '2\n');
  assert.match(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'x').stderr, 'other and its copy copy differ.');
  repo.write('rel/v1/copy', '2\n').write('rel/v1/skills/b.md', '2\n');
  assert.match(
    repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'x').stderr,
    'rel/v1/skills/b.md is staged here',
  );
  repo.write('live/b.md', '2\n');
  assert.is(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'x').code, 0);
});

test('in a submodule of a linked worktree, that worktree is the superproject', () => {
  const tree = `${repo.top}-tree`;
  repo.git('worktree', 'add', '-q', tree);
  repo.git('-C', tree, 'submodule', '--quiet', 'update', '--init');
  const [name = ''] = readdirSync(repo.path('.git/worktrees'));
  hooksInside(`.git/worktrees/${name}/modules/rel/v1`);
  writeFileSync(`${tree}/rel/v1/skills/a.md`, '2\n');
  repo.write('live/a.md', '2\n');
  const blocked = repo.tryGit('-C', `${tree}/rel/v1`, 'commit', '-q', '-a', '-m', 'next');
  writeFileSync(`${tree}/live/a.md`, '2\n');
  const passed = repo.tryGit('-C', `${tree}/rel/v1`, 'commit', '-q', '-a', '-m', 'next');
  rmSync(tree, { recursive: true });
  assert.is(blocked.code, 1, blocked.stderr);
  assert.equal(passed, { code: 0, stdout: '', stderr: '' });
});

test('a superproject without a manifest, or with a broken one', () => {
  hooksInside();
  repo.write('rel/v1/skills/a.md', '2\n');
  repo.write('.dos-sync-manifest.json', '{').git('add', '-A', '.dos-sync-manifest.json');
  const broken = repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'next');
  assert.is(broken.code, 1);
  assert.match(broken.stderr, 'The manifest has a problem.');
  repo.git('rm', '-q', '-f', '.dos-sync-manifest.json');
  assert.equal(repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
});

test('install --recurse-submodules installs the hooks everywhere, and uninstall removes them', () => {
  const [outer, inner] = ['.git/hooks/pre-commit', '.git/modules/rel/v1/hooks/pre-commit'];
  repo.delete('.git/hooks');
  const installed = repo.dosSync('install', '--recurse-submodules');
  assert.is(installed.code, 0, installed.stderr);
  assert.ok(repo.exists(outer) && repo.exists(inner), installed.stdout);
  repo.write('rel/v1/skills/a.md', '2\n');
  const { code, stderr } = repo.tryGit('-C', 'rel/v1', 'commit', '-q', '-a', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'rel/v1/skills/a.md is staged here, but differs from live/a.md in the superproject.');
  const removed = repo.dosSync('uninstall', '--recurse-submodules');
  assert.is(removed.code, 0, removed.stderr);
  assert.not.ok(repo.exists(outer) || repo.exists(inner));
  repo.git('submodule', 'deinit', '-q', '-f', 'rel/v1');
  const { stderr: told } = repo.dosSync('install', '--recurse-submodules');
  assert.match(told, 'no hooks were installed in rel/v1: the submodule rel/v1 is not initialised');
});

test.run();
