// Real pushes to a guarded bare repository over file://: what is judged, and by which manifest.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drift, exchange, passes, push, refused, repo, server, setUpGuardedPushes } from '../support/guarded-pushes.js';
import { Repo } from '../support/repo.js';
import { guard, guardedServer, preReceive, serverState } from '../support/server.js';

const test = suite('a guarded repository');
setUpGuardedPushes(test);

const MANIFEST = { pairs: [{ a: 'live', b: 'release' }] };

test('a push in sync is accepted silently', () => {
  repo.write('live/skill.md', 'two\n').write('release/skill.md', 'two\n').settle();
  passes(push('main'));
  assert.is(server.show('main:release/skill.md'), 'two\n');
});

test('drift is refused in readable lines, with the ref, the commit, the pair and the way out', () => {
  const tip = drift('two\n').slice(0, 10);
  const stderr = refused('remote: ', 'main');
  const lines = stderr.split('\n').filter((line) => line.startsWith('remote: '));
  assert.equal(
    lines.map((line) => line.trimEnd()),
    [
      'remote: dos-sync: this push was stopped, because it contains pairs that are out of sync.',
      `remote: refs/heads/main at ${tip}:`,
      'remote:   live/skill.md and its copy release/skill.md differ',
      'remote:   > git dos-sync fix --staged live/skill.md && git commit   # copies the source to its copies',
      'remote:   then push again',
    ],
  );
});

test('the pushed objects are read from the quarantine, and the server is not written to', () => {
  const before = serverState(server);
  repo.write('live/new.md', 'only here\n').write('release/new.md', 'not the same\n').settle();
  refused('live/new.md and its copy release/new.md differ', 'main');
  assert.is(serverState(server), before);
  // Without git's variables the pushed commit is invisible, which must not pass.
  guard(server, preReceive().replace(/^exec /m, 'unset GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\nexec '));
  refused('is missing from this repository', 'main');
});

test('removing a pair is a push of its own', () => {
  repo.manifest({ pairs: [] });
  drift('two\n');
  const stderr = refused('live/skill.md and its copy release/skill.md differ', 'main');
  assert.match(stderr, 'push the manifest change separately first');
  // Also in two commits of one push, and with the whole manifest deleted.
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.manifest({ pairs: [] }).settle();
  drift('two\n');
  refused('live/skill.md and its copy release/skill.md differ', 'main');
  repo.delete('.dos-sync-manifest.json');
  repo.settle();
  refused('live/skill.md and its copy release/skill.md differ', 'main');
  passes(push('main~2:main'));
  passes(push('main'));
});

const FROZEN = { a: 'live/skill.md', b: 'release/skill.md', exception: 'the release is frozen' };

test('widening a pair is a push of its own: an exception', () => {
  const wider = { ...MANIFEST, aliases: [FROZEN] };
  repo.manifest(wider);
  drift('two\n');
  refused('push the manifest change separately first', 'main');
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  repo.manifest(wider).settle();
  passes(push('main'));
  drift('two\n');
  passes(push('main'));
});

test('the new manifest must be valid; the old one need not be', () => {
  repo.write('.dos-sync-manifest.json', '{ "pairs": 1 }\n').settle();
  const stderr = refused('remote: dos-sync: could not check. refs/heads/main: The manifest has', 'main');
  assert.match(stderr, 'remote: .dos-sync-manifest.json:1:');
  guard(server, '#!/bin/sh\n');
  passes(push('main'));
  guard(server);
  repo.write('readme.md', 'two\n').settle();
  refused('could not check', 'main');
  // The invalid one counts as none, so the new one is judged whole.
  guard(server, '#!/bin/sh\n');
  drift('two\n');
  passes(push('main'));
  guard(server);
  repo.manifest(MANIFEST).settle();
  refused('live/skill.md and its copy release/skill.md differ', 'main');
  repo.write('release/skill.md', 'two\n').settle();
  passes(push('main'));
});

test('a new branch is compared with the default branch and its manifest', () => {
  repo.git('checkout', '-q', '-b', 'topic');
  repo.write('readme.md', 'topic\n').settle();
  passes(push('topic'));
  repo.manifest({ pairs: [] });
  drift('two\n');
  refused('separately first', 'HEAD:refs/heads/other');
});

test('the first push is judged whole', () => {
  exchange(guardedServer());
  repo.git('remote', 'set-url', 'origin', `file://${server.top}`);
  drift('two\n');
  repo.write('readme.md', 'two\n').settle();
  refused('live/skill.md and its copy release/skill.md differ', 'main');
  repo.write('release/skill.md', 'two\n').settle();
  passes(push('main'));
});

