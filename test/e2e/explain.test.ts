import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo } from '../support/repo.js';
import { TestTerminal } from '../support/terminal.js';

const test = suite('explain and diff');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release', exclude: ['notes'] },
      { a: 'release/{Name}', b: 'packs/{Name}/src' },
      { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
    ],
    aliases: [
      { a: 'live/one/old.md', b: 'release/one/new.md' },
      { a: 'CLAUDE.md', b: 'AGENTS.md' },
    ],
  });
  for (const path of ['live/one/x.md', 'release/one/x.md', 'packs/one/src/x.md', 'LICENSE', 'packages/p/LICENSE']) {
    repo.write(path, '1\n');
  }
  for (const path of ['live/one/old.md', 'release/one/new.md', 'packs/one/src/new.md']) repo.write(path, 'alias\n');
  repo.write('CLAUDE.md', '1\n').write('AGENTS.md', '1\n').write('live/notes/n.md', '1\n').settle();
});
test.after.each(() => repo.remove());

function short(revision = 'HEAD'): string {
  return repo.git('rev-parse', revision).slice(0, 10);
}

function today(): string {
  return new Date(Number(repo.git('log', '-1', '--format=%at')) * 1000).toISOString().slice(0, 10);
}

test('explain: every pair of the path, the rule, its names, the verdict and the history', () => {
  const first = `${short()} by ${repo.git('log', '-1', '--format=%an').trim()} on ${today()}`;
  repo.write('live/one/x.md', '2\n').settle();
  const second = first.replace(/^\S+/, short());
  const { code, stdout } = repo.dosSync('explain', 'release/one/x.md');
  assert.is(code, 1);
  assert.equal(stdout.split('\n'), [
    'live/one/x.md -> release/one/x.md',
    '  declared   pairs[0]: live -> release',
    '  verdict    DRIFT (content)',
    `  history    release/one/x.md is behind: only live/one/x.md has changed, first in ${second}.`,
    'release/one/x.md -> packs/one/src/x.md',
    '  declared   pairs[1]: release/{Name} -> packs/{Name}/src',
    '  names      {Name} = one',
    '  verdict    SYNCED',
    `  history    last changed in ${first}`,
    '',
  ]);
});

test('explain: an alias inside a pair, an alias that is a separate pair, a fan-out, an excluded path', () => {
  const renamed = repo.dosSync('explain', 'live/one/old.md');
  assert.match(
    renamed.stdout,
    '  declared   pairs[0]: live -> release\n  alias      live/one/old.md -> release/one/new.md\n',
  );
  const own = repo.dosSync('explain', 'AGENTS.md');
  assert.match(own.stdout, '  declared   aliases[1]: CLAUDE.md -> AGENTS.md\n');
  const copies = repo.dosSync('explain', 'LICENSE');
  assert.match(
    copies.stdout,
    'LICENSE -> packages/p/LICENSE\n  declared   pairs[2]: LICENSE -> packages/{pkg}/LICENSE\n',
  );
  assert.match(copies.stdout, '{pkg} = p');
  const excluded = repo.dosSync('explain', 'live/notes/n.md');
  assert.equal(excluded, {
    code: 0,
    stdout: 'live/notes/n.md is excluded from pairs[0]: live -> release\n',
    stderr: '',
  });
  assert.is(repo.dosSync('explain', 'nowhere').code, 2);
});

test('explain: an exception that has lapsed is reported as such', () => {
  repo.write('AGENTS.md', '2\n').dosSync('accept', 'AGENTS.md', '--reason', 'other agents');
  assert.match(
    repo.dosSync('explain', 'AGENTS.md').stdout,
    '  exception  other agents\n  verdict    EXCEPTION (difference)\n',
  );
  repo.write('AGENTS.md', '3\n');
  assert.match(
    repo.dosSync('explain', 'AGENTS.md').stdout,
    '  exception  other agents (lapsed: one side has changed since)',
  );
});

