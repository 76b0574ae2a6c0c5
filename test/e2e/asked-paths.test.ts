// What a command costs: one walk through history for all copies, and nothing for pairs that nobody
// asked about.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NotingGit } from '../support/noting-git.js';
import { Installation } from '../support/printed.js';
import { Repo } from '../support/repo.js';

const test = suite('what a command reads for the paths it is asked about');
let repo: Repo;
let installation: Installation;
let git: NotingGit;

test.before.each(() => {
  repo = new Repo();
  installation = new Installation(repo);
  git = new NotingGit(repo, installation);
});
test.after.each(() => {
  repo.remove();
  installation.remove();
});

/** The calls of this verb of git. */
function callsOf(verb: string): readonly string[] {
  return git.calls.filter((line) => line.includes(` ${verb} `));
}

const COPIES = 30;

test('explain of the source of a fan-out: one walk through history for all copies', () => {
  repo.manifest({ pairs: [{ a: 'LICENSE', b: 'p/{Name}/LICENSE' }] }).write('LICENSE', '1\n');
  for (let at = 0; at < COPIES; at += 1) repo.write(`p/p${at}/LICENSE`, '1\n');
  repo.settle();
  const first = repo.git('rev-parse', 'HEAD').slice(0, 10);
  repo.write('p/p7/LICENSE', '2\n').settle();
  repo.write('p/p7/LICENSE', '1\n').settle();
  const last = repo.git('rev-parse', 'HEAD').slice(0, 10);
  git.clear();
  const { code, stdout } = repo.dosSync('explain', 'LICENSE');
  assert.is(code, 0);
  assert.is(callsOf('log').length, 1, git.calls.join('\n'));
  assert.is(stdout.split(`last changed in ${first}`).length - 1, COPIES - 1);
  assert.match(stdout, new RegExp(`p/p7/LICENSE\n(?:  .*\n)*?  history    last changed in ${last}`));
});

const DIRECTORIES = 40;

/** A pair of directories that differ in `d3/f`, and have many more directories. */
function wideRepo(): void {
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  for (const side of ['live', 'release']) {
    for (let at = 0; at < DIRECTORIES; at += 1)
      repo.write(`${side}/d${at}/f`, `${at}\n`).write(`${side}/d${at}/g`, 'g\n');
  }
  repo.settle();
  repo.write('live/d3/f', 'edited\n').git('add', '-A');
  git.clear();
}

const ONE_PATH: readonly (readonly string[])[] = [
  ['explain', 'live/d3/f'],
  ['explain', '--json', 'release/d4/g'],
  ['diff', 'live/d3/f'],
  ['diff', '--staged', 'live/d3/f'],
  ['check', 'live/d3/f'],
  ['check', '--staged', '--json', 'live/d3'],
  ['check', '--commit', 'HEAD', 'release/d3/f'],
  ['fix', '--dry-run', 'live/d3/f'],
  ['fix', '--staged', 'live/d3/f'],
  ['accept', 'live/d3/f', '--reason', 'on purpose'],
];

for (const words of ONE_PATH) {
  test(`${words.join(' ')}: no directory beside that path is read`, () => {
    wideRepo();
    const { code, stderr } = repo.dosSync(...words);
    assert.ok(code < 2, stderr);
    assert.ok(git.contents.length < DIRECTORIES, git.contents.join('\n'));
  });
}

/** Some read each equal directory once, to count its files. */
const ALL_PATHS: readonly (readonly string[])[] = [
  ['status'],
  ['status', '--json'],
  ['graph', '--format', 'mermaid'],
  ['audit'],
  ['fix', '--staged', '--dry-run'],
  ['diff'],
];

for (const words of ALL_PATHS) {
  test(`${words.join(' ')}: a directory that is equal on both sides is read at most once`, () => {
    wideRepo();
    const { code, stderr } = repo.dosSync(...words);
    assert.ok(code < 2, stderr);
    assert.ok(git.contents.length < DIRECTORIES * 1.5, `${git.contents.length}`);
  });
}

test.run();
