// The guard: a commit that touches no pair starts no Node, and whatever is in doubt starts it.

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pairedRepo, Repo, type Result } from '../support/repo.js';

const test = suite('the guard');
const PAIR = { a: 'live', b: 'release' };
let repo: Repo;
/** Outside the repository: holds the `node` that the hook finds first, which notes each start. */
let bin: string;

test.before.each(() => {
  bin = mkdtempSync(join(tmpdir(), 'bin-'));
  writeFileSync(join(bin, 'node'), `#!/bin/sh\necho >>'${bin}/starts'\nexec '${process.execPath}' "$@"\n`);
  chmodSync(join(bin, 'node'), 0o755);
  repo = guarded(new Repo());
  repo.manifest({ pairs: [PAIR] });
  repo.write('live/a', '1\n').write('release/a', '1\n').write('readme', '1\n').settle();
  commit('the first one leaves the guard');
});
test.after.each(() => {
  repo.remove();
  rmSync(bin, { recursive: true });
});

function guarded(fresh: Repo): Repo {
  fresh.env['PATH'] = `${bin}:${process.env['PATH']}`;
  assert.is(fresh.dosSync('install', '--native').code, 0);
  return fresh;
}

function startsOfNode(): number {
  const notes = join(bin, 'starts');
  return existsSync(notes) ? readFileSync(notes, 'utf8').length : 0;
}

let edits = 0;

/** Edits the readme, which is in no pair, and commits everything that is staged or `more` says. */
function commit(message = 'next', more: readonly string[] = []): Result {
  edits += 1;
  repo.write('readme', `${edits}\n`).git('add', 'readme');
  return repo.tryGit('commit', '-q', '-m', message, ...more);
}

/** Asserts that the work passes without any start of Node. */
function isFree(work: () => Result): void {
  const before = startsOfNode();
  const { code, stderr } = work();
  assert.is(code, 0, stderr);
  assert.is(stderr, '');
  assert.is(startsOfNode(), before, 'Node was started');
}

/** Asserts that the work is checked in full, and passes. */
function isChecked(work: () => Result): void {
  const before = startsOfNode();
  const { code, stderr } = work();
  assert.is(code, 0, stderr);
  assert.ok(startsOfNode() > before, 'Node was not started');
}

/** Asserts that the work is checked in full, and blocked. */
function isBlocked(work: () => Result, words = 'would leave'): void {
  const { code, stderr } = work();
  assert.is(code, 1, stderr);
  assert.ok(stderr.includes(words), stderr);
}

function stage(name: string, content: string): void {
  repo.write(name, content).git('add', name);
}

/** What the hook says if it is run as git runs it. */
function hook(): Result {
  return repo.run('.git/hooks/pre-commit', []);
}

test('a commit of other files is free: plain, -a, by path, amended, empty, in a detached HEAD', () => {
  isFree(commit);
  for (const form of [['-a'], ['--amend'], ['--', 'readme'], ['-i', 'readme']]) isFree(() => commit('form', form));
  isFree(() => repo.tryGit('commit', '-q', '--allow-empty', '-m', 'empty'));
  repo.git('checkout', '-q', '--detach');
  isFree(commit);
});

test('drift is blocked after free commits: edited, added, deleted, made executable, in every form of commit', () => {
  isFree(commit);
  stage('live/a', '2\n');
  isBlocked(() => commit());
  for (const form of [['-a'], ['--amend'], ['-i', 'readme']]) isBlocked(() => commit('form', form));
  isFree(() => repo.tryGit('commit', '-q', '-m', 'by path', '--', 'readme'));
  isBlocked(() => repo.tryGit('commit', '-q', '-m', 'by path', '--', 'live/a'));
  repo.git('reset', '-q', '--hard');
  stage('release/b', 'new\n');
  isBlocked(() => commit());
  repo.git('reset', '-q', '--hard');
  repo.git('rm', '-q', 'live/a');
  isBlocked(() => commit());
  repo.git('reset', '-q', '--hard');
  repo.git('update-index', '--chmod=+x', 'live/a');
  isBlocked(() => commit());
});

test('a pair that the commit itself declares is judged, and the guard follows the manifest', () => {
  repo.write('x', '1\n').write('y', '2\n').settle();
  repo.manifest({ pairs: [PAIR, { a: 'x', b: 'y' }] }).git('add', '-A');
  isBlocked(() => commit());
  stage('y', '1\n');
  isChecked(commit);
  isFree(commit);
  stage('x', '3\n');
  isBlocked(() => commit());
});

test('a manifest that came past the hook is not that of the guard', () => {
  repo.write('x', '1\n').write('y', '1\n');
  repo.manifest({ pairs: [PAIR, { a: 'x', b: 'y' }] }).settle();
  stage('x', '2\n');
  isBlocked(() => commit());
});

