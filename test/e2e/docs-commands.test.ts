// Runs every command that a page of docs/ shows, and checks that generated pages are current.

import { chmodSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawSession, recordSession } from '../../scripts/recording.js';
import { buildApiReference, buildManifestReference, withReference } from '../../scripts/reference.js';
import { CLI, Repo } from '../support/repo.js';
import { blocks, replaySession } from '../support/session.js';

const test = suite<{ repo: Repo }>('the commands in docs/');

test.before.each((context) => {
  context.repo = new Repo();
});
test.after.each(({ repo }) => repo.remove());

const PAGES = [
  'audit.md',
  'ci.md',
  'discover.md',
  'doctor.md',
  'managers.md',
  'migration.md',
  'push.md',
  'server.md',
  'submodules.md',
];

/** The lines of a page's sh blocks, also indented ones. */
function commandsOf(page: string): string[] {
  const text = readFileSync(`docs/${page}`, 'utf8');
  const blocks = [...text.matchAll(/^( *)```sh\n(.*?)^ *```/gms)].map(([, , block = '']) => block);
  return blocks.flatMap((block) => block.split('\n').map((line) => line.trim())).filter((line) => line !== '');
}

/** A project with dos-sync, a drifted pair, and a remote with main; npm and npx are stubs. */
function makeProject(repo: Repo): void {
  const bin = repo.path('.git/bin');
  const put = (name: string, script: string) => {
    repo.write(`.git/bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  put(
    'npx',
    `[ "$1" != --no ] || shift; [ "$1" = dos-sync ] || exit 99; shift; exec '${process.execPath}' '${CLI}' "$@"`,
  );
  put('npm', `case $1 in install) exit 0 ;; root) echo '${repo.path('node_modules')}' ;; *) exit 99 ;; esac`);
  mkdirSync(repo.path('node_modules'));
  symlinkSync(resolve('.'), repo.path('node_modules/dos-sync'));
  repo.env['PATH'] = [bin, process.env['PATH']].join(delimiter);
  repo.git('config', 'alias.dos-sync', `!'${process.execPath}' '${CLI}'`);
  for (const copy of ['web', 'site/content']) repo.write(`${copy}/api.md`, '2\n');
  repo.write('.gitignore', 'node_modules\n').write('docs/api.md', '1\n').settle();
  repo.git('init', '-q', '--bare', '.git/project.git');
  repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
}

for (const page of PAGES) {
  const commands = commandsOf(page);
  if (commands.length === 0) continue;
  test(`docs/${page}: ${commands.length} commands do what they say they do`, ({ repo }) => {
    makeProject(repo);
    if (!commands.some((each) => each.endsWith('dos-sync init'))) {
      repo.manifest({ pairs: [{ a: 'docs', b: 'web' }] }).settle('a manifest');
    }
    for (const command of commands) {
      const here = command.replaceAll('/srv/git/project.git', repo.path('.git/project.git'));
      const { code, stdout, stderr } = repo.run('sh', ['-c', here]);
      // A report of drift is a valid answer, exit code 2 is not.
      const answers = /^git dos-sync (?:check|doctor|fix)\b/.test(command) ? [0, 1] : [0];
      assert.ok(answers.includes(code), `${command}: exit code ${code}\n${stdout}${stderr}`);
      if (command.includes(' add ')) repo.git('add', '.dos-sync-manifest.json');
      if (command.startsWith('git dos-sync check --fix')) repo.settle('so far');
    }
  });
}

test('docs/api.md: the example runs', ({ repo }) => {
  makeProject(repo);
  repo.manifest({ pairs: [{ a: 'docs', b: 'web' }] }).settle('a manifest');
  const [, example = ''] = /^```ts\n(.*?)^```/ms.exec(readFileSync('docs/api.md', 'utf8')) ?? [];
  repo.write('example.mjs', example);
  const { stdout, stderr } = repo.run(process.execPath, ['example.mjs']);
  assert.is(stderr, '');
  assert.is(stdout, 'DRIFT docs -> web api.md\n');
});

test('docs/json.md: the scripts print what the page shows', ({ repo }) => {
  makeProject(repo);
  const [session = ''] = blocks('docs/json.md', 'console');
  const [, script = ''] = /^\$ cat .*?\n(.*?)^\$/ms.exec(session) ?? [];
  repo.manifest({ pairs: [{ a: 'docs', b: 'web' }] }).write('stale.mjs', script);
  repo.write('docs/same.md', '1\n').write('web/same.md', '1\n').write('docs/api.md', '2\n').settle();
  repo.write('docs/api.md', '3\n');
  replaySession(repo, session);
});

test('the references are current (npm run docs builds them)', () => {
  for (const [path, reference] of [
    ['docs/manifest.md', buildManifestReference()],
    ['docs/api.md', buildApiReference('src/index.ts')],
  ] as const) {
    const page = readFileSync(path, 'utf8');
    assert.is(withReference(page, reference), page, path);
  }
});

test('the recording is current (npm run docs makes it)', async () => {
  assert.is(readFileSync('docs/recording.svg', 'utf8'), drawSession(await recordSession()));
});

test.run();
