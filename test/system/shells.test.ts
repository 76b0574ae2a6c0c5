// Completion in fish and zsh, and the manual page where git finds it. Needs fish, zsh, man-db and
// mandoc.

import { rmSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mustRun, packTarball } from '../support/package.js';
import { CLI, Repo } from '../support/repo.js';
import { TestTerminal } from '../support/terminal.js';

const test = suite<{ repo: Repo }>('shells and man');

test.before.each((context) => {
  context.repo = new Repo();
  context.repo
    .manifest({ pairs: [{ a: 'live', b: 'release' }] })
    .write('live/one', '1')
    .write('lists', '1')
    .settle();
  context.repo.git('config', 'alias.dos-sync', `!'${process.execPath}' '${CLI}'`);
  Object.assign(context.repo.env, { NODE: process.execPath, CLI });
});
test.after.each(({ repo }) => repo.remove());

test('fish completes commands, options, values, revisions and paths', ({ repo }) => {
  const complete = (line: string) => {
    const { stdout, stderr } = repo.run('fish', ['-c', `$NODE $CLI completion fish | source; complete -C '${line}'`]);
    assert.is(stderr, '');
    return stdout
      .split('\n')
      .filter((each) => each !== '')
      .map((each) => each.split('\t')[0]);
  };
  assert.equal(complete('dos-sync unin'), ['uninstall']);
  assert.equal(complete('git dos-sync che'), ['check']);
  assert.equal(complete('git -C . dos-sync fix --del'), ['--delete']);
  assert.equal(complete('sync-check --ful'), ['--full']);
  assert.equal(complete('dos-sync check --format s'), ['sarif']);
  assert.equal(complete('dos-sync check --base ma'), ['main']);
  assert.equal(complete('dos-sync fix li'), ['live/']);
  assert.equal(complete('dos-sync fix live/'), ['live/one']);
  assert.equal(complete('dos-sync explain release/'), ['release/one']);
  assert.equal(complete('dos-sync add li').sort(), ['lists', 'live/']);
});

test('zsh completes commands, options, values, revisions and paths', async ({ repo }) => {
  const zsh = new TestTerminal('zsh -f -i', repo.top, { ...repo.env, PS1: '' });
  zsh.type('autoload -U compinit && compinit -u -D; eval "$($NODE $CLI completion zsh)"; echo rea""dy\n');
  await zsh.waitFor('ready');
  for (const [line, completed] of [
    ['dos-sync unin', 'dos-sync uninstall'],
    ['dos-sync fix --del', 'dos-sync fix --delete'],
    ['sync-check --ful', 'sync-check --full'],
    ['dos-sync check --format sa', 'dos-sync check --format sarif'],
    ['dos-sync check --base ma', 'dos-sync check --base main'],
    ['dos-sync fix live/o', 'dos-sync fix live/one'],
    ['dos-sync fix li', 'dos-sync fix live/'],
    ['dos-sync explain release/', 'dos-sync explain release/one'],
    ['dos-sync add lis', 'dos-sync add lists'],
  ] as const) {
    // Types on after the completion, as an argument of echo.
    zsh.type(`${line}\t\u0001echo "<\u0005>"\n`);
    await zsh.waitFor(`<${completed}`);
  }
  zsh.type('exit\n');
  await zsh.end();
});

test('the manual page is well formed, and has every command and option', ({ repo }) => {
  const lint = repo.run('mandoc', ['-T', 'lint', '-W', 'warning', `${dirname(CLI)}/git-dos-sync.1`]);
  assert.is(lint.stdout.replace(/^.*missing date.*\n/m, ''), '');
  const page = repo.run('mandoc', ['-T', 'utf8', `${dirname(CLI)}/git-dos-sync.1`]).stdout.replace(/.\u0008/g, '');
  for (const word of [
    'check [paths...]',
    '--porcelain',
    'doctor',
    'EXIT STATUS',
    '.dos-sync-manifest.json',
    'dosSync.fix',
  ]) {
    assert.match(page, word);
  }
});

test('git help dos-sync shows the page of a global installation', ({ repo }) => {
  const tarball = packTarball();
  const prefix = repo.path('.git/prefix');
  try {
    mustRun(repo, `npm install --no-fund --no-audit --loglevel=error -g --prefix '${prefix}' '${tarball}'`);
    Object.assign(repo.env, {
      PATH: [`${prefix}/bin`, process.env['PATH']].join(delimiter),
      MANPAGER: 'cat',
      PAGER: 'cat',
    });
    const { code, stdout, stderr } = repo.tryGit('help', 'dos-sync');
    assert.is(code, 0, stderr);
    assert.match(stdout.replace(/.\u0008/g, ''), /git-dos-sync\s+-\s+keep\s+identical\s+copies/);
    assert.is(repo.tryGit('dos-sync', '--version').code, 0);
  } finally {
    rmSync(dirname(tarball), { recursive: true });
  }
});

test.run();
