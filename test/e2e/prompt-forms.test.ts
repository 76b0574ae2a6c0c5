// The offer in forms of commit and merge where the hook gets another index, and what it leaves
// unchanged.

import { chmodSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pairedRepo, type Repo } from '../support/repo.js';
import { ANSWERED, LISTENING, TestTerminal } from '../support/terminal.js';

const LIVE = 'live/skill.md';
const RELEASE = 'release/skill.md';
const FIX = 'f\r';

const test = suite('the offer, form by form');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
});
test.after.each(() => repo.remove());

interface Seen {
  readonly code: number;
  readonly screen: string;
}

/** Runs the command in a terminal, and answers its prompts in order with these keys. */
async function answer(command: string, ...keys: readonly string[]): Promise<Seen> {
  const terminal = new TestTerminal(command, repo.top);
  for (const [at, key] of keys.entries()) {
    if (at > 0) await terminal.waitFor(ANSWERED);
    await terminal.waitFor(LISTENING);
    terminal.type(key);
  }
  return { code: await terminal.end(), screen: terminal.screen };
}

function edit(path: string, content: string): void {
  repo.write(path, content).git('add', '--', path);
}

function committedAlike(content: string): void {
  for (const path of [LIVE, RELEASE]) assert.is(repo.show(`HEAD:${path}`), content);
}

test('commit -p: after the hunks the fix is offered, and is in the commit', async () => {
  repo.write(LIVE, 'two\n');
  const terminal = new TestTerminal('git commit -q -p -m next', repo.top);
  await terminal.waitFor('Stage this hunk');
  terminal.type('y\n');
  await terminal.waitFor(LISTENING);
  terminal.type(FIX);
  assert.is(await terminal.end(), 0, terminal.screen);
  committedAlike('two\n');
  assert.is(repo.status(), '');
});

test('commit -p with one hunk of two: the copy gets only that hunk, and the other stays unstaged', async () => {
  const text = (first: string, last: string): string => `${first}\n${'between\n'.repeat(20)}${last}\n`;
  repo.write(LIVE, text('a', 'z')).write(RELEASE, text('a', 'z')).settle();
  repo.write(LIVE, text('A', 'Z'));
  const terminal = new TestTerminal('git commit -q -p -m next', repo.top);
  for (const key of ['y\n', 'n\n']) {
    await terminal.waitFor('Stage this hunk');
    terminal.type(key);
  }
  await terminal.waitFor(LISTENING);
  terminal.type(FIX);
  assert.is(await terminal.end(), 0, terminal.screen);
  committedAlike(text('A', 'z'));
  assert.is(repo.read(RELEASE), text('A', 'z'));
  assert.is(repo.read(LIVE), text('A', 'Z'));
  assert.is(repo.status(), ` M ${LIVE}\n`);
});

test('commit --amend: the fix is in the amended commit', async () => {
  edit(LIVE, 'two\n');
  const { code, screen } = await answer('git commit -q --amend --no-edit', FIX);
  assert.is(code, 0, screen);
  committedAlike('two\n');
  assert.is(repo.git('rev-list', '--count', 'HEAD'), '1\n');
  assert.is(repo.status(), '');
});

test('a first commit: the missing copy is created', async () => {
  repo.git('update-ref', '-d', 'HEAD');
  repo.git('rm', '-q', '--cached', RELEASE);
  repo.delete(RELEASE);
  const { code, screen } = await answer('git commit -q -m first', FIX);
  assert.is(code, 0, screen);
  committedAlike('one\n');
  assert.is(repo.read(RELEASE), 'one\n');
});

test('commit -a in a linked worktree: the fix stays in that worktree', async () => {
  repo.git('worktree', 'add', '-q', '-b', 'side', 'linked');
  repo.write('linked/live/skill.md', 'two\n');
  const { code, screen } = await answer('cd linked && git commit -q -a -m next', FIX);
  assert.is(code, 0, screen);
  assert.is(repo.show(`side:${RELEASE}`), 'two\n');
  assert.is(repo.read('linked/release/skill.md'), 'two\n');
  assert.is(repo.read(RELEASE), 'one\n');
  assert.is(repo.run('git', ['status', '--porcelain'], { cwd: 'linked' }).stdout, '');
});

