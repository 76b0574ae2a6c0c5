// Kinds of guarded servers and pushes: updateInstead, alternates, shallow clones, odd names.

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drift, exchange, passes, push, refused, repo, server, setUpGuardedPushes } from '../support/guarded-pushes.js';
import { Repo } from '../support/repo.js';
import { guard, preReceive } from '../support/server.js';

const test = suite('kinds of guarded repositories');
setUpGuardedPushes(test);

const WORDS = 'live/skill.md and its copy release/skill.md differ';

function settleInSync(text: string): void {
  repo.write('live/skill.md', text).write('release/skill.md', text).settle();
}

test('receive.denyCurrentBranch = updateInstead: only a push in sync reaches the work tree', () => {
  const place = new Repo();
  try {
    place.git('pull', '-q', repo.top, 'main');
    place.git('config', 'receive.denyCurrentBranch', 'updateInstead');
    mkdirSync(place.path('.git/hooks'), { recursive: true });
    writeFileSync(place.path('.git/hooks/pre-receive'), preReceive());
    chmodSync(place.path('.git/hooks/pre-receive'), 0o755);
    repo.git('remote', 'set-url', 'origin', `file://${place.top}`);
    drift('two\n');
    const { code, stderr } = push('HEAD:main');
    assert.is(code, 1);
    assert.match(stderr, WORDS);
    assert.is(place.read('live/skill.md'), 'one\n');
    repo.write('release/skill.md', 'two\n').settle();
    passes(push('HEAD:main'));
    assert.is(place.read('release/skill.md'), 'two\n');
  } finally {
    place.remove();
  }
});

test('alternates: objects that the server borrows are read, and a new branch of them is judged', () => {
  drift('two\n');
  const lent = new Repo(['--bare']);
  try {
    repo.git('push', '-q', lent.top, 'main');
    writeFileSync(server.path('objects/info/alternates'), `${lent.path('objects')}\n`);
    refused(WORDS, 'main');
    refused(WORDS, 'main:refs/heads/new');
    settleInSync('three\n');
    passes(push('main', 'main:refs/heads/new'));
  } finally {
    lent.remove();
  }
});

test('a push from a shallow clone, and into a shallow server', () => {
  settleInSync('two\n');
  passes(push('main'));
  const shallow = new Repo();
  shallow.git('fetch', '-q', '--depth=1', `file://${server.top}`, 'main');
  shallow.git('checkout', '-q', '-b', 'main', 'FETCH_HEAD');
  shallow.git('remote', 'add', 'origin', `file://${server.top}`);
  exchange(server.copy(), shallow);
  repo.git('remote', 'set-url', 'origin', `file://${server.top}`);
  drift('three\n');
  refused(WORDS, 'main');
  refused(WORDS, 'HEAD:refs/heads/new');
  repo.write('release/skill.md', 'three\n').settle();
  passes(push('main', 'HEAD:refs/heads/new'));
  const bare = new Repo(['--bare']);
  bare.git('config', 'receive.shallowUpdate', 'true');
  exchange(guard(bare));
  repo.git('remote', 'set-url', 'origin', `file://${server.top}`);
  passes(push('main'));
  drift('four\n');
  refused(WORDS, 'main');
});

test('odd ref names are read, and printed on one line', () => {
  const names = ['x/"quoted"', "x/it's", 'x/ä', 'x/$(echo>ran)', 'x/%n', 'x/#', 'x/\u202egnp', '-x/-'];
  const words = names.map((name) => `HEAD:refs/heads/${name}`);
  settleInSync('two\n');
  passes(push(...words.map((word) => word.replace('refs/heads/', 'refs/heads/fine/'))));
  drift('three\n');
  const stderr = refused(WORDS, ...words);
  assert.match(stderr, 'refs/heads/x/$(echo>ran)');
  assert.not(server.exists('ran'));
  refused('refs/notes/x at', 'HEAD:refs/notes/x');
  refused('refs/odd/deep/er at', 'HEAD:refs/odd/deep/er');
});

test.run();
