// `init` at a real terminal: the copies, the baseline and the hooks; then a blocked commit.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo } from '../support/repo.js';
import { ANSWERED, LISTENING, TestTerminal } from '../support/terminal.js';

const test = suite<{ repo: Repo }>('init at a terminal');

test.before.each((context) => {
  context.repo = new Repo();
  const { repo } = context;
  const text = (name: string): string =>
    Array.from({ length: 40 }, (_, at) => `line ${at} of ${name}, long enough to count\n`).join('');
  for (const name of ['one', 'two', 'three', 'four', 'five'])
    repo.write(`docs/${name}.md`, text(name)).write(`web/${name}.md`, text(name));
  repo.settle('copies');
  repo
    .write('docs/one.md', `${text('one')}more\n`)
    .write('web/one.md', `${text('one')}more\n`)
    .settle('in both places');
  repo.write('docs/two.md', `${text('two')}later\n`).settle('in one place');
});
test.after.each(({ repo }) => repo.remove());

/** Types one answer for each question that comes. */
async function init(repo: Repo, ...answers: string[]): Promise<{ code: number; screen: string }> {
  const terminal = new TestTerminal(`'${process.execPath}' '${CLI}' init`, repo.top);
  for (const [at, answer] of answers.entries()) {
    if (at > 0) await terminal.waitFor(ANSWERED);
    await terminal.waitFor(LISTENING);
    terminal.type(answer);
  }
  return { code: await terminal.end(), screen: terminal.screen };
}

test('the copies that are there, a baseline and the hooks: then a forgotten copy is blocked', async ({ repo }) => {
  const { code, screen } = await init(repo, 'a\r', 'y\r', 'y\r');
  assert.is(code, 0, screen);
  assert.match(screen, 'created .dos-sync-manifest.json');
  assert.match(screen, '1 file differs from its copy today. Accept this as the starting point?');
  const { pairs, aliases } = JSON.parse(repo.read('.dos-sync-manifest.json')) as Record<string, object[]>;
  assert.equal(pairs, [{ a: 'docs', b: 'web' }]);
  assert.is(aliases?.length, 1);
  assert.is(repo.dosSync('check').code, 0);
  // What it says at its end is what there is to do.
  assert.match(screen, 'git commit -m "Keep copies in sync"');
  repo.git('commit', '-q', '-m', 'Keep copies in sync');
  repo.write('docs/one.md', 'new\n').git('add', '-A');
  const { code: blocked, stderr } = repo.tryGit('commit', '-q', '-m', 'forgotten');
  assert.is(blocked, 1);
  assert.match(stderr, 'docs/one.md is staged, but its copy web/one.md is not');
  repo.write('docs/new.md', 'new\n').write('web/new.md', 'new\n').write('web/one.md', 'new\n').git('add', '-A');
  assert.is(repo.tryGit('commit', '-q', '-m', 'both places').code, 0);
});

test('each step can be left out: nothing but the manifest is there', async ({ repo }) => {
  const { code, screen } = await init(repo, 's\r', 'n\r');
  assert.is(code, 0, screen);
  assert.match(screen, 'No pairs are declared yet');
  assert.match(screen, /install the hooks: +\S+.* install/);
  assert.equal((JSON.parse(repo.read('.dos-sync-manifest.json')) as { pairs: object[] }).pairs, []);
  assert.not(repo.exists('.git/hooks/pre-commit'));
});

test('Ctrl-C at the baseline keeps what was declared before', async ({ repo }) => {
  const { code, screen } = await init(repo, 'a\r', '\u0003');
  assert.is(code, 0, screen);
  assert.equal((JSON.parse(repo.read('.dos-sync-manifest.json')) as { pairs: object[] }).pairs, [
    { a: 'docs', b: 'web' },
  ]);
  assert.not(repo.exists('.git/hooks/pre-commit'));
});

test('Ctrl-C at the first proposal ends the session, with the manifest alone', async ({ repo }) => {
  const { code, screen } = await init(repo, '\u0003');
  assert.is(code, 0, screen);
  assert.not.match(screen, 'Install the hooks');
  assert.equal((JSON.parse(repo.read('.dos-sync-manifest.json')) as { pairs: object[] }).pairs, []);
  assert.not(repo.exists('.git/hooks/pre-commit'));
});

test('in CI nothing is asked', async ({ repo }) => {
  repo.env['CI'] = 'true';
  const { code, stdout } = repo.dosSync('init');
  assert.is(code, 0);
  assert.match(stdout, /declare a pair: +\S+.* add <a> <b>/);
});

test.run();
