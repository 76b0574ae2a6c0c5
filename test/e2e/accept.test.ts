import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo } from '../support/repo.js';
import { LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite('a difference that is meant');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

const MANIFEST = '.dos-sync-manifest.json';

interface Alias {
  readonly a: string;
  readonly b: string;
  readonly exception: string;
  readonly at: readonly (string | null)[];
  readonly holds?: string;
  readonly digest?: string;
}

function aliases(text = repo.read(MANIFEST)): readonly Alias[] {
  return (JSON.parse(text) as { aliases?: readonly Alias[] }).aliases ?? [];
}

function state(path: string): string {
  return `100644 ${repo.git('hash-object', path).trim()}`;
}

test('accept pins an exception to what both sides hold, and keeps the format', () => {
  const text = '{\n    "pairs": [ {"a": "live", "b": "release"} ],\n    "fix_direction":  "live_to_submodule"\n}\n';
  repo.write(MANIFEST, text).write('release/skill.md', 'its own\n').settle();
  const { code, stdout } = repo.dosSync('accept', 'release/skill.md', '--reason', 'the release has its own');
  assert.is(code, 0);
  assert.match(stdout, 'accepted  1 difference, until it changes');
  const at = [state('live/skill.md'), state('release/skill.md')];
  const [{ digest = '', ...alias } = { digest: '' }] = aliases();
  const exception = 'the release has its own';
  assert.equal(alias, { a: 'live/skill.md', b: 'release/skill.md', exception, at, holds: 'difference' });
  assert.match(digest, /^sha256:[0-9a-f]{64}$/);
  const [head = '', tail = ''] = text.split('\n    "fix');
  assert.ok(repo.read(MANIFEST).startsWith(`${head}\n    "aliases": [\n        {`));
  assert.ok(repo.read(MANIFEST).endsWith(`\n    "fix${tail}`));
  assert.is(repo.dosSync('check').code, 0);
  assert.is(repo.status(), `M  ${MANIFEST}\n`);
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.read(MANIFEST), text);
});

const twoTexts = (a: string, b: string, ...lines: string[]) => {
  repo.write('live/skill.md', [`a title: ${a}`, 'one', 'two', ...lines, ''].join('\n'));
  repo.write('release/skill.md', [`a name: ${b}`, 'one', 'two', ...lines, ''].join('\n'));
};
const agree = (reason = 'a title of its own') => {
  assert.is(repo.dosSync('accept', 'release/skill.md', '--reason', reason).code, 0);
  repo.settle();
  repo.hooks();
};

test('an edit that both sides take keeps the exception, and so does a moved line', () => {
  twoTexts('x', 'y');
  agree();
  twoTexts('x', 'y', 'three', 'four');
  assert.is(repo.tryGit('commit', '-qam', 'both').code, 0);
  assert.is(repo.dosSync('check').code, 0);
  assert.match(
    repo.dosSync('check', '--full').stdout,
    'EXCEPTION       live/skill.md -> release/skill.md (difference)',
  );
});

test('an edit of one side is blocked, and the fix merges it into the other side', () => {
  twoTexts('x', 'y');
  agree();
  const edited = repo.read('live/skill.md').replace('two', 'two\nthree');
  repo.write('live/skill.md', edited).git('add', 'live');
  const { code, stderr } = repo.tryGit('commit', '-qm', 'one side');
  assert.is(code, 1);
  assert.match(stderr, 'release/skill.md is behind: only live/skill.md has changed since the difference was accepted.');
  assert.match(stderr, 'It was accepted without this line: live/skill.md:4: three');
  assert.is(repo.dosSync('fix', '--staged').code, 0);
  assert.is(repo.read('release/skill.md'), 'a name: y\none\ntwo\nthree\n');
  assert.is(repo.tryGit('commit', '-qm', 'both').code, 0);
  assert.is(repo.dosSync('check').code, 0);
});

