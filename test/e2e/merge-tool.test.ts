// The merge tool on conflict markers, at a real terminal.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, pairedRepo, type Repo } from '../support/repo.js';
import { ANSWERED, LISTENING, TestTerminal } from '../support/terminal.js';

const LIVE = 'live/skill.md';
const RELEASE = 'release/skill.md';
const MARKERS = /^<{7} live\/skill\.md\nleft\n={7}\nright\n>{7} release\/skill\.md\n$/;

const test = suite('the merge tool');
let repo: Repo;

test.before.each(() => {
  repo = pairedRepo();
  repo.write(LIVE, 'left\n').write(RELEASE, 'right\n').git('add', '-A');
});
test.after.each(() => repo.remove());

/** Configures a tool of the user's own, which is trusted to report a failure. */
function useTool(cmd: string): void {
  repo.git('config', 'merge.tool', 'fake');
  repo.git('config', 'mergetool.fake.cmd', cmd);
  repo.git('config', 'mergetool.fake.trustExitCode', 'true');
}

interface Seen {
  readonly code: number;
  readonly screen: string;
}

async function type(command: string, ...keys: readonly string[]): Promise<Seen> {
  const terminal = new TestTerminal(command, repo.top);
  for (const [at, key] of keys.entries()) {
    if (at > 0) await terminal.waitFor(ANSWERED);
    await terminal.waitFor(LISTENING);
    terminal.type(key);
  }
  return { code: await terminal.end(), screen: terminal.screen.replaceAll('\r', '') };
}

const COMMIT = 'git commit -q -m next';
const FIX = `'${process.execPath}' '${CLI}' fix --merge ${RELEASE}`;

/** Nothing is staged, the copy is unchanged, and the source has the markers. */
function hasOnlyMarkers(): void {
  assert.match(repo.read(LIVE), MARKERS);
  assert.is(repo.read(RELEASE), 'right\n');
  assert.equal([repo.show(`:${LIVE}`), repo.show(`:${RELEASE}`)], ['left\n', 'right\n']);
}

test('a conflict at the offer is resolved in the tool; then the source is staged and the commit passes', async () => {
  useTool(
    'cat "$BASE" "$LOCAL" "$REMOTE" >"$MERGED"; env >.git/seen; echo "$MERGED $LOCAL" >>.git/seen; test -t 0 && test -t 1',
  );
  const { code, screen } = await type(COMMIT, 'm\r');
  assert.is(code, 1, screen);
  assert.match(screen, 'dos-sync: opening the merge tool fake for live/skill.md.\n');
  assert.match(screen, 'dos-sync: live/skill.md is merged; git add it, then commit again.\n');
  assert.not.match(screen, 'resolve the conflicts');
  assert.is(repo.read(LIVE), 'one\nleft\nright\n');
  assert.equal([repo.show(`:${LIVE}`), repo.read(RELEASE)], ['left\n', 'right\n']);
  const seen = repo.read('.git/seen');
  assert.not.match(seen, /^GIT_(?:DIR|INDEX_FILE|NO_REPLACE_OBJECTS)=/m);
  assert.match(seen, `${repo.path(LIVE)} `);
  assert.match(seen, /LOCAL\.md$/m);
  repo.git('add', LIVE);
  const again = await type(COMMIT, 'f\r');
  assert.is(again.code, 0, again.screen);
  assert.is(repo.show(`HEAD:${RELEASE}`), 'one\nleft\nright\n');
  assert.is(repo.status(), '');
});

test('in a linked worktree and with commit -a the tool sees none of the variables of the hook', async () => {
  repo.git('commit', '-q', '--no-verify', '-m', 'left and right');
  repo.git('worktree', 'add', '-q', '.git/tree', 'HEAD~');
  useTool('env >seen; echo both >"$MERGED"');
  repo.write(`.git/tree/${LIVE}`, 'left\n').write(`.git/tree/${RELEASE}`, 'right\n');
  const { code, screen } = await type(`cd .git/tree && git commit -q -a -m next`, 'm\r');
  assert.is(code, 1, screen);
  assert.is(repo.read(`.git/tree/${LIVE}`), 'both\n');
  assert.not.match(repo.read('.git/tree/seen'), /^GIT_(?:DIR|INDEX_FILE)=/m);
});

for (const [name, cmd] of [
  ['exits with 1', 'exit 1'],
  ['leaves the markers', 'exit 0'],
  ['is none that git knows', undefined],
] as const) {
  test(`a tool that ${name}: the markers stay, as without a tool`, async () => {
    useTool(cmd ?? 'exit 0');
    if (cmd === undefined) repo.git('config', 'merge.tool', 'other');
    const { code, screen } = await type(COMMIT, 'm\r');
    assert.is(code, 1);
    const tool = cmd === undefined ? 'other' : 'fake';
    assert.match(screen, `the merge tool ${tool} did not resolve live/skill.md; see what it left there.\n`);
    assert.match(screen, 'dos-sync: resolve the conflicts in live/skill.md, git add it, then commit again.\n');
    hasOnlyMarkers();
  });
}

