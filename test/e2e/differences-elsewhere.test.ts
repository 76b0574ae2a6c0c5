// Pairs whose texts may differ where more than one repository or place is involved: servers,
// pushes, partial clones, submodules, places outside, merges.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { guardedServer } from '../support/server.js';

const test = suite('differing texts: elsewhere');
const made: Repo[] = [];

test.after.each(() => {
  for (const each of made.splice(0)) each.remove();
});

const take = (repo: Repo): Repo => {
  made.push(repo);
  return repo;
};

const PAIRS = { pairs: [{ a: 'a', b: 'b', with: [['one', 'two']], own: [{ lines: '# ' }] }] };

function settled(): Repo {
  const repo = take(new Repo());
  repo.manifest(PAIRS).write('a', '# of a\none\n').write('b', '# of b\ntwo\n').settle();
  return repo;
}

test('a server judges by the rule, and refuses what it does not allow', () => {
  const repo = settled();
  const server = take(guardedServer());
  repo.git('remote', 'add', 'origin', server.top);
  assert.is(repo.tryGit('push', '-q', 'origin', 'HEAD:main').code, 0);
  repo.write('a', '# of a\none more\n').write('b', '# of b\ntwo more\n').settle();
  assert.is(repo.tryGit('push', '-q', 'origin', 'HEAD:main').code, 0);
  repo.write('a', '# of a\none more\nlast\n').settle();
  const { code, stderr } = repo.tryGit('push', '-q', 'origin', 'HEAD:main');
  assert.is(code, 1);
  assert.match(stderr, 'a and its copy b differ');
});

test('a server judges a push that widens the rule and uses it at once by the old rule', () => {
  const repo = settled();
  const server = take(guardedServer());
  repo.git('remote', 'add', 'origin', server.top);
  repo.git('push', '-q', 'origin', 'HEAD:main');
  repo.manifest({ pairs: [{ ...PAIRS.pairs[0], own: [{ lines: '# ' }, { lines: '// ' }] }] });
  repo.write('a', '# of a\n// new\none\n').settle();
  assert.is(repo.dosSync('check').code, 0);
  assert.is(repo.tryGit('push', '-q', 'origin', 'HEAD:main').code, 1);
});

test('pre-push judges the commits that leave by the rule', () => {
  const repo = settled();
  const remote = take(new Repo(['--bare']));
  repo.git('remote', 'add', 'origin', remote.top);
  repo.hooks();
  repo.git('push', '-q', 'origin', 'HEAD:main');
  repo.write('a', '# another\none\n').git('commit', '-qam', 'own', '--no-verify');
  assert.is(repo.tryGit('push', '-q', 'origin', 'HEAD:main').code, 0);
  repo.write('a', '# another\nother\n').git('commit', '-qam', 'drift', '--no-verify');
  assert.is(repo.tryGit('push', '-q', 'origin', 'HEAD:main').code, 1);
});

test('in a partial clone without network, a rule whose blobs are not here is unchecked, never in sync', () => {
  const origin = settled();
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const clone = take(new Repo());
  clone.git('remote', 'add', 'origin', `file://${origin.top}`);
  clone.git('fetch', '-q', '--filter=blob:none', 'origin');
  clone.git('show', 'FETCH_HEAD:.dos-sync-manifest.json');
  clone.git('remote', 'set-url', 'origin', `file://${origin.top}-gone`);
  const { code, stderr } = clone.dosSync('check', '--commit', 'FETCH_HEAD');
  assert.is(code, 2, stderr);
  assert.match(stderr, /1 pair was not checked: the content [0-9a-f]{12} is not in this clone/);
});

test('the source outside the repository is compared and copied by the rule', () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  try {
    const repo = take(new Repo());
    repo.env['HOME'] = home;
    repo.env['XDG_CONFIG_HOME'] = join(home, '.config');
    writeFileSync(join(home, 'live'), '# of a\none\n');
    repo
      .manifest({ pairs: [{ ...PAIRS.pairs[0], a: '~/live' }] })
      .write('b', '# of b\ntwo\n')
      .settle();
    assert.is(repo.dosSync('trust').code, 0);
    assert.is(repo.dosSync('check').code, 0);
    writeFileSync(join(home, 'live'), '# of a\none more\n');
    assert.is(repo.dosSync('fix').code, 0);
    assert.is(repo.read('b'), '# of b\ntwo more\n');
    assert.is(readFileSync(join(home, 'live'), 'utf8'), '# of a\none more\n');
    // A consent covers the rule, too.
    repo.manifest({ pairs: [{ a: '~/live', b: 'b', own: [{ lines: '# ' }] }] });
    assert.match(repo.dosSync('check').stderr, '1 pair was not checked');
  } finally {
    rmSync(home, { recursive: true });
  }
});

test('a copy in a submodule gets its own words', () => {
  const repo = take(new Repo());
  const inner = take(new Repo());
  inner.write('b', '# of b\ntwo\n').settle();
  repo.env['GIT_ALLOW_PROTOCOL'] = 'file';
  repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.top, 'sub');
  repo
    .manifest({ pairs: [{ ...PAIRS.pairs[0], b: 'sub/b' }] })
    .write('a', '# of a\none\n')
    .settle();
  assert.is(repo.dosSync('check').code, 0);
  repo.write('a', '# of a\none more\n');
  repo.dosSync('fix');
  assert.is(repo.read('sub/b'), '# of b\ntwo more\n');
});

test('a merge that brings both sides in step passes, and one that does not is blocked', () => {
  const repo = settled();
  repo.hooks();
  repo.git('checkout', '-q', '-b', 'topic');
  repo.write('a', '# of a\nfirst\none\n').write('b', '# of b\nfirst\ntwo\n').settle();
  repo.git('checkout', '-q', '-');
  repo.write('a', '# of a\none\nlast\n').write('b', '# of b\ntwo\nlast\n').settle();
  assert.is(repo.tryGit('merge', '-q', '--no-edit', 'topic').code, 0);
  assert.is(repo.dosSync('check').code, 0);
});

test('a commit that changes a rule so that a difference is in sync says so, by name', () => {
  const repo = take(new Repo());
  repo
    .manifest({ pairs: [{ a: 'a', b: 'b' }] })
    .write('a', 'x\n')
    .write('b', '# own\nx\n')
    .settle();
  repo.hooks();
  repo.manifest({ pairs: [{ a: 'a', b: 'b', own: [{ lines: '# ' }] }] }).git('add', '-A');
  const { code, stderr } = repo.tryGit('commit', '-qm', 'rule');
  assert.is(code, 0, stderr);
  assert.match(stderr, 'dos-sync: a and b differ, and are in sync only because this commit changes their rule');
  assert.is(repo.tryGit('commit', '-q', '--allow-empty', '-m', 'again').stderr, '');
});

test('audit finds the commit that left a pair out of sync by its rule, and the one that mended it', () => {
  const repo = settled();
  repo.write('a', '# own only\none\n').settle();
  repo.write('a', '# own only\none more\n').settle();
  repo.write('b', '# of b\ntwo more\n').settle();
  const { stdout } = repo.dosSync('audit', '--json');
  const { totals } = JSON.parse(stdout) as { totals: Record<string, number> };
  assert.is(totals['introduced'], 1, stdout);
  assert.is(totals['resolved'], 1, stdout);
});

test.run();