test('after an edit that both sides took, an edit of one side is still told and fixed as one', () => {
  twoTexts('x', 'y');
  agree();
  twoTexts('x', 'y', 'three');
  repo.git('commit', '-qam', 'both');
  repo.write('live/skill.md', `${repo.read('live/skill.md')}four\n`).git('add', '-A');
  const { code, stderr } = repo.tryGit('commit', '-qm', 'one side');
  assert.is(code, 1);
  assert.match(stderr, 'release/skill.md is behind: only live/skill.md has changed since the difference was accepted.');
  repo.git('commit', '-qm', 'forgotten', '--no-verify');
  assert.match(repo.dosSync('check').stdout, 'release/skill.md is behind');
  assert.is(repo.dosSync('fix').code, 0);
  assert.is(repo.read('release/skill.md'), 'a name: y\none\ntwo\nthree\nfour\n');
  assert.is(repo.dosSync('check').code, 0);
});

test('an edit of the copy is merged into the source', () => {
  twoTexts('x', 'y');
  agree();
  repo.write('release/skill.md', `${repo.read('release/skill.md')}three\n`);
  const { stdout } = repo.dosSync('check');
  assert.match(stdout, 'live/skill.md is behind: only release/skill.md has changed since the difference was accepted.');
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.dosSync('fix', '--from', 'b', 'release/skill.md').code, 0);
  assert.is(repo.read('live/skill.md'), 'a title: x\none\ntwo\nthree\n');
  assert.is(repo.dosSync('check').code, 0);
});

test('different edits of both sides are merged into both', () => {
  twoTexts('x', 'y', ...'3456789'.split(''));
  agree();
  repo.write('live/skill.md', repo.read('live/skill.md').replace('two', 'two\nnew'));
  repo.write('release/skill.md', `${repo.read('release/skill.md')}last\n`);
  assert.match(repo.dosSync('check').stdout, 'Both sides have changed since the difference was accepted.');
  assert.is(repo.dosSync('fix').code, 1);
  assert.is(repo.dosSync('fix', '--merge', 'release/skill.md').code, 0);
  assert.match(repo.read('live/skill.md'), 'a title: x\none\ntwo\nnew\n3');
  assert.match(repo.read('release/skill.md'), 'a name: y\none\ntwo\nnew\n3');
  for (const path of ['live/skill.md', 'release/skill.md']) assert.match(repo.read(path), '9\nlast\n');
  assert.is(repo.dosSync('check').code, 0);
});

test('a change of the accepted lines themselves is agreed again with one answer', async () => {
  twoTexts('x', 'y');
  agree();
  twoTexts('another', 'y');
  repo.git('add', '-A');
  const terminal = new TestTerminal('git commit -q -m next', repo.top);
  await terminal.waitFor('It was accepted without this line: live/skill.md:1: a title: another');
  await terminal.waitFor(LISTENING);
  terminal.type('a\r');
  await terminal.waitFor('stored in the manifest');
  terminal.type('again\r');
  assert.is(await terminal.end(), 0, terminal.screen);
  assert.is(repo.dosSync('check').code, 0);
});

test('the exception lapses when either side changes, and can be given again', () => {
  repo.write('release/skill.md', 'its own\n').dosSync('accept', 'live/skill.md', '--reason', 'first');
  for (const path of ['live/skill.md', 'release/skill.md']) {
    const before = repo.read(path);
    repo.write(path, 'moved\n');
    assert.is(repo.dosSync('check').code, 1, path);
    repo.write(path, before);
    assert.is(repo.dosSync('check').code, 0, path);
  }
  repo.write('live/skill.md', 'moved\n');
  assert.is(repo.dosSync('accept', 'live/skill.md', '--reason', 'second').code, 0);
  assert.equal(
    aliases().map(({ exception }) => exception),
    ['second'],
  );
  assert.is(repo.dosSync('check').code, 0);
});

