import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pairedRepo, Repo } from '../support/repo.js';
import { ANSWERED, LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('the offer at a terminal');
let repo: Repo;

test.after.each(() => repo.remove());

async function commit(
  keys: readonly string[],
  command = 'git commit -q -m next',
): Promise<{ code: number; screen: string }> {
  const terminal = new TestTerminal(command, repo.top);
  for (const [at, key] of keys.entries()) {
    if (at > 0) await terminal.waitFor(ANSWERED);
    await terminal.waitFor(LISTENING);
    terminal.type(key);
  }
  return { code: await terminal.end(), screen: terminal.screen };
}

function offers(screen: string, word: string): boolean {
  const labels = screen.replaceAll(/\[(\w)\]/g, '$1');
  return new RegExp(`^[❯ ]+(?:use )?${word} `, 'm').test(labels);
}

test('a fix that would destroy an unstaged edit is never offered, and the edit survives', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  repo.write('release/skill.md', 'my own edit\n');
  const { code, screen } = await commit(['\r']);
  assert.is(code, 1);
  assert.not(offers(screen, 'fix'), screen);
  assert.match(screen, 'release/skill.md has unstaged edits.');
  assert.is(repo.read('release/skill.md'), 'my own edit\n');
  assert.is(repo.show(':release/skill.md'), 'one\n');
});

test('a fix is not offered if an untracked file is in the place of the missing copy', async () => {
  repo = pairedRepo();
  repo.write('live/new.md', 'new\n').git('add', 'live');
  repo.write('release/new.md', 'something else\n');
  const { code, screen } = await commit(['\r']);
  assert.is(code, 1);
  assert.not(offers(screen, 'fix'), screen);
  assert.is(repo.read('release/new.md'), 'something else\n');
});

test('a fix is not offered if only the copy is staged; the copy can be used', async () => {
  repo = pairedRepo();
  repo.write('release/skill.md', 'two\n').git('add', 'release');
  const { code, screen } = await commit(['c\r']);
  assert.is(code, 0, screen);
  assert.not(offers(screen, 'fix'), screen);
  assert.is(repo.show('HEAD:live/skill.md'), 'two\n');
  assert.is(repo.read('live/skill.md'), 'two\n');
  assert.is(repo.status(), '');
});

test('a fix is not offered where both are staged; using one side keeps the other readable', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'left\n').write('release/skill.md', 'right\n').git('add', '-A');
  const oid = repo.git('rev-parse', ':live/skill.md').trim();
  const { code, screen } = await commit(['c\r']);
  assert.is(code, 0, screen);
  assert.not(offers(screen, 'fix'), screen);
  assert.match(screen, `git cat-file -p ${oid}`);
  assert.is(repo.show('HEAD:live/skill.md'), 'right\n');
  assert.is(repo.git('cat-file', '-p', oid), 'left\n');
});

test('the other side is not offered if that would destroy unstaged edits of the source', async () => {
  repo = pairedRepo();
  repo.write('release/skill.md', 'two\n').git('add', 'release');
  repo.write('live/skill.md', 'an edit of the source\n');
  const { code, screen } = await commit(['\r']);
  assert.is(code, 1);
  assert.not(offers(screen, 'copy'), screen);
  assert.is(repo.read('live/skill.md'), 'an edit of the source\n');
});

test('fix stages the copy, writes its working file, and the commit passes with both', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  repo.write('readme.md', 'unstaged\n');
  const { code, screen } = await commit(['f\r']);
  assert.is(code, 0, screen);
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  assert.is(repo.read('release/skill.md'), 'two\n');
  assert.is(repo.status(), ' M readme.md\n');
});

test('diff shows the difference through git, then asks again', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const { code, screen } = await commit(['d\r', 'f\r']);
  assert.is(code, 0, screen);
  assert.match(screen, /-one\s+\+two/);
  assert.match(screen, 'From the copy to the source: +1 -1');
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
});

for (const [name, key] of [
  ['Enter alone', '\r'],
  ['q', 'q'],
  ['n', 'n'],
  ['the word abort', 'abort\r'],
  ['Esc', '\u001b'],
  ['Ctrl-D', '\u0004'],
  ['Ctrl-D after a letter', 'f\u0004'],
  ['Ctrl-C', '\u0003'],
] as const) {
  test(`${name} leaves everything as it is, and makes no commit`, async () => {
    repo = pairedRepo();
    repo.write('live/skill.md', 'two\n').git('add', 'live');
    const [before, head] = [repo.state(), repo.git('rev-parse', 'HEAD')];
    const { code } = await commit([key]);
    assert.is.not(code, 0);
    assert.is(repo.state(), before);
    assert.is(repo.git('rev-parse', 'HEAD'), head);
  });
}

test('y takes the fix, ? helps, and the last typed letter counts', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const terminal = new TestTerminal('git commit -q -m next', repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('?');
  await terminal.waitFor('leave the question without an answer.');
  terminal.type('dy\r');
  assert.is(await terminal.end(), 0, terminal.screen);
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
});

test('a resized terminal gets the question again, in lines of its width', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const resize = `(until test -e go; do sleep 0.1; done; stty cols 40 </dev/tty) & git commit -q -m next`;
  const terminal = new TestTerminal(resize, repo.top);
  await terminal.waitFor(LISTENING);
  repo.write('go', '');
  await terminal.waitFor('How should this be resolved?');
  await terminal.waitFor('helps.');
  const [, , again = ''] = terminal.screen.split('How should this be resolved?');
  assert.ok(!again.split(/\r?\n/).some((line) => line.length > 40), again);
  terminal.type('q');
  assert.is(await terminal.end(), 1, terminal.screen);
});

