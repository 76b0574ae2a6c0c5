// check for CI services and scripts: the published formats, and names that must not act on a log.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readGitlab, readSarif, requireJunit } from '../support/ci.js';
import { commandsIn, HOSTILE_NAMES } from '../support/hostile.js';
import { Repo, type Result } from '../support/repo.js';

const test = suite<{ repo: Repo }>('check for CI');

test.before.each((context) => {
  context.repo = new Repo();
  context.repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
});
test.after.each(({ repo }) => repo.remove());

/** One file of each verdict. */
function variety(repo: Repo): Repo {
  repo.write('live/same', '1').write('release/same', '1');
  repo.write('live/differs', '1').write('release/differs', '2');
  repo.write('live/missing', '1').write('release/extra', '1');
  repo.settle();
  return repo;
}

/** A pair that drifted under every hostile name, and one that is not UTF-8. */
function hostile(repo: Repo): Repo {
  for (const side of ['live', 'release']) {
    mkdirSync(repo.path(side), { recursive: true });
    for (const name of HOSTILE_NAMES) writeFileSync(repo.path(`${side}/${name}`), side);
    writeFileSync(Buffer.from(`${repo.path(side)}/latin\xe9`, 'latin1'), side);
  }
  repo.settle();
  return repo;
}

function check(repo: Repo, ...args: string[]): Result {
  return repo.dosSync('check', ...args);
}

test('github: one annotation for each finding, at the copy or at whichever side exists', ({ repo }) => {
  const { code, stdout, stderr } = check(variety(repo), '--format', 'github');
  assert.is(code, 1);
  const ending = ' To see how to fix it: git dos-sync check';
  assert.equal(stdout.split('\n'), [
    `::error file=release/differs,title=dos-sync%3A out of sync::live/differs and release/differs must be equal, but differ.${ending}`,
    `::error file=live/missing,title=dos-sync%3A out of sync::release/missing is missing; its counterpart live/missing exists.${ending}`,
    `::error file=release/extra,title=dos-sync%3A out of sync::live/extra is missing; its counterpart release/extra exists.${ending}`,
    '',
  ]);
  assert.is(stderr, 'out of sync: 1 identical, 1 drifted, 2 missing\n');
});

test('gitlab: a code quality report with stable fingerprints', ({ repo }) => {
  const first = readGitlab(check(variety(repo), '--format', 'gitlab').stdout);
  assert.equal(
    first.map(({ location, description }) => [location.path, description]),
    [
      ['release/differs', 'live/differs and release/differs must be equal, but differ.'],
      ['live/missing', 'release/missing is missing; its counterpart live/missing exists.'],
      ['release/extra', 'live/extra is missing; its counterpart release/extra exists.'],
    ],
  );
  repo.write('release/differs', '3');
  const second = readGitlab(check(repo, '--format', 'gitlab').stdout);
  const fingerprints = first.map(({ fingerprint }) => fingerprint);
  assert.equal(
    second.map(({ fingerprint }) => fingerprint),
    fingerprints,
  );
  assert.is(new Set(fingerprints).size, 3);
});

test('sarif: a log with rules, results at relative URIs, and the other side as a related location', ({ repo }) => {
  const [run] = readSarif(check(variety(repo), '--format', 'sarif').stdout).runs;
  assert.is(run?.tool.driver.semanticVersion, JSON.parse(readFileSync('package.json', 'utf8')).version);
  assert.equal(
    run?.results?.map(({ ruleId, locations, relatedLocations }) => [
      ruleId,
      locations?.[0]?.physicalLocation?.artifactLocation?.uri,
      relatedLocations?.[0]?.physicalLocation?.artifactLocation?.uri,
    ]),
    [
      ['DRIFT', 'release/differs', 'live/differs'],
      ['MISSING_B', 'live/missing', 'release/missing'],
      ['MISSING_A', 'release/extra', 'live/extra'],
    ],
  );
  for (const { ruleId, ruleIndex } of run?.results ?? []) {
    assert.is(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id, ruleId);
  }
});

test('junit: a case for each file pair, also for those that are in sync', async ({ repo }) => {
  const { stdout } = check(variety(repo), '--format', 'junit');
  await requireJunit(stdout);
  assert.match(stdout, '<testsuite name="live -&gt; release" tests="4" failures="3" errors="0" skipped="0">');
  assert.match(stdout, '<testcase name="same" classname="live -&gt; release"></testcase>');
  assert.match(stdout, 'type="DRIFT"');
});