test('accept --all is the baseline of an old repository: drifted, missing on either side, by any pair', () => {
  repo.manifest({
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'live', b: 'pack' },
      { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
    ],
  });
  repo.write('live/new.md', 'new\n').write('release/old.md', 'old\n').write('release/skill.md', 'its own\n');
  repo.write('LICENSE', 'one\n').write('packages/p/LICENSE', 'two\n').write('packages/q/LICENSE', 'three\n');
  repo.settle();
  assert.is(repo.dosSync('check').code, 1);
  const { code, stdout } = repo.dosSync('accept', '--all', '--reason', 'as it was found');
  assert.is(code, 0, stdout);
  assert.is(repo.dosSync('check').code, 0);
  assert.match(repo.dosSync('check').stdout, '7 excepted');
  repo.settle();
  repo.write('live/skill.md', 'next\n').git('add', '-A');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
});

test('accept --staged pins what is staged, and stages the manifest: the blocked commit goes through', () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  repo.write('live/skill.md', 'three\n');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
  assert.is(repo.dosSync('accept', '--staged', 'live/skill.md', '--reason', 'for now').code, 0);
  repo.git('commit', '-q', '-m', 'next');
  assert.is(aliases(repo.show(`HEAD:${MANIFEST}`)).length, 1);
  assert.is(repo.show('HEAD:live/skill.md'), 'two\n');
});

test('accept refuses what it cannot record, and then writes nothing', () => {
  const before = repo.state();
  assert.is(
    repo.dosSync('accept', 'live/skill.md', '--reason', 'x').stdout,
    'nothing to accept: these pairs are in sync\n',
  );
  for (const args of [
    ['accept', 'readme.md', '--reason', 'x'],
    ['accept', 'live/skill.md', '--reason', ' '],
    ['accept', 'live/skill.md'],
    ['accept', '--reason', 'x'],
    ['accept', '--all', 'live', '--reason', 'x'],
  ]) {
    assert.is(repo.dosSync(...args).code, 2, args.join(' '));
  }
  assert.is(repo.state(), before);
});

test('accept --remove removes the exception, stages that, and the two must be equal again', () => {
  repo.write('release/skill.md', 'its own\n').write('live/sub/x', '1\n').write('release/sub/x', '2\n');
  assert.is(repo.dosSync('accept', '--all', '--reason', 'x').code, 0);
  repo.settle();
  assert.is(repo.dosSync('check').code, 0);
  const { code, stdout } = repo.dosSync('accept', '--remove', 'release/sub');
  assert.is(code, 0);
  assert.match(stdout, 'removed the exception for live/sub/x -> release/sub/x; its two sides are compared again');
  assert.is(repo.status(), `M  ${MANIFEST}\n`);
  assert.equal(
    aliases().map(({ a }) => a),
    ['live/skill.md'],
  );
  assert.match(repo.dosSync('check').stdout, 'out of sync: 0 identical, 1 drifted, 0 missing, 1 excepted');
  assert.is(repo.tryGit('commit', '-q', '-m', 'judged whole').code, 1);
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.dosSync('check').code, 0);
});

test('accept --remove fails without an exception, and with other arguments', () => {
  repo.write('release/skill.md', 'its own\n').dosSync('accept', 'release/skill.md', '--reason', 'x');
  const before = repo.state();
  const { code, stderr } = repo.dosSync('accept', '--remove', 'readme.md');
  assert.is(code, 2);
  assert.match(stderr, 'No exception has a path at or below readme.md.');
  assert.match(stderr, 'exceptions: live/skill.md -> release/skill.md');
  for (const args of [['--remove'], ['--remove', '--all'], ['--remove', 'live', '--reason', 'x']]) {
    assert.is(repo.dosSync('accept', ...args).code, 2, args.join(' '));
  }
  assert.is(repo.state(), before);
});

