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

test.run();