test('a check that compared nothing is an error in each format', async ({ repo }) => {
  repo.settle();
  const [github, gitlab, sarif, junit] = ['github', 'gitlab', 'sarif', 'junit'].map((each) =>
    check(repo, '--format', each),
  );
  assert.equal([github?.code, gitlab?.code, sarif?.code, junit?.code], [2, 2, 2, 2]);
  assert.match(github?.stdout ?? '', /^::error .*none of their files was compared/);
  assert.is(readGitlab(gitlab?.stdout ?? '').length, 1);
  assert.is(readSarif(sarif?.stdout ?? '').runs[0]?.invocations?.[0]?.executionSuccessful, false);
  await requireJunit(junit?.stdout ?? '');
  assert.match(junit?.stdout ?? '', 'errors="1"');
});

test('no byte of a file name acts on a log', ({ repo }) => {
  hostile(repo);
  for (const layout of [[], ['--json']]) {
    const { code, stdout, stderr } = check(repo, ...layout);
    assert.is(code, 1, layout.join(' '));
    assert.equal(commandsIn(stdout + stderr), [], layout.join(' '));
  }
  const notes = commandsIn(check(repo, '--format', 'github').stdout);
  assert.is(notes.length, HOSTILE_NAMES.length + 1);
  assert.ok(notes.every((note) => note.startsWith('::error ') && !/[\u0000-\u001f\u007f-\u009f\u202e]/.test(note)));
});

test('a hook that blocks, and a plan, do not act on a log either', ({ repo }) => {
  hostile(repo.hooks());
  repo.git('commit', '-q', '--allow-empty', '--no-verify', '-m', 'x');
  for (const name of HOSTILE_NAMES) writeFileSync(repo.path(`live/${name}`), 'new');
  const { code, stderr } = repo.tryGit('commit', '-aqm', 'next');
  assert.is(code, 1);
  assert.equal(commandsIn(stderr), []);
  const plan = check(repo, '--fix', '--dry-run');
  assert.equal(commandsIn(plan.stdout + plan.stderr), []);
});

test('a path at the start of a line does not act on a log', ({ repo }) => {
  repo.manifest({ pairs: [{ a: '::error::live', b: '::error::copy' }] });
  repo.write('::error::live', '1').write('::error::copy', '2').settle();
  const { code, stdout, stderr } = check(repo);
  assert.is(code, 1);
  assert.match(stdout, /^\\x3a:error::live and its copy \\x3a:error::copy differ\.$/m);
  assert.equal(commandsIn(stdout + stderr), []);
});

test('--porcelain: one finding per line, quoted as by git; -z: the bytes', ({ repo }) => {
  repo.write('live/a b', '1').write('release/a b', '2').write('live/tab\t"é', '1').write('live/same', '1');
  repo.write('release/same', '1').settle();
  const lines = check(repo, '--porcelain');
  assert.is(lines.code, 1);
  assert.is(lines.stderr, '');
  assert.equal(lines.stdout.split('\n'), [
    'DRIFT content\tlive/a b\trelease/a b',
    'MISSING_B -\t"live/tab\\t\\"\\303\\251"\t"release/tab\\t\\"\\303\\251"',
    '',
  ]);
  assert.is(
    check(repo, '--porcelain', '-z').stdout,
    'DRIFT content\0live/a b\0release/a b\0MISSING_B -\0live/tab\t"é\0release/tab\t"é\0',
  );
  assert.match(check(repo, '--porcelain', '--full').stdout, /^SYNCED -\tlive\/same\trelease\/same$/m);
  repo.delete('live');
  repo.delete('release');
  repo.write('live/same', '1').write('release/same', '1');
  assert.equal(check(repo, '--porcelain'), { code: 0, stdout: '', stderr: '' });
});

test('layouts that exclude each other are refused with exit code 2', ({ repo }) => {
  variety(repo);
  for (const args of [
    ['--json', '--porcelain'],
    ['--json', '--format', 'sarif'],
    ['-z'],
    ['--format', 'html'],
    ['--staged', '--base', 'HEAD'],
  ]) {
    assert.is(check(repo, ...args).code, 2, args.join(' '));
  }
});

test.run();