test('a manifest that is staged for deletion, or intended alone, is looked at', () => {
  repo.git('rm', '-q', '--cached', '.dos-sync-manifest.json');
  assert.match(commit().stderr, 'not in force');
});

test('switching between branches with other manifests, and back', () => {
  repo.write('x', '1\n').write('y', '1\n').settle();
  repo.git('branch', 'other');
  isFree(commit);
  repo.git('checkout', '-q', 'other');
  repo.manifest({ pairs: [{ a: 'x', b: 'y' }] }).settle();
  for (const [branch, touched] of [
    ['main', 'live/a'],
    ['other', 'x'],
    ['main', 'release/a'],
    ['other', 'y'],
  ] as const) {
    repo.git('checkout', '-q', branch);
    stage(touched, `${branch}\n`);
    isBlocked(() => commit());
    repo.git('reset', '-q', '--hard');
    isFree(commit);
  }
});

test('a branch without the manifest is not guarded by that of another', () => {
  repo.git('checkout', '-q', '--orphan', 'bare');
  repo.git('rm', '-rqf', '.');
  isChecked(() => commit('first of the branch'));
  isChecked(commit);
});

test('a first commit is checked, whatever the guard of before says', () => {
  const manifest = repo.read('.dos-sync-manifest.json');
  repo.git('update-ref', '-d', 'HEAD');
  repo.git('read-tree', '--empty');
  repo.write('.dos-sync-manifest.json', manifest).write('live/a', 'other\n').git('add', '.');
  isBlocked(() => commit());
});

test('a merge is checked: clean, and one that ends a conflict', () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('side', '1\n').settle();
  repo.git('checkout', '-q', 'main');
  isFree(commit);
  isChecked(() => repo.tryGit('merge', '-q', '--no-edit', 'side'));
  repo.git('checkout', '-q', '-b', 'clash');
  repo.write('readme', 'theirs\n').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('readme', 'ours\n').settle();
  assert.is.not(repo.tryGit('merge', '-q', 'clash').code, 0);
  isChecked(commit);
  isFree(commit);
});

test('a worktree has a guard of its own, and drift in it is blocked', () => {
  const tree = join(bin, 'tree');
  repo.git('worktree', 'add', '-q', '-b', 'tree', tree);
  const inTree = (...args: string[]): Result => repo.run('git', ['-C', tree, ...args]);
  const empty = () => inTree('commit', '-q', '--allow-empty', '-m', 'in the tree');
  isChecked(empty);
  isFree(empty);
  writeFileSync(join(tree, 'live/a'), 'drift\n');
  isBlocked(() => inTree('commit', '-qam', 'drift'));
  isFree(commit);
});

test('a fix that was interrupted is told of', () => {
  repo.write('.git/dos-sync/fixes/main/journal.json', '{}');
  const { code, stderr } = commit();
  assert.is.not(code, 0);
  assert.match(stderr, 'was interrupted');
});

test('in a submodule with rules of its own, those of the superproject count too', () => {
  const inner = pairedRepo();
  const free: readonly string[] = ['-c', 'protocol.file.allow=always'];
  repo.git(...free, 'submodule', 'add', '-q', inner.top, 'sub');
  inner.remove();
  repo.manifest({ pairs: [PAIR, { a: 'live/a', b: 'sub/copy' }] });
  repo.write('sub/copy', '1\n');
  repo.git('-C', 'sub', 'add', 'copy');
  repo.git('-C', 'sub', 'commit', '-qm', 'copy');
  repo.settle();
  assert.is(repo.dosSync('install', '--native', '--recurse-submodules').code, 0);
  repo.write('sub/readme.md', '2\n').git('-C', 'sub', 'commit', '-qam', 'leaves a guard, if it may');
  repo.write('sub/copy', '2\n').git('-C', 'sub', 'add', 'copy');
  const { code, stderr } = repo.tryGit('-C', 'sub', 'commit', '-qm', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'sub/copy');
});

test('what an object is replaced by does not hide a change', () => {
  stage('live/a', '2\n');
  repo.git('replace', repo.git('rev-parse', 'HEAD^{tree}').trim(), repo.git('write-tree').trim());
  isBlocked(() => commit());
});

test('variables of git that change what a pathspec means change nothing', () => {
  for (const name of ['LITERAL', 'GLOB', 'NOGLOB', 'ICASE']) {
    repo.env[`GIT_${name}_PATHSPECS`] = '1';
    stage('live/a', '1\n');
    isFree(commit);
    stage('live/a', `${name}\n`);
    isBlocked(() => commit(), 'live/a');
    delete repo.env[`GIT_${name}_PATHSPECS`];
  }
});