test('what was typed before the question is not taken for an answer', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  repo.git('update-ref', 'refs/heads/side', 'HEAD');
  // The shell reads one line, so the rest of the typed text is waiting in the terminal when the
  // hook starts.
  const terminal = new TestTerminal('echo ready; read line; git commit -q -m next', repo.top);
  await terminal.waitFor('ready');
  terminal.type('go\nf\r');
  await terminal.waitFor(LISTENING);
  terminal.type('\r');
  assert.is(await terminal.end(), 1, terminal.screen);
  assert.is(repo.show(':release/skill.md'), 'one\n');
});

test('commit -a: the fix is in the commit, and nothing is left over', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n');
  const { code, screen } = await commit(['f\r'], 'git commit -q -a -m next');
  assert.is(code, 0, screen);
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
  assert.is(repo.status(), '');
});

test('commit -- path: nothing is asked, the command is printed', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n');
  const { code, screen } = await commit([], 'git commit -q -m next -- live/skill.md');
  assert.is(code, 1);
  assert.not.match(screen, 'resolved?');
  assert.match(screen, 'dos-sync fix live/skill.md && git commit -- live/skill.md release/skill.md');
});

test('a chain live -> release -> pack is one fix, whatever the order of the pairs', async () => {
  repo = new Repo().hooks();
  repo.manifest({
    pairs: [
      { a: 'release', b: 'pack' },
      { a: 'live', b: 'release' },
    ],
  });
  for (const place of ['live', 'release', 'pack']) repo.write(`${place}/skill.md`, 'one\n');
  repo.settle();
  repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n').git('add', 'live');
  const { code, screen } = await commit(['f\r', 'f\r']);
  assert.is(code, 0, screen);
  assert.is(repo.show('HEAD:pack/skill.md'), 'two\n');
  assert.is(repo.show('HEAD:pack/new.md'), 'new\n');
  assert.is(repo.status(), '');
});

test('using the last copy of a chain carries it up to the root', async () => {
  repo = new Repo().hooks();
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'release', b: 'pack' },
    ],
  });
  for (const place of ['live', 'release', 'pack']) repo.write(`${place}/skill.md`, 'one\n');
  repo.settle();
  repo.write('pack/skill.md', 'two\n').git('add', 'pack');
  const { code, screen } = await commit(['c\r']);
  assert.is(code, 0, screen);
  for (const place of ['live', 'release', 'pack']) assert.is(repo.show(`HEAD:${place}/skill.md`), 'two\n');
});

test('a fan-out with twelve copies is one finding and one fix', async () => {
  repo = new Repo().hooks();
  repo.manifest({ pairs: [{ a: 'LICENSE', b: 'packages/{pkg}/LICENSE' }] }).write('LICENSE', 'one\n');
  for (let at = 0; at < 12; at += 1) repo.write(`packages/p${at}/LICENSE`, 'one\n');
  repo.settle();
  repo.write('LICENSE', 'two\n').git('add', 'LICENSE');
  const { code, screen } = await commit(['f\r']);
  assert.is(code, 0, screen);
  assert.is(repo.show('HEAD:packages/p11/LICENSE'), 'two\n');
});

test('several findings can be fixed with one answer', async () => {
  repo = pairedRepo();
  repo.write('live/new.md', 'new\n').write('live/skill.md', 'two\n').git('add', 'live');
  const { code, screen } = await commit(['e\r']);
  assert.is(code, 0, screen);
  assert.is(repo.show('HEAD:release/new.md'), 'new\n');
  assert.is(repo.show('HEAD:release/skill.md'), 'two\n');
});

test('a deletion: delete deletes the copy too', async () => {
  repo = pairedRepo();
  repo.git('rm', '-q', 'live/skill.md');
  const { code, screen } = await commit(['d\r']);
  assert.is(code, 0, screen);
  assert.not(repo.exists('release/skill.md'));
  assert.is(repo.git('ls-tree', '-r', '--name-only', 'HEAD'), '.dos-sync-manifest.json\nreadme.md\n');
});

test('a deletion: restore restores the file; nothing is the default', async () => {
  repo = pairedRepo();
  repo.git('rm', '-q', 'live/skill.md');
  const aborted = await commit(['\r']);
  assert.is(aborted.code, 1);
  assert.ok(repo.exists('release/skill.md'));
  const { screen } = await commit(['r\r'], 'git commit -q --allow-empty -m next');
  assert.is(repo.read('live/skill.md'), 'one\n', screen);
  assert.is(repo.status(), '');
});

test('a rename on one side is one finding, and one fix renames the copy', async () => {
  repo = pairedRepo();
  repo.git('mv', 'live/skill.md', 'live/renamed.md');
  const { code, screen } = await commit(['f\r']);
  assert.is(code, 0, screen);
  assert.match(screen, 'live/skill.md is renamed to live/renamed.md');
  assert.is(repo.show('HEAD:release/renamed.md'), 'one\n');
  assert.not(repo.exists('release/skill.md'));
});

test('dosSync.fix = never: the terminal is not used', async () => {
  repo = pairedRepo();
  repo.git('config', 'dosSync.fix', 'never');
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const { code, screen } = await commit([]);
  assert.is(code, 1);
  assert.not.match(screen, 'resolved?');
});

test('a commit in the background is not asked', async () => {
  repo = pairedRepo();
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const { screen } = await commit([], 'set -m; git commit -q -m next & wait $!; echo "code $?"');
  assert.match(screen, /^code 1\s*$/m);
  assert.not.match(screen, 'resolved?');
});

test.run();