test('in a shallow clone older history is unknown, which is reported', () => {
  repo.write('live/one/x.md', '2\n').settle();
  repo.delete('release/one/x.md');
  repo.settle();
  repo.write('unrelated', '1').settle();
  const clone = new Repo();
  try {
    clone.git('fetch', '-q', '--depth', '1', `file://${repo.top}`, 'HEAD');
    clone.git('checkout', '-q', 'FETCH_HEAD');
    const { stdout, stderr } = clone.dosSync('explain', 'live/one/x.md');
    assert.match(stdout + stderr, '(This clone is shallow, so older history is missing: git fetch --unshallow.)');
    clone.git('fetch', '-q', '--unshallow', `file://${repo.top}`, 'HEAD');
    const whole = clone.dosSync('explain', 'live/one/x.md').stdout;
    assert.not.match(whole, 'shallow');
    assert.match(whole, 'Both sides have changed since they last matched');
  } finally {
    clone.remove();
  }
});

test('explain: an uncommitted change is reported as such', () => {
  repo.write('CLAUDE.md', '2\n');
  assert.match(
    repo.dosSync('explain', 'CLAUDE.md').stdout,
    'AGENTS.md is behind: only CLAUDE.md has changed, first in a change that is not committed yet.',
  );
});

test('a side inside a submodule: its walk ends where the submodule moves, and no fix counts as safe', () => {
  const inner = new Repo();
  try {
    inner.write('x.md', '1\n').settle();
    repo.manifest({ pairs: [{ a: 'live', b: 'inner' }] });
    repo.delete('live');
    repo.write('live/x.md', '1\n');
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.top, 'inner');
    repo.settle();
    const ask = () => JSON.parse(repo.dosSync('check', '--json').stdout).files[0] as Record<string, unknown>;
    repo.write('live/x.md', '2\n').settle();
    assert.equal([ask()['stale_side'], ask()['basis']], ['b', 'moved']);
    repo.write('live/x.md', '1\n').settle();
    repo.write('inner/x.md', '3\n');
    repo.git('-C', 'inner', 'commit', '-q', '-a', '-m', 'inside');
    repo.settle();
    assert.is(ask()['basis'], 'guess');
    assert.match(
      repo.dosSync('explain', 'live/x.md').stdout,
      'One side is in a submodule whose earlier history was not examined',
    );
    assert.is(repo.dosSync('fix').code, 1);
    assert.is(repo.read('inner/x.md'), '3\n');
  } finally {
    inner.remove();
  }
});

test("diff: the drifted pairs, as git's own diff shows them; missing sides too", () => {
  repo.write('CLAUDE.md', '2\n').write('live/one/extra.md', 'extra\n');
  const { code, stdout } = repo.dosSync('diff');
  assert.is(code, 1);
  assert.match(stdout, '--- copy/AGENTS.md\n+++ source/CLAUDE.md\n');
  assert.match(stdout, '\n-1\n+2\n');
  assert.match(stdout, '--- /dev/null\n+++ source/live/one/extra.md\n');
  const reversed = repo.dosSync('diff', '--reverse').stdout;
  assert.match(reversed, '--- source/CLAUDE.md\n+++ copy/AGENTS.md\n');
  assert.match(reversed, '\n-2\n+1\n');
  assert.match(reversed, '--- source/live/one/extra.md\n+++ /dev/null\n');
  assert.is(repo.dosSync('diff', 'LICENSE').stdout, 'nothing differs\n');
  assert.not.match(repo.dosSync('diff', 'AGENTS.md').stdout, 'extra');
  assert.is(repo.dosSync('diff', 'nowhere').code, 2);
});

test('diff: the staged state, and a commit', () => {
  repo.write('CLAUDE.md', '2\n').write('live/one/extra.md', 'extra\n').git('add', '-A');
  repo.write('CLAUDE.md', '3\n');
  const staged = repo.dosSync('diff', '--staged').stdout;
  assert.match(staged, '\n-1\n+2\n');
  assert.match(staged, '--- /dev/null\n+++ source/live/one/extra.md\n');
  const reversed = repo.dosSync('diff', '--staged', '--reverse').stdout;
  assert.match(reversed, '--- source/live/one/extra.md\n+++ /dev/null\n');
  repo.git('commit', '-q', '-m', 'drifted');
  const committed = repo.dosSync('diff', '--commit', 'HEAD').stdout;
  assert.match(committed, '\n-1\n+2\n');
  assert.match(committed, '--- /dev/null\n+++ source/live/one/extra.md\n');
  assert.is(repo.dosSync('diff', '--commit', 'HEAD~1').stdout, 'nothing differs\n');
});

