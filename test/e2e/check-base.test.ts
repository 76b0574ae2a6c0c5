// check --base: what a branch changed since its base, and the CI templates that ask for it.

import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, parseAllDocuments } from 'yaml';
import { readGitlab } from '../support/ci.js';
import { CLI, Repo, type Result } from '../support/repo.js';

const test = suite<{ repo: Repo }>('check --base');

test.before.each((context) => {
  context.repo = new Repo();
  context.repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
});
test.after.each(({ repo }) => repo.remove());

function check(repo: Repo, ...args: string[]): Result {
  return repo.dosSync('check', ...args);
}

/** main with one drift, and a branch that forked from it. */
function branched(repo: Repo): Repo {
  repo.write('live/x', '1').write('release/x', '1').write('live/old', '1').write('release/old', '2').settle();
  repo.git('checkout', '-q', '-b', 'topic');
  return repo;
}

test('--base judges what the branch touches, and ignores old drift', ({ repo }) => {
  branched(repo).write('other', '1').settle();
  assert.equal(check(repo, '--base', 'main'), {
    code: 0,
    stdout: 'in sync: no pair is touched\nthe whole tree: 1 identical, 1 drifted, 0 missing\n',
    stderr: '',
  });
  repo.write('live/x', '2').settle();
  const { code, stdout } = check(repo, '--base', 'main', '--format', 'github');
  assert.is(code, 1);
  // The annotation is at the file that the branch changed, where the reviewer sees it.
  assert.match(stdout, /^::error file=live\/x,[^\n]*\n$/);
});

test("--base: the branch is not responsible for main's later changes", ({ repo }) => {
  branched(repo).write('live/x', '2').write('release/x', '2').settle();
  repo.git('checkout', '-q', 'main');
  repo.write('live/x', '3').settle();
  assert.is(check(repo, '--commit', 'topic', '--base', 'main').code, 0);
});

test("--base: a pair that the branch lets differ is judged by its base's manifest", ({ repo }) => {
  const exception = { a: 'live/x', b: 'release/x', exception: 'the release is frozen' };
  const pairs = [{ a: 'live', b: 'release' }];
  branched(repo)
    .manifest({ pairs, aliases: [exception] })
    .write('live/x', '2')
    .settle();
  const { code, stdout, stderr } = check(repo, '--base', 'main', '--porcelain');
  assert.equal([code, stdout], [1, 'DRIFT content\tlive/x\trelease/x\n']);
  assert.is(
    stderr,
    '1 pair is out of sync according to the manifest that this branch started from; merge the manifest change first.\n',
  );
});

test('--base --manifest: another file judges, also where no commit has a manifest', ({ repo }) => {
  branched(repo).delete('.dos-sync-manifest.json');
  repo.write('live/x', '2').settle();
  const rules = JSON.stringify({ pairs: [{ a: 'live', b: 'release' }], fix_direction: 'live_to_submodule' });
  repo.write('docs/rules.json', rules);
  const { code, stdout } = check(repo, '--base', 'main', '--manifest', 'docs/rules.json');
  assert.is(code, 1);
  assert.match(
    stdout,
    /^out of sync: 0 identical, 1 drifted, 0 missing\nthe whole tree: 0 identical, 2 drifted, 0 missing$/m,
  );
  assert.is(check(repo, '--commit', 'main', '--manifest', 'docs/rules.json').code, 1);
  assert.match(check(repo, '--base', 'main', '--manifest', 'nowhere').stderr, /There is no file .*nowhere/);
  assert.match(check(repo, '--manifest', 'docs/rules.json').stderr, '--manifest needs --commit or --base.');
});

test('--base: without a common commit it fails', ({ repo }) => {
  branched(repo).git('checkout', '-q', '--orphan', 'alone');
  repo.settle('of its own');
  const { code, stderr } = check(repo, '--base', 'main');
  assert.is(code, 2);
  assert.match(stderr, 'main and HEAD have no common ancestor in this repository.\n  name a base that');
  const shallow = new Repo();
  shallow.git('fetch', '-q', '--depth=1', `file://${repo.top}`, 'main:other', 'alone:alone');
  shallow.git('checkout', '-q', 'alone');
  assert.match(check(shallow, '--base', 'other').stderr, 'git fetch --unshallow');
  shallow.remove();
  assert.is(check(repo, '--base', 'nowhere').code, 2);
});

interface Job {
  readonly steps: readonly { readonly if?: string; readonly run?: string }[];
}

/** Runs a script of a template; a stub named `npx` runs the built program. */
function runScript(repo: Repo, script: string, env: Record<string, string>): Result {
  const npx = `npx() { [ "$1 $2" = "--no dos-sync" ] || return 99; shift 2; "$NODE" "$CLI" "$@"; }`;
  Object.assign(repo.env, env, { NODE: process.execPath, CLI: `${process.cwd()}/dist/cli.js` });
  return repo.run('bash', ['-ec', `${npx}\n${script}`]);
}