test('a gitlink is seen: at a side, in one, and above one that only another branch has', () => {
  const id = repo.git('rev-parse', 'HEAD').trim();
  const link = (path: string, oid = id) => repo.git('update-index', '--add', '--cacheinfo', `160000,${oid},${path}`);
  repo.manifest({ pairs: [PAIR, { a: 'at', b: 'copy' }, { a: 'deep/above/inner', b: 'inner' }] });
  repo.write('.gitmodules', '[submodule "x"]\n\tpath = live/x\n\turl = x\n\tignore = all\n').settle();
  isChecked(commit);
  isFree(commit);
  for (const path of ['live/x', 'at', 'deep/above', 'deep']) {
    link(path);
    const before = startsOfNode();
    hook();
    assert.is(startsOfNode(), before + 1, path);
    repo.git('commit', '-q', '--no-verify', '-m', path);
    isFree(() => repo.tryGit('commit', '-q', '--allow-empty', '-m', 'after'));
    link(path, repo.git('rev-parse', 'HEAD').trim());
    hook();
    assert.is(startsOfNode(), before + 2, path);
    repo.git('reset', '-q', '--hard', 'HEAD~2');
  }
});

test('a link or a file that comes to stand above a side is seen, and a sibling of the side is not', () => {
  repo.manifest({ pairs: [PAIR, { a: 'up/to/here', b: 'copy' }] });
  repo.write('up/other', '1\n').write('up/to/there', '1\n').settle();
  isChecked(commit);
  stage('up/other', '2\n');
  stage('up/to/there', '2\n');
  isFree(commit);
  repo.git('rm', '-rq', 'up/to');
  isFree(commit);
  repo.write('up/.keep', '');
  symlinkSync('../live', repo.path('up/to'));
  repo.git('add', 'up/to');
  const before = startsOfNode();
  hook();
  assert.is(startsOfNode(), before + 1);
});

test('templates: names are any name, and what the pattern does not reach is free', () => {
  repo.manifest({
    pairs: [
      { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
      { a: 'rel/{N}', b: 'packs/{N}/src' },
    ],
  });
  repo
    .write('LICENSE', 'x\n')
    .write('packages/one/LICENSE', 'x\n')
    .write('rel/n/f', '1\n')
    .write('packs/n/src/f', '1\n');
  repo.settle();
  isChecked(commit);
  stage('packages/one/index.js', '1\n');
  stage('packs/n/README', '1\n');
  isFree(commit);
  for (const [path, content] of [
    ['packages/two/LICENSE', 'y\n'],
    ['LICENSE', 'z\n'],
    ['rel/n/f', '2\n'],
    ['packs/n/src/g', '3\n'],
  ] as const) {
    stage(path, content);
    isBlocked(() => commit());
    repo.git('reset', '-q', '--hard');
  }
});

test('names that mean something to a pathspec, to a shell or to neither', () => {
  const names = ['a b', '[id]', ':(exclude)x', '$HOME', "it's", 'é', '日本', '-n', '!x', ' lead', 'a[b-c]/deep', '~'];
  repo.manifest({ pairs: names.map((name) => ({ a: `l/${name}`, b: `r/${name}` })) });
  for (const name of names) repo.write(`l/${name}/f`, '1\n').write(`r/${name}/f`, '1\n');
  repo.settle();
  isChecked(commit);
  isFree(commit);
  for (const name of names) {
    stage(`l/${name}/f`, '2\n');
    isBlocked(() => commit());
    repo.git('reset', '-q', '--hard');
  }
});

test('more pairs than git should be asked for are covered by the directories they are in', () => {
  const pairs = Array.from({ length: 500 }, (_, at) => ({ a: `src/${at}/x`, b: `lib/${at % 7}/${at}` }));
  repo.manifest({ pairs: [...pairs, { a: 'one/deep/file', b: 'one/deep/copy' }] });
  repo.write('src/499/x', '1\n').write('lib/2/499', '1\n').settle();
  isChecked(commit);
  isFree(commit);
  stage('src/499/x', '2\n');
  isBlocked(() => commit());
});

test('a guard that is damaged, empty, of another build or not readable holds for nothing', () => {
  const guard = repo.path('.git/dos-sync/guard');
  const [build = '', manifest = '', ...rest] = readFileSync(guard, 'utf8').split('\n');
  stage('live/a', '2\n');
  const cut = ['--', ':(top,literal)nothing', ''];
  const bad = [
    [],
    [build],
    [build, manifest.slice(1), ...cut],
    [build, '', ...cut],
    ['', manifest, ...cut],
    ['0.0.0 0000', manifest, ...cut],
    [build, manifest],
    [build, manifest, ...rest.slice(1)],
    [build, manifest, '$(touch ran)', ...rest],
    [build, manifest, '--', ':(bad)x', ''],
  ];
  for (const lines of bad) {
    writeFileSync(guard, lines.join('\n'));
    isBlocked(() => commit(), 'live/a');
  }
  rmSync(guard);
  isBlocked(() => commit(), 'live/a');
  repo.git('reset', '-q', '--hard');
  assert.not(repo.exists('ran'));
  isFree(commit);
});

test('what was laid out for looking up, damaged or stale, passes nothing', () => {
  const file = repo.path('.git/dos-sync/compiled');
  const good = readFileSync(file, 'utf8');
  const lines = good.split('\n');
  const pairless = [
    ...lines.slice(0, 2),
    lines[2]?.replace(/"pairs":\d+,"places":\d+,"bytes":\d+/, '"pairs":0,"places":0,"bytes":0'),
    '',
  ];
  const damages = ['', good.slice(0, -3), good.replace('live', 'lire'), good.replace(/"a":/, '"a"'), `x${good}`];
  for (const [at, damage] of damages.entries()) {
    writeFileSync(file, damage);
    stage('live/a', `drift ${at}\n`);
    isBlocked(() => commit(), 'live/a');
    stage('release/a', `drift ${at}\n`);
    isChecked(commit);
  }
  // Only a file that is whole and of this build and manifest is believed: who may write it may take the hook out as well.
  writeFileSync(file, pairless.join('\n').replace(/^.*/, 'another build'));
  stage('live/a', 'drift\n');
  isBlocked(() => commit(), 'live/a');
});

test('a fix that was interrupted is told of', () => {
  repo.write('.git/dos-sync/fixes/main/journal.json', '{}');
  isBlocked(() => commit(), 'was interrupted');
});

test('an index that git cannot read, or that is unmerged in a pair, is an error and no pass', () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.write('live/a', 's\n').write('release/a', 's\n').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('live/a', 'm\n').write('release/a', 'm\n').settle();
  repo.tryGit('merge', '-q', 'side');
  rmSync(repo.path('.git/MERGE_HEAD'));
  assert.is(hook().code, 2);
  writeFileSync(repo.path('.git/index'), 'no index');
  assert.is(hook().code, 2);
});