test('a clean merge: the fix is staged, and a plain commit completes the merge with it', async () => {
  const text = (first: string, last: string): string => `${first}\n${'between\n'.repeat(20)}${last}\n`;
  repo.write(LIVE, text('a', 'z')).write(RELEASE, text('a', 'z')).settle();
  repo.git('checkout', '-q', '-b', 'side');
  repo.write(LIVE, text('a', 'side')).settle();
  repo.git('checkout', '-q', 'main');
  repo.write(LIVE, text('main', 'z')).write(RELEASE, text('main', 'z')).settle();
  const { code, screen } = await answer('git merge --no-edit side', FIX);
  assert.is.not(code, 0, screen);
  assert.match(screen, 'Complete it with: git commit');
  assert.is(repo.show(`:${RELEASE}`), text('main', 'side'));
  assert.equal(repo.tryGit('commit', '-q', '--no-edit'), { code: 0, stdout: '', stderr: '' });
  committedAlike(text('main', 'side'));
  assert.is(repo.git('rev-list', '--parents', '-1', 'HEAD').trim().split(' ').length, 3);
});

test('the fix touches no other file: neither its unstaged edit nor untracked files', async () => {
  edit(LIVE, 'two\n');
  repo.write('readme.md', 'half a sentence').write('notes.txt', 'mine\n').write('release/notes.txt', 'mine too\n');
  const { code, screen } = await answer('git commit -q -m next', FIX);
  assert.is(code, 0, screen);
  committedAlike('two\n');
  assert.is(repo.read('readme.md'), 'half a sentence');
  assert.is(repo.status(), ' M readme.md\n?? notes.txt\n?? release/notes.txt\n');
});

test('an unstaged edit of the source survives the fix byte for byte', async () => {
  edit(LIVE, 'two\n');
  repo.write(LIVE, 'three, with no newline');
  const { code, screen } = await answer('git commit -q -m next', FIX);
  assert.is(code, 0, screen);
  committedAlike('two\n');
  assert.is(repo.read(LIVE), 'three, with no newline');
});

test('the executable bit: the fix stages it, and the working file follows', async () => {
  chmodSync(repo.path(LIVE), 0o755);
  repo.git('add', LIVE);
  const { code, screen } = await answer('git commit -q -m next', FIX);
  assert.is(code, 0, screen);
  assert.match(repo.git('ls-tree', 'HEAD', RELEASE), /^100755/);
  assert.is(repo.status(), '');
});

test('a diff writes nothing, and Enter after it still aborts', async () => {
  edit(LIVE, 'two\n');
  const before = repo.state();
  const { code, screen } = await answer('git commit -q -m next', 'd\r', '\r');
  assert.is(code, 1);
  assert.match(screen, /^[-+]two/m);
  assert.is(repo.state(), before);
});

test('a commit that another hook gives up after the fix: what stays is told', async () => {
  writeFileSync(repo.path('.git/hooks/commit-msg'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  edit(LIVE, 'two\n');
  const { code, screen } = await answer('git commit -q -m next', FIX);
  assert.is(code, 1);
  assert.match(screen, 'the fix stays staged');
  assert.is(repo.show(`:${RELEASE}`), 'two\n');
  assert.is(repo.read(RELEASE), 'two\n');
});

test('two findings: each has its prompt, and an abort at the second cancels the answer to the first', async () => {
  edit(LIVE, 'two\n');
  edit('live/new.md', 'new\n');
  const before = repo.state();
  const { code } = await answer('git commit -q -m next', 'fix\r', '\r');
  assert.is(code, 1);
  assert.is(repo.state(), before);
});

test('in sync, nothing is shown in a terminal either', async () => {
  edit(LIVE, 'two\n');
  edit(RELEASE, 'two\n');
  assert.equal(await answer('git commit -q -m next'), { code: 0, screen: '' });
});

test('an invalid dosSync.fix fails, and nothing is asked', async () => {
  repo.git('config', 'dosSync.fix', 'sometimes');
  edit(LIVE, 'two\n');
  const { code, screen } = await answer('git commit -q -m next');
  assert.is(code, 1);
  assert.match(screen, 'dosSync.fix is sometimes');
  assert.not.match(screen, 'resolved?');
});

test.run();
