// Real pushes through the installed hook: what is judged, and what blocks.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drift, exchange, passes, publish, push, remote, repo, setUpPushes } from '../support/pushes.js';
import { Repo } from '../support/repo.js';

const test = suite('what leaves with a push');
setUpPushes(test);

test('every ref line counts, and a commit of several refs is reported once', () => {
  publish('origin', 'main');
  repo.git('branch', 'good');
  drift('two\n');
  repo.git('tag', 'v1');
  repo.git('tag', '-a', '-m', 'annotated', 'v2');
  const { code, stderr } = push('origin', 'good', 'main', 'v1', 'v2');
  assert.is(code, 1);
  assert.match(stderr, /^refs\/heads\/main, refs\/tags\/v1, refs\/tags\/v2 at [0-9a-f]{10}:$/m);
  assert.is(stderr.match(/differ/g)?.length, 1);
  passes(push('origin', 'good'));
});

test("the remote's commit of one ref counts for all: a new branch has only its own commits", () => {
  drift('two\n');
  publish(remote.top, 'main');
  repo.git('checkout', '-q', '-b', 'topic');
  repo.write('readme.md', 'topic\n').settle();
  // A URL has no remote-tracking refs; git's ref line for main says what the remote has.
  repo.git('commit', '-q', '--allow-empty', '--no-verify', '-m', 'empty');
  repo.git('branch', '-f', 'main', 'topic');
  passes(push(remote.top, 'main', 'topic'));
});

test('a new branch is compared with what was last fetched', () => {
  drift('two\n');
  publish('origin', 'main');
  repo.git('checkout', '-q', '-b', 'topic');
  repo.write('readme.md', 'topic\n').settle();
  passes(push('origin', 'topic'));
  drift('three\n');
  assert.match(push('origin', 'topic').stderr, 'judged: the commits that the remote does not have yet');
});

test('a remote a/b is not confused with the remote a', () => {
  repo.git('remote', 'add', 'a', remote.top);
  repo.tryGit('remote', 'add', 'a/b', remote.top);
  repo.git('config', 'remote.a/b.url', remote.top);
  drift('two\n');
  repo.git('update-ref', 'refs/remotes/a/b/main', 'main');
  assert.is(push('a', 'main').code, 1);
  repo.git('update-ref', 'refs/remotes/a/main', 'main');
  passes(push('a', 'main'));
});

test('a URL that reads like a pattern excludes nothing', () => {
  const odd = new Repo();
  try {
    odd.git('init', '-q', '--bare', 'or*');
    drift('two\n');
    repo.git('update-ref', 'refs/remotes/origin/main', 'main');
    assert.is(push(odd.path('or*'), 'main').code, 1);
  } finally {
    odd.remove();
  }
});

test('without knowledge of the remote, the default branch is the base, and the message says so', () => {
  drift('two\n');
  repo.git('checkout', '-q', '-b', 'topic');
  repo.write('readme.md', 'topic\n').settle();
  passes(push(remote.top, 'topic'));
  drift('three\n');
  drift('four\n');
  repo.write('readme.md', 'more\n').settle();
  const { code, stderr } = push(remote.top, 'HEAD:refs/heads/other');
  // The remote has `topic` now, but a URL does not show that.
  assert.is(code, 1);
  assert.match(stderr, 'judged: all commits since the default branch, because nothing is known about the remote');
});

test('the default branch itself, without knowledge of the remote: only its last commit', () => {
  drift('two\n');
  repo.write('readme.md', 'two\n').settle();
  passes(push(remote.top, 'main'));
  drift('three\n');
  assert.match(push(remote.top, 'main:refs/heads/x').stderr, 'judged: only the last commit');
});

test('a forced push is judged by its commits, also if the remote has unknown ones', () => {
  publish('origin', 'main');
  const other = new Repo();
  try {
    other.git('pull', '-q', remote.top, 'main');
    other.write('readme.md', 'theirs\n').settle();
    other.git('push', '-q', remote.top, 'HEAD:main');
  } finally {
    other.remove();
  }
  drift('two\n');
  const unknown = push('--force', 'origin', 'main');
  assert.is(unknown.code, 1);
  assert.match(unknown.stderr, 'live/skill.md and its copy release/skill.md differ');
  repo.git('fetch', '-q', 'origin');
  assert.is(push('--force', 'origin', 'main').code, 1);
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  passes(push('--force', 'origin', 'main'));
});

test('deletions pass, also beside a ref that does not', () => {
  repo.git('branch', 'gone');
  publish('origin', 'main', 'gone');
  passes(push('origin', '--delete', 'gone'));
  publish('origin', 'main:gone');
  drift('two\n');
  const { code, stderr } = push('origin', ':gone', 'main');
  assert.is(code, 1);
  assert.match(stderr, 'refs/heads/main at');
  assert.is(stderr.match(/ at [0-9a-f]{10}:/g)?.length, 1);
});