test('the template for GitHub Actions checks a pull request against its base, and a push completely', ({ repo }) => {
  const { jobs } = parse(readFileSync('templates/github-actions.yml', 'utf8')) as { jobs: { check: Job } };
  const step = (when: string) => jobs.check.steps.find((each) => each.if === `github.event_name ${when}`)?.run ?? '';
  branched(repo).write('other', '1').settle();
  const base = repo.git('rev-parse', 'main').trim();
  assert.is(runScript(repo, step("!= 'push'"), { BASE: base }).code, 0);
  assert.match(runScript(repo, step("== 'push'"), {}).stdout, /^::error file=release\/old,/);
  repo.write('live/x', '2').settle();
  const blocked = runScript(repo, step("!= 'push'"), { BASE: base });
  assert.is(blocked.code, 1);
  assert.match(blocked.stdout, /^::error file=live\/x,/);
});

test('the action checks, and its summary says what to type', ({ repo }) => {
  const { runs } = parse(readFileSync('action.yml', 'utf8')) as { runs: { steps: readonly [{ run: string }] } };
  branched(repo).write('other', '1').settle();
  const base = repo.git('rev-parse', 'main').trim();
  const files = { GITHUB_OUTPUT: repo.path('.git/output'), GITHUB_STEP_SUMMARY: repo.path('.git/summary') };
  const bin = repo.path('.git/bin');
  repo.write(
    '.git/bin/npx',
    `#!/bin/sh\n[ "$1 $2" = '--no dos-sync' ] || exit 99\nshift 2\nexec '${process.execPath}' '${CLI}' "$@"\n`,
  );
  chmodSync(join(bin, 'npx'), 0o755);
  const step = (inputs: Record<string, string>) => {
    Object.assign(repo.env, { PATH: `${bin}:${process.env['PATH']}`, GITHUB_ACTION_PATH: process.cwd(), ...files });
    Object.assign(repo.env, { DOS_SYNC_BASE: '', DOS_SYNC_FORMAT: 'github', DOS_SYNC_VERSION: '', ...inputs });
    return repo.run('bash', ['-ec', runs.steps[0].run]);
  };
  assert.is(step({ DOS_SYNC_BASE: base }).code, 0);
  assert.not.ok(repo.exists('.git/summary'));
  repo.write('live/x', '2').settle();
  const blocked = step({ DOS_SYNC_BASE: base });
  assert.is(blocked.code, 1);
  assert.match(blocked.stdout, /^::error file=live\/x,/);
  assert.is(repo.read('.git/output'), 'exit-code=0\nexit-code=1\n');
  assert.match(repo.read('.git/summary'), /^### dos-sync\n\n~{20}\n[\s\S]*live\/x[\s\S]*dos-sync fix[\s\S]*\n~{20}\n$/);
  assert.is(step({}).code, 1);
});

test('every action of the templates is pinned to a commit', () => {
  for (const file of globSync(['templates/*.yml', '.github/workflows/*.yml'])) {
    for (const [, what] of readFileSync(file, 'utf8').matchAll(/uses: (.*)/g)) {
      assert.match(what ?? '', /^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v[\d.]+$/, file);
    }
  }
});

interface GitlabJob {
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: { readonly codequality: string } };
}

function gitlabJob(file: string): GitlabJob | undefined {
  const jobs: unknown = parseAllDocuments(readFileSync(file, 'utf8')).at(-1)?.toJS();
  return (jobs as Record<string, GitlabJob>)['dos-sync'];
}

for (const file of ['templates/gitlab-ci.yml', 'templates/dos-sync.yml']) {
  test(`${file} checks a merge request against its base, and writes the report`, ({ repo }) => {
    const job = gitlabJob(file);
    const script = job?.script.at(-1) ?? '';
    const report = job?.artifacts.reports.codequality ?? '';
    branched(repo).write('live/x', '2').settle();
    const base = repo.git('rev-parse', 'main').trim();
    assert.is(runScript(repo, script, { CI_PROJECT_DIR: '.', CI_MERGE_REQUEST_DIFF_BASE_SHA: base }).code, 1);
    assert.equal(
      readGitlab(repo.read(report)).map(({ location }) => location.path),
      ['live/x'],
    );
    assert.is(runScript(repo, script, { CI_PROJECT_DIR: '.', CI_MERGE_REQUEST_DIFF_BASE_SHA: '' }).code, 1);
    assert.equal(
      readGitlab(repo.read(report)).map(({ location }) => location.path),
      ['release/old', 'release/x'],
    );
  });
}

test.run();
