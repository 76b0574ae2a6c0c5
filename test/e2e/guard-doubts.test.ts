// Every doubt starts Node: unusual paths and links, damaged files, replaced objects, errors.

import { symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  commit,
  hook,
  isBlocked,
  isChecked,
  isFree,
  PAIR,
  repo,
  setUp,
  stage,
  startsOfNode,
  tearDown,
} from '../support/guarded.js';
import { pairedRepo } from '../support/repo.js';

const test = suite('doubts of the guard');

test.before.each(setUp);
test.after.each(tearDown);

test('a replace ref does not hide a change', () => {
  stage('live/a', '2\n');
  repo.git('replace', repo.git('rev-parse', 'HEAD^{tree}').trim(), repo.git('write-tree').trim());
  isBlocked(() => commit());
});

test('git variables that change the meaning of pathspecs change nothing', () => {
  for (const name of ['LITERAL', 'GLOB', 'NOGLOB', 'ICASE']) {
    repo.env[`GIT_${name}_PATHSPECS`] = '1';
    stage('live/a', '1\n');
    isFree(commit);
    stage('live/a', `${name}\n`);
    isBlocked(() => commit(), 'live/a');
    delete repo.env[`GIT_${name}_PATHSPECS`];
  }
});

test('a gitlink is noticed: at a side, in one, and above one that only another branch has', () => {
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

test('a new link or file above a side is noticed, and a sibling of the side is not', () => {
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

test('templates: names match any name, and a path that the pattern does not match starts no Node', () => {
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

test('more pairs than git should match are covered by their directories', () => {
  const pairs = Array.from({ length: 500 }, (_, at) => ({ a: `src/${at}/x`, b: `lib/${at % 7}/${at}` }));
  repo.manifest({ pairs: [...pairs, { a: 'one/deep/file', b: 'one/deep/copy' }] });
  repo.write('src/499/x', '1\n').write('lib/2/499', '1\n').settle();
  isChecked(commit);
  isFree(commit);
  stage('src/499/x', '2\n');
  isBlocked(() => commit());
});

test("in a submodule with its own manifest, the superproject's rules count too", () => {
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

test.run();
