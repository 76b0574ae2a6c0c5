// Conventions of other commands: help, hints for typos, colours, progress, completion.

import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo, type Result } from '../support/repo.js';
import { TestTerminal } from '../support/terminal.js';

const test = suite<{ repo: Repo }>('habits');

test.before.each((context) => {
  context.repo = new Repo();
  context.repo.git('config', 'alias.dos-sync', `!'${process.execPath}' '${CLI}'`);
  context.repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  context.repo.write('live/x', '1').write('release/x', '2').settle();
});
test.after.each(({ repo }) => repo.remove());

test('git dos-sync -h lists the commands, each with its own -h', ({ repo }) => {
  const { code, stdout } = repo.tryGit('dos-sync', '-h');
  assert.is(code, 0);
  for (const verb of ['check', 'fix', 'init', 'add', 'install', 'uninstall', 'doctor', 'completion']) {
    assert.match(stdout, new RegExp(`^ {2}${verb}\\b`, 'm'));
    assert.match(repo.tryGit('dos-sync', verb, '-h').stdout, `Usage: dos-sync ${verb}`);
  }
});

test('a typo in a command or an option gets a hint, and exit code 2', ({ repo }) => {
  const verb = repo.dosSync('chekc');
  assert.is(verb.code, 2);
  assert.match(verb.stderr, /\(Did you mean check\?\)/);
  const option = repo.dosSync('check', '--fulll');
  assert.is(option.code, 2);
  assert.match(option.stderr, /\(Did you mean --full\?\)/);
  assert.match(
    repo.dosSync('check', '--format', 'sarf').stderr,
    /Allowed choices are text, json, porcelain, porcelain-z, github, gitlab, sarif, junit/,
  );
});

test('colours: by NO_COLOR and FORCE_COLOR, else only on a terminal', async ({ repo }) => {
  const coloured = /\u001b\[3\dm/;
  assert.not.match(repo.dosSync('check', '--full').stdout, coloured);
  repo.env['FORCE_COLOR'] = '1';
  assert.match(repo.dosSync('check', '--full').stdout, coloured);
  for (const layout of ['--json', '--porcelain', '--format=github', '--format=junit']) {
    assert.not.match(repo.dosSync('check', layout).stdout, coloured, layout);
  }
  repo.env['NO_COLOR'] = '1';
  assert.not.match(repo.dosSync('check', '--full').stdout, coloured);
  const raw = repo.path('screen');
  for (const [env, expected] of [
    ['', true],
    ['NO_COLOR=1 ', false],
  ] as const) {
    const terminal = new TestTerminal(
      `${env}script -qec "'${process.execPath}' '${CLI}' check --full" '${raw}'`,
      repo.top,
    );
    await terminal.end();
    assert.is(coloured.test(readFileSync(raw, 'utf8')), expected, env);
  }
});

test('long work says so on a terminal, and clears that line afterwards', async ({ repo }) => {
  const [git = ''] = repo.run('sh', ['-c', 'command -v git']).stdout.split('\n');
  const slow = repo.path('.git/bin/git');
  // Waits for the test, not for a fixed time.
  repo.write(
    '.git/bin/git',
    `#!/bin/sh\ncase "$*" in *' status '*) while [ ! -e '${repo.path('.git/go')}' ]; do sleep 0.1; done ;; esac\nexec '${git}' "$@"\n`,
  );
  chmodSync(slow, 0o755);
  const bin = `${repo.path('../')}bin-${process.pid}`;
  repo.run('sh', ['-c', `mkdir '${bin}' && cp '${slow}' '${bin}/git'`]);
  try {
    const terminal = new TestTerminal(`'${process.execPath}' '${CLI}' check`, repo.top, {
      PATH: [bin, process.env['PATH']].join(delimiter),
    });
    await terminal.waitFor('dos-sync: comparing … 1 s');
    repo.write('.git/go', '');
    assert.is(await terminal.end(), 1);
    const last = terminal.screen.split('\n').map((line) => line.trimEnd().split('\r').at(-1));
    assert.not.match(last.join('\n'), 'comparing');
    assert.match(last.join('\n'), 'out of sync: 0 identical, 1 drifted, 0 missing');
  } finally {
    repo.run('rm', ['-r', bin]);
  }
});

/** bash's completions of the last of these words. */
function complete(repo: Repo, ...words: string[]): string[] {
  const script = `eval "$("$NODE" "$CLI" completion bash)"
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_dos_sync; printf '%s\\n' "\${COMPREPLY[@]}"`;
  Object.assign(repo.env, { NODE: process.execPath, CLI });
  const { code, stdout, stderr }: Result = repo.run('bash', ['-c', script, 'bash', ...words]);
  assert.is(code, 0, stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

test('bash completes commands, options, values, revisions and paths', ({ repo }) => {
  assert.equal(complete(repo, 'dos-sync', 'unin'), ['uninstall']);
  assert.equal(complete(repo, 'git', 'dos-sync', 'che'), ['check']);
  assert.equal(complete(repo, 'git', '-C', '.', 'dos-sync', 'fix', '--del'), ['--delete']);
  assert.equal(complete(repo, 'sync-check', '--ful'), ['--full']);
  assert.equal(complete(repo, 'dos-sync', 'check', '--format', 's'), ['sarif']);
  repo.git('branch', 'topic');
  assert.equal(complete(repo, 'dos-sync', 'check', '--base', 't'), ['topic']);
  repo.write('live/a b$(x)', '1');
  assert.equal(complete(repo, 'dos-sync', 'fix', 'live/').sort(), ['live/a b$(x)', 'live/x']);
});

test('bash completes paths of pairs: also missing ones and untracked ones, and no others', ({ repo }) => {
  repo.write('other/x', '1').write('live/sub/new', '1').write('live/built.log', '1').write('.gitignore', '*.log\n');
  for (const verb of ['check', 'fix', 'diff', 'explain', 'accept']) {
    assert.equal(complete(repo, 'git', 'dos-sync', verb, ''), ['live', 'release'], verb);
  }
  assert.equal(complete(repo, 'dos-sync', 'explain', 'live/'), ['live/sub', 'live/x']);
  assert.equal(complete(repo, 'dos-sync', 'explain', 'release/s'), ['release/sub/']);
  assert.equal(complete(repo, 'dos-sync', 'explain', 'release/sub/'), ['release/sub/new']);
  assert.equal(complete(repo, 'dos-sync', 'fix', './re'), ['./release']);
  assert.equal(complete(repo, 'dos-sync', 'explain', 'other/'), []);
  assert.equal(complete(repo, 'dos-sync', 'add', 'other/'), ['other/x']);
});

test('bash completes any file where there is no manifest', ({ repo }) => {
  repo.write('other/x', '1');
  repo.delete('.dos-sync-manifest.json');
  assert.equal(complete(repo, 'dos-sync', 'explain', 'other/'), ['other/x']);
});

test('bash: the name of a branch is not run', ({ repo }) => {
  const name = ['t$(touch', '{IFS}ran)'].join('$');
  repo.git('branch', name);
  assert.equal(complete(repo, 'dos-sync', 'check', '--base', 't'), [name]);
  assert.not(existsSync(repo.path('ran')));
});

test.run();