test('files that are only intended are no change, as in the full check', () => {
  repo.write('live/new', 'x\n').git('add', '-N', 'live/new');
  isFree(() => repo.tryGit('commit', '-q', '--allow-empty', '-m', 'intended'));
});

test('a program that has gone is told of, also where the commit touches no pair', () => {
  const file = repo.path('.git/hooks/pre-commit');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('cli.js', 'gone/cli.js'));
  const { code, stderr } = commit();
  assert.is(code, 1);
  assert.match(stderr, 'is not there.');
});

test('the same under the real husky, through dos-sync-hook', () => {
  assert.is(repo.dosSync('uninstall').code, 0);
  for (const name of ['husky', 'dos-sync']) {
    const from = name === 'husky' ? 'node_modules/husky' : '.';
    repo.write('node_modules/.bin/keep', '').write('node_modules/keep', '').write('.gitignore', 'node_modules\n');
    symlinkSync(resolve(from), repo.path(`node_modules/${name}`));
  }
  symlinkSync('../dos-sync/dist/dos-sync-hook', repo.path('node_modules/.bin/dos-sync-hook'));
  assert.is(repo.run(process.execPath, ['node_modules/husky/bin.js']).code, 0);
  assert.is(repo.dosSync('install', '--husky').code, 0);
  isChecked(() => commit());
  isFree(() => commit());
  stage('live/a', '2\n');
  isBlocked(() => commit());
});

test('dos-sync-hook finds its program from wherever it is linked', () => {
  const program = resolve('dist/dos-sync-hook');
  symlinkSync(program, join(bin, 'direct'));
  symlinkSync('direct', join(bin, 'twice'));
  stage('live/a', '2\n');
  for (const file of [program, join(bin, 'direct'), join(bin, 'twice')]) {
    const { code, stderr } = repo.run(file, ['pre-commit']);
    assert.is(code, 1);
    assert.match(stderr, 'would leave');
  }
  assert.match(repo.run(program, []).stderr, 'There is no hook');
});

test('uninstall takes the guards away', () => {
  repo.git('worktree', 'add', '-q', '-b', 'tree', join(bin, 'tree'));
  repo.run('git', ['-C', join(bin, 'tree'), 'commit', '-q', '--allow-empty', '-m', 'x']);
  assert.ok(repo.exists('.git/worktrees/tree/dos-sync/guard'));
  assert.is(repo.dosSync('uninstall').code, 0);
  assert.not(repo.exists('.git/dos-sync'));
  assert.not(repo.exists('.git/worktrees/tree/dos-sync'));
});

test.run();