test('tags of blobs and trees have no pairs, and pass', () => {
  publish('origin', 'main');
  repo.git('tag', 'blob', 'HEAD:readme.md');
  repo.git('tag', '-a', '-m', 'x', 'tree', 'HEAD^{tree}');
  repo.git('tag', '-a', '-m', 'x', 'tag-of-tag', 'tree');
  passes(push('origin', 'blob', 'tree', 'tag-of-tag'));
  // And as the commit that the remote has.
  repo.git('tag', '-f', 'blob', 'main');
  passes(push('--force', 'origin', 'blob'));
});

test('a tag on a commit that the remote has adds nothing, whatever that commit is like', () => {
  repo.write('.dos-sync-manifest.json', 'not JSON\n').settle();
  publish('origin', 'main');
  repo.git('tag', 'old');
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] }).settle();
  passes(push('origin', 'main', 'old'));
});

test('a manifest that does not parse in the pushed tip stops the push, and the commit is named', () => {
  publish('origin', 'main');
  repo.write('.dos-sync-manifest.json', '{ "pairs": 1 }\n').settle();
  const tip = repo.git('rev-parse', 'HEAD').slice(0, 10);
  const { code, stderr } = push('origin', 'main');
  assert.is(code, 1);
  assert.match(stderr, `could not check. In commit ${tip}: `);
});

test('names with spaces are split from the right', () => {
  publish('origin', 'main');
  drift('two\n');
  const { code, stderr } = push('origin', 'HEAD@{0 minutes ago}:refs/heads/x');
  assert.is(code, 1);
  assert.match(stderr, /^refs\/heads\/x at /m);
});

test('a merge is judged only if no parent has the pair in this state', () => {
  publish('origin', 'main');
  repo.git('checkout', '-q', '-b', 'side');
  drift('side\n');
  publish('origin', 'side');
  repo.git('checkout', '-q', 'main');
  repo.write('readme.md', 'main\n').settle();
  repo.git('merge', '-q', '--no-verify', '--no-edit', 'side');
  passes(push('origin', 'main'));
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.git('merge', '-q', '--no-verify', '--no-commit', '--no-ff', 'side');
  repo.write('live/skill.md', 'evil\n').settle();
  assert.is(push('--force', 'origin', 'main').code, 1);
});

test('a pair that a pushed commit declares is judged whole, one that a merge includes is not', () => {
  repo.write('docs/a.md', 'one\n').write('web/a.md', 'other\n').settle();
  publish('origin', 'main');
  repo.git('checkout', '-q', '-b', 'topic');
  repo.write('readme.md', 'topic\n').settle();
  publish('origin', 'topic');
  repo.git('checkout', '-q', 'main');
  const pairs = [
    { a: 'live', b: 'release' },
    { a: 'docs', b: 'web' },
  ];
  repo.manifest({ pairs }).settle();
  assert.match(push('origin', 'main').stderr, 'docs/a.md and its copy web/a.md differ');
  publish('origin', 'main');
  repo.git('checkout', '-q', 'topic');
  repo.git('merge', '-q', '--no-verify', '--no-edit', 'main');
  passes(push('origin', 'topic'));
});

test('sha256', () => {
  exchange(new Repo(['--object-format=sha256']), new Repo(['--bare', '--object-format=sha256']));
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  repo.write('live/skill.md', 'one\n').write('release/skill.md', 'one\n').settle();
  repo.dosSync('install', '--native');
  repo.git('remote', 'add', 'origin', remote.top);
  passes(push('origin', 'main'));
  drift('two\n');
  assert.is(push('origin', 'main', ':refs/heads/none').code, 1);
  assert.match(push('origin', 'main:refs/heads/new').stderr, 'release/skill.md differ');
  repo.write('release/skill.md', 'two\n').settle();
  passes(push('origin', 'main', 'main:refs/heads/new'));
});

test('a push from a repository without a work tree is judged too', () => {
  publish('origin', 'main');
  drift('two\n');
  const bare = new Repo(['--bare']);
  try {
    bare.git('fetch', '-q', repo.top, '+main:main');
    bare.write('hooks/pre-push', repo.read('.git/hooks/pre-push'));
    bare.run('chmod', ['+x', 'hooks/pre-push']);
    const { code, stderr } = bare.tryGit('push', '-q', remote.top, 'main');
    assert.is(code, 1);
    assert.match(stderr, 'release/skill.md differ');
  } finally {
    bare.remove();
  }
});

test('a push without new commits, and one without a manifest, are silent', () => {
  passes(push('origin', 'main'));
  passes(push('origin', 'main'));
  repo.delete('.dos-sync-manifest.json');
  drift('two\n');
  passes(push('origin', 'main'));
});

test.run();