test('at the prompt: accept asks for a reason, writes the exception and stages it; the commit has both', async () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const terminal = new TestTerminal('git commit -q -m next', repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('ac\r');
  await terminal.waitFor('Why is this difference OK?');
  terminal.type('the copy follows later\r');
  assert.is(await terminal.end(), 0, terminal.screen);
  assert.equal(
    aliases(repo.show(`HEAD:${MANIFEST}`)).map(({ exception }) => exception),
    ['the copy follows later'],
  );
  assert.equal([repo.show('HEAD:live/skill.md'), repo.show('HEAD:release/skill.md')], ['two\n', 'one\n']);
  assert.is(repo.status(), '');
});

test('accept without a reason asks for it at a terminal', async () => {
  repo.write('release/skill.md', 'its own\n');
  const terminal = new TestTerminal(`'${process.execPath}' '${CLI}' accept release/skill.md`, repo.top);
  await terminal.waitFor('Why is this difference OK?');
  terminal.type('a title\r');
  assert.is(await terminal.end(), 0, terminal.screen);
  assert.equal(
    aliases(repo.read(MANIFEST)).map(({ exception }) => exception),
    ['a title'],
  );
});

test('at the prompt: no reason, no exception', async () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  const before = repo.state();
  const terminal = new TestTerminal('git commit -q -m next', repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('ac\r');
  await terminal.waitFor('Why is this difference OK?');
  terminal.type('\r');
  await terminal.waitFor(LISTENING);
  terminal.type('\r');
  assert.is(await terminal.end(), 1, terminal.screen);
  assert.is(repo.state(), before);
});

test('at the prompt: accept is not offered where the manifest has unstaged edits', async () => {
  repo.write('live/skill.md', 'two\n').git('add', 'live');
  repo.write(MANIFEST, repo.read(MANIFEST).replace('{', '{ '));
  const terminal = new TestTerminal('git commit -q -m next', repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('\r');
  assert.is(await terminal.end(), 1);
  assert.not.match(terminal.screen, 'accept ');
});

const LINES = ['one', '2', '3', '4', '5', '6', '7', '8', 'nine'];

function text(first: string, last: string): string {
  return [first, ...LINES.slice(1, -1), last, ''].join('\n');
}

test('at the prompt: merge, where both changed and git can merge them', async () => {
  repo.write('live/skill.md', text('one', 'nine')).write('release/skill.md', text('one', 'nine')).settle();
  repo.write('live/skill.md', text('ONE', 'nine')).write('release/skill.md', text('one', 'NINE')).git('add', '-A');
  const terminal = new TestTerminal('git commit -q -m next', repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('m\r');
  assert.is(await terminal.end(), 0, terminal.screen);
  for (const path of ['live/skill.md', 'release/skill.md']) {
    assert.is(repo.show(`HEAD:${path}`), text('ONE', 'NINE'));
    assert.is(repo.read(path), text('ONE', 'NINE'));
  }
  assert.is(repo.status(), '');
});

test('at the prompt: a merge with a conflict leaves it in the working file of the source, and stages nothing', async () => {
  repo.write('live/skill.md', 'left\n').write('release/skill.md', 'right\n').git('add', '-A');
  const index = repo.git('ls-files', '--stage');
  const terminal = new TestTerminal('git commit -q -m next', repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('m\r');
  assert.is(await terminal.end(), 1, terminal.screen);
  assert.match(terminal.screen, 'resolve the conflicts in live/skill.md, git add it, then commit again');
  assert.match(repo.read('live/skill.md'), /^<{7} live\/skill.md\nleft\n={7}\nright\n>{7} release\/skill.md\n/);
  assert.is(repo.git('ls-files', '--stage'), index);
  assert.is(repo.read('release/skill.md'), 'right\n');
  repo.write('live/skill.md', 'left and right\n').git('add', 'live');
  assert.is(repo.tryGit('commit', '-q', '-m', 'next').code, 1);
  assert.is(repo.dosSync('fix', '--staged', 'live/skill.md').code, 0);
  repo.git('commit', '-q', '-m', 'next');
  assert.is(repo.show('HEAD:release/skill.md'), 'left and right\n');
});

test.run();