function inTerminal(env: Record<string, string>): TestTerminal {
  return new TestTerminal(`'${process.execPath}' '${CLI}' diff; echo "code $?"`, repo.top, env);
}

test("diff: at a terminal everything goes through the user's one pager", async () => {
  repo.write('CLAUDE.md', '2\n').write('LICENSE', '2\n');
  const terminal = inTerminal({ GIT_PAGER: 'sed s/^/paged:/; echo the end' });
  await terminal.waitFor('code 1');
  await terminal.end();
  assert.match(terminal.screen, 'paged:diff --git copy/AGENTS.md source/CLAUDE.md');
  assert.match(terminal.screen, 'paged:diff --git copy/packages/p/LICENSE source/LICENSE');
  assert.is(terminal.screen.split('the end').length, 2);
});

test('diff: closing the pager ends it, and pager.diff selects one, or none', async () => {
  repo.write('LICENSE', 'a line of it\n'.repeat(100_000)).write('CLAUDE.md', '2\n');
  const early = inTerminal({ GIT_PAGER: 'head -n 1' });
  await early.waitFor('code 1');
  await early.end();
  assert.match(early.screen, 'LICENSE');
  assert.not.match(early.screen, 'CLAUDE');
  repo.write('CLAUDE.md', '2\n').git('config', 'pager.diff', 'sed s/^/mine:/');
  const own = new TestTerminal(`unset GIT_PAGER; '${process.execPath}' '${CLI}' diff; echo "code $?"`, repo.top);
  await own.waitFor('code 1');
  await own.end();
  assert.match(own.screen, 'mine:diff --git copy/AGENTS.md source/CLAUDE.md');
  repo.git('config', 'pager.diff', 'false');
  const none = inTerminal({ GIT_PAGER: 'sed s/^/paged:/' });
  await none.waitFor('code 1');
  await none.end();
  assert.match(none.screen, 'diff --git copy/AGENTS.md source/CLAUDE.md');
  assert.not.match(none.screen, 'paged:');
});

test('diff: names that are not UTF-8, in the working tree, staged and committed; two that look alike stay different', () => {
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  for (const directory of ['live', 'release']) {
    for (const byte of ['\\351', '\\350'])
      repo.run('sh', ['-c', `echo ${directory} >"${directory}/$(printf 'n${byte}')"`]);
  }
  const shown = ['--- "copy/release/n\\\\xe8"', '+++ "source/live/n\\\\xe8"', '+live', '+++ "source/live/n\\\\xe9"'];
  const look = (...scope: string[]) => {
    const { code, stdout, stderr } = repo.dosSync('diff', ...scope, 'live', 'release');
    assert.equal([code, stderr], [1, '']);
    for (const line of shown) assert.ok(stdout.includes(`${line}\n`), `${line} in\n${stdout}`);
  };
  look();
  repo.git('add', '-A');
  look('--staged');
  repo.git('commit', '-q', '-m', 'odd names');
  look('--commit', 'HEAD');
});

test('diff: sides in a submodule, staged and committed', () => {
  const inner = new Repo();
  try {
    inner.write('x.md', 'inner\n').settle();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.top, 'inner');
    repo.manifest({ pairs: [{ a: 'CLAUDE.md', b: 'inner/x.md' }] }).settle();
    for (const scope of [[], ['--staged'], ['--commit', 'HEAD']]) {
      const { code, stdout, stderr } = repo.dosSync('diff', ...scope);
      assert.equal([code, stderr], [1, '']);
      assert.match(stdout, 'diff --git copy/inner/x.md source/CLAUDE.md\n');
      assert.match(stdout, '\n-inner\n+1\n');
    }
  } finally {
    inner.remove();
  }
});

test('diff: if nothing could be compared it does not say that nothing differs', () => {
  repo.manifest({ pairs: [{ a: '~/.nowhere/x', b: 'LICENSE' }] });
  const { code, stdout, stderr } = repo.dosSync('diff');
  assert.is(code, 2);
  assert.match(stdout, 'none of their files was compared');
  assert.match(stderr, 'you have not trusted the manifest yet: git dos-sync trust');
});

test.run();
