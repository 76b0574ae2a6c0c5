// Pushes of many refs: the hooks judge each combination of commits once, with as many gits as for
// one ref.

import { readFileSync, rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drift, passes, push, refused, repo, server, setUpGuardedPushes } from '../support/guarded-pushes.js';
import { CLI } from '../support/repo.js';
import { guard, preReceive } from '../support/server.js';

const test = suite('a push of many refs');
setUpGuardedPushes(test);

const MANY = 60;

/** Creates refs below this name, each to its commit. */
function createRefs(below: string, commits: readonly string[]): void {
  const lines = commits.map((commit, at) => `create ${below}/r${String(at).padStart(3, '0')} ${commit}\n`);
  repo.run('git', ['update-ref', '--stdin'], { input: lines.join('') });
}

/** Commits on top of HEAD, each with this text in the files. */
function createCommits(count: number, files: (at: number) => Record<string, string>): readonly string[] {
  const start = repo.git('rev-parse', 'HEAD').trim();
  const input = Array.from({ length: count }, (_, at) => {
    const changes = Object.entries(files(at)).map(([name, text]) => `M 100644 inline ${name}\ndata <<.\n${text}.\n`);
    return `commit refs/made\ncommitter u <u@e> ${1_700_000_000 + at} +0000\ndata 1\nx\nfrom ${start}\n${changes.join('')}\n`;
  });
  repo.run('git', ['fast-import', '--quiet', '--export-marks=.git/marks'], {
    input: input.map((each, at) => each.replace('refs/made\n', `refs/made\nmark :${at + 1}\n`)).join(''),
  });
  const marks = repo.read('.git/marks').trim().split('\n');
  repo.git('update-ref', '-d', 'refs/made');
  return marks.map((line) => line.slice(line.indexOf(' ') + 1));
}

/** How many gits the pre-receive hook starts for this push, which passes. */
function gitsOfPush(...refs: string[]): number {
  const trace = server.path('trace');
  guard(server, preReceive().replace(/^exec /m, `export GIT_TRACE2_EVENT='${trace}'\nexec `));
  passes(push(...refs));
  return startsIn(trace);
}

function startsIn(trace: string): number {
  const starts = readFileSync(trace, 'utf8').match(/"event":"start"/g)?.length ?? 0;
  rmSync(trace);
  return starts;
}

function inSync(at: number): Record<string, string> {
  return { 'live/skill.md': `${at}\n`, 'release/skill.md': `${at}\n` };
}

const COMMITS: Readonly<Record<string, (count: number) => readonly string[]>> = {
  'to one commit': (count) => {
    const [commit = ''] = createCommits(1, () => inSync(count));
    return Array.from({ length: count }, () => commit);
  },
  'to a commit each': (count) => createCommits(count, inSync),
};

for (const [name, commitsOf] of Object.entries(COMMITS)) {
  for (const kind of ['heads', 'tags']) {
    test(`${kind} ${name}: the server starts as many gits as for one`, () => {
      createRefs(`refs/${kind}/one`, commitsOf(1));
      const one = gitsOfPush(`refs/${kind}/one/*`);
      createRefs(`refs/${kind}/many`, commitsOf(MANY));
      assert.is(gitsOfPush(`refs/${kind}/many/*`), one);
      assert.is(server.git('for-each-ref', `refs/${kind}/many`).trim().split('\n').length, MANY);
    });
  }

  test(`pre-push ${name}: as many gits as for one`, () => {
    const gits = (commits: readonly string[]): number => {
      const zero = '0'.repeat(40);
      const input = commits.map((oid, at) => `refs/heads/b${at} ${oid} refs/heads/b${at} ${zero}\n`).join('');
      repo.env['GIT_TRACE2_EVENT'] = repo.path('.git/trace');
      const run = repo.run(process.execPath, [CLI, 'hook', 'pre-push', 'origin', 'url'], { input });
      delete repo.env['GIT_TRACE2_EVENT'];
      assert.equal(run, { code: 0, stdout: '', stderr: '' });
      return startsIn(repo.path('.git/trace'));
    };
    repo.git('fetch', '-q', 'origin');
    for (const known of [true, false]) {
      if (!known) repo.git('update-ref', '-d', 'refs/remotes/origin/main');
      assert.is(gits(commitsOf(MANY)), gits(commitsOf(1)), known ? 'known' : 'nothing is known');
    }
  });
}

test('refs that move together are judged once, and deletions not at all', () => {
  createRefs(
    'refs/heads/x',
    Array.from({ length: MANY }, () => 'HEAD'),
  );
  passes(push('refs/heads/x/*'));
  repo.write('live/skill.md', 'two\n').write('release/skill.md', 'two\n').settle();
  const refs = repo.git('for-each-ref', '--format=%(refname)', 'refs/heads/x').trim().split('\n');
  repo.run('git', ['update-ref', '--stdin'], { input: refs.map((ref) => `update ${ref} HEAD\n`).join('') });
  const one = gitsOfPush('main');
  assert.is(gitsOfPush('refs/heads/x/*'), one);
  assert.ok(gitsOfPush(...refs.map((ref) => `:${ref}`)) < one);
});

test('one finding names its first refs and counts the others', () => {
  drift('two\n');
  createRefs('refs/heads/x', ['HEAD', 'HEAD', 'HEAD', 'HEAD', 'HEAD', 'HEAD', 'HEAD']);
  const named = [0, 1, 2, 3, 4].map((at) => `refs/heads/x/r00${at}`).join(', ');
  const stderr = refused(`remote: ${named} and 2 more refs at `, 'refs/heads/x/*');
  assert.is(stderr.split('release/skill.md differ').length, 2);
});

test('many commits out of sync: ten are described, each other one has a line', () => {
  createRefs(
    'refs/heads/x',
    createCommits(12, (at) => ({ 'live/skill.md': `${at}\n` })),
  );
  const stderr = refused('refs/heads/x/r000 at', 'refs/heads/x/*');
  assert.is(stderr.split('release/skill.md differ').length, 11);
  assert.match(stderr, /^remote: refs\/heads\/x\/r011 at [0-9a-f]{10}: 1 pair out of sync/m);
});

test.run();