test('an earlier commit of an accepted push is no bypass: neither by itself nor by a branch created from it', () => {
  const commit = drift('two\n');
  repo.write('release/skill.md', 'two\n').settle();
  passes(push('HEAD:refs/heads/topic'));
  refused('refs/heads/main at', `${commit}:refs/heads/main`);
  refused('refs/heads/way at', `${commit}:refs/heads/way`);
  repo.git('checkout', '-q', commit);
  repo.write('readme.md', 'on top\n').settle();
  refused('refs/heads/way at', 'HEAD:refs/heads/way');
  // Declared again in the branch.
  refused('refs/heads/topic at', '--force', `${commit}:refs/heads/topic`);
});

test('a branch that dropped the pair and drifted does not bring the drift in when it is merged', () => {
  repo.git('checkout', '-q', '-b', 'side');
  repo.manifest({ pairs: [] }).settle();
  passes(push('side'));
  drift('two\n');
  passes(push('side'));
  repo.git('checkout', '-q', 'main');
  repo.write('readme.md', 'main\n').settle();
  repo.git('merge', '-q', '--no-commit', 'side');
  repo.git('checkout', 'HEAD', '--', '.dos-sync-manifest.json');
  repo.settle();
  refused('live/skill.md and its copy release/skill.md differ', 'main');
});

test('drift at the tip of a merged branch, under the same manifest, does not block the push that merges it', () => {
  guard(server, '#!/bin/sh\n');
  repo.git('checkout', '-q', '-b', 'side');
  drift('two\n');
  passes(push('side'));
  guard(server);
  repo.git('checkout', '-q', 'main');
  repo.write('readme.md', 'main\n').settle();
  repo.git('merge', '-q', '--no-edit', 'side');
  passes(push('main'));
});

test('a side inside a submodule, or outside the repository, is not read here: one line says so', () => {
  repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repo.top, 'sub');
  repo.manifest({
    pairs: [
      { a: 'live', b: 'sub/live' },
      { a: '~/skills', b: 'release' },
    ],
  });
  repo.settle();
  drift('two\n');
  drift('two\n', 'release/skill.md');
  const { code, stderr } = push('main');
  assert.is(code, 0, stderr);
  assert.match(stderr, /^remote: dos-sync: 1 pair was not checked: .*submodule/m);
  assert.match(stderr, /^remote: dos-sync: 1 pair was not checked: .*outside the repository/m);
});

test('every ref counts; one rejected ref rejects all', () => {
  repo.git('branch', 'good');
  const before = serverState(server);
  drift('two\n');
  repo.git('tag', '-a', '-m', 'x', 'v1');
  refused(/^remote: refs\/heads\/main, refs\/tags\/v1 at/m, 'good', 'main', 'v1');
  assert.is(serverState(server), before);
});

test('deletions, and tags of blobs and trees, pass', () => {
  passes(push('main:gone'));
  passes(push(':gone'));
  repo.git('tag', '-a', '-m', 'x', 'blob', 'HEAD:readme.md');
  repo.git('tag', 'tree', 'HEAD^{tree}');
  passes(push('blob', 'tree'));
  repo.git('tag', '-f', 'blob', 'main');
  passes(push('--force', 'blob'));
});

test('a forced push is compared with what it replaces', () => {
  repo.write('live/skill.md', 'two\n').write('release/skill.md', 'two\n').settle();
  passes(push('main'));
  repo.git('reset', '-q', '--hard', 'HEAD~1');
  passes(push('--force', 'main'));
  drift('three\n');
  refused('refs/heads/main at', '--force', 'main');
});

test('a tag on an existing commit passes, whatever that commit is like', () => {
  guard(server, '#!/bin/sh\n');
  repo.write('.dos-sync-manifest.json', 'not JSON\n').settle();
  repo.git('tag', 'old');
  repo.manifest(MANIFEST).settle();
  passes(push('main'));
  guard(server);
  passes(push('old'));
});

test('a pushed replace ref cannot make drift look equal', () => {
  drift('two\n');
  const [two, one] = [repo.git('rev-parse', 'HEAD:live').trim(), repo.git('rev-parse', 'HEAD:release').trim()];
  repo.git('replace', one, two);
  passes(push('refs/replace/*:refs/replace/*'));
  refused('live/skill.md and its copy release/skill.md differ', 'main');
});

test('sha256', () => {
  exchange(guardedServer(['--object-format=sha256']), new Repo(['--object-format=sha256']));
  repo.git('remote', 'add', 'origin', `file://${server.top}`);
  repo.manifest(MANIFEST).write('live/skill.md', 'one\n').write('release/skill.md', 'one\n').settle();
  passes(push('main'));
  drift('two\n');
  refused('release/skill.md differ', 'main');
  refused('release/skill.md differ', 'main:refs/heads/new');
});

test.run();