test("a tool without trustExitCode: git's own question about an unchanged file", async () => {
  useTool('true');
  repo.git('config', '--unset', 'mergetool.fake.trustExitCode');
  const terminal = new TestTerminal(COMMIT, repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('m\r');
  await terminal.waitFor('Was the merge successful [y/n]?');
  terminal.type('n\n');
  assert.is(await terminal.end(), 1);
  assert.match(terminal.screen, 'resolve the conflicts in live/skill.md');
  hasOnlyMarkers();
});

test("a tool that keeps the source's version alone: the next step is to use the source", async () => {
  useTool('cp "$LOCAL" "$MERGED"');
  const { screen } = await type(COMMIT, 'm\r');
  assert.match(screen, 'live/skill.md is as it was before the merge; to discard the changes in the copy, commit again');
  const again = await type(COMMIT, 's\r');
  assert.is(again.code, 0, again.screen);
  assert.is(repo.show(`HEAD:${RELEASE}`), 'left\n');
});

test('without a tool nothing is opened', async () => {
  const { code, screen } = await type(COMMIT, 'm\r');
  assert.is(code, 1);
  assert.not.match(screen, 'merge tool');
  assert.match(screen, 'dos-sync: resolve the conflicts in live/skill.md, git add it, then commit again.\n');
  hasOnlyMarkers();
});

test('fix --merge at a terminal: the tool, then fix again', async () => {
  useTool('cat "$LOCAL" "$REMOTE" >"$MERGED"');
  const { code, screen } = await type(FIX);
  assert.is(code, 1, screen);
  assert.match(screen, 'resolved  live/skill.md has the merged version: run fix again\n');
  assert.is(repo.read(RELEASE), 'right\n');
  assert.is(repo.dosSync('fix', RELEASE).code, 0);
  assert.is(repo.read(RELEASE), 'left\nright\n');
});

test('Ctrl-C in the tool ends the tool; the markers and no temporary file stay', async () => {
  useTool('echo opened; sleep 5');
  const terminal = new TestTerminal(FIX, repo.top);
  await terminal.waitFor('opened');
  terminal.type('\u0003');
  assert.is(await terminal.end(), 1);
  assert.match(terminal.screen, 'the merge tool fake did not resolve live/skill.md');
  hasOnlyMarkers();
});

test('Ctrl-C in a tool that goes on, as editors do: the commit waits for it', async () => {
  useTool('trap "echo both >\\"$MERGED\\"" INT; echo opened; sleep 5; test -s "$MERGED"');
  const terminal = new TestTerminal(COMMIT, repo.top);
  await terminal.waitFor(LISTENING);
  terminal.type('m\r');
  await terminal.waitFor('opened');
  terminal.type('\u0003');
  assert.is(await terminal.end(), 1);
  assert.match(terminal.screen, 'dos-sync: live/skill.md is merged; git add it, then commit again.');
  assert.is(repo.read(LIVE), 'both\n');
});

test('after a tool that fails, the next conflict is left to markers too', async () => {
  repo.git('reset', '-q', '--hard');
  for (const place of ['live', 'release']) repo.write(`${place}/other.md`, 'one\n');
  repo.settle();
  for (const name of ['other.md', 'skill.md']) repo.write(`live/${name}`, 'left\n').write(`release/${name}`, 'right\n');
  repo.git('add', '-A');
  useTool('echo "$MERGED" >>.git/opened; exit 1');
  const { screen } = await type(COMMIT, 'm\r', 'm\r');
  assert.is(repo.read('.git/opened'), `${repo.path('live/other.md')}\n`);
  for (const name of ['other.md', 'skill.md']) {
    assert.match(screen, `resolve the conflicts in live/${name}`);
    assert.match(repo.read(`live/${name}`), /^<{7} /);
  }
});

for (const [name, command] of [
  ['stdout that is no terminal', `${FIX} >.git/printed`],
  ['stdin that is no terminal', `${FIX} </dev/null`],
] as const) {
  test(`fix --merge with a ${name}: markers, and no tool`, async () => {
    useTool('echo both >"$MERGED"');
    const { code } = await type(command);
    assert.is(code, 1);
    hasOnlyMarkers();
  });
}

test('fix --merge without a terminal: markers, and no tool', () => {
  useTool('echo both >"$MERGED"');
  const { code, stdout } = repo.dosSync('fix', '--merge', RELEASE);
  assert.is(code, 1);
  assert.match(stdout, 'conflict  live/skill.md now has both versions');
  hasOnlyMarkers();
});

test.run();
