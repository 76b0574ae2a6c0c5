// Every report of --json, in real repositories, held to docs/reports.schema.json.

import { writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';
import { REPORT_NAMES, readReport } from '../support/reports.js';

const test = suite<{ repo: Repo; home: Repo }>('the reports of --json');

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  check: ['check', '--json'],
  fix: ['fix', '--dry-run', '--json'],
  undo: ['undo', '--list', '--json'],
  diff: ['diff', '--json'],
  explain: ['explain', '--json', 'live'],
  audit: ['audit', '--json'],
  discover: ['discover', '--json'],
  'discover-near': ['discover', '--near', '--json'],
  status: ['status', '--json'],
  trust: ['trust', '--list', '--json'],
  doctor: ['doctor', '--json'],
};

const MANIFEST = { pairs: [{ a: 'live', b: 'release' }] };

interface State {
  readonly build: (repo: Repo) => void;
  /** The reports that end with 1; the others end with 0. */
  readonly fails: readonly string[];
}

const NAMED = { pairs: [{ a: 'live/{Name}', b: 'release/{Name}', exclude: ['*.log'] }] };
const OUT_OF_SYNC = ['check', 'fix', 'diff', 'explain', 'status'];

const STATES: Readonly<Record<string, State>> = {
  'in sync': { build: () => undefined, fails: [] },
  drifted: {
    build: (repo) => {
      repo.manifest(NAMED).write('live/mem/x', 'one\n').write('release/mem/x', 'one\n');
      repo.write('live/mem/y.log', '1').write('other/a.md', 'long enough to be found\n'.repeat(20));
      repo.write('more/a.md', repo.read('other/a.md')).settle();
      repo.write('live/mem/x', 'two\n').settle();
      repo.write('live/mem/only', 'new\n');
      writeFileSync(repo.path('live/mem/binary'), Buffer.of(0, 0xff));
      writeFileSync(Buffer.from(`${repo.path('live/mem')}/latin\xe9`, 'latin1'), Buffer.of(0xe9));
    },
    fails: OUT_OF_SYNC,
  },
  'with near-copies': {
    build: (repo) => {
      for (const count of [10, 11, 12]) {
        const lines = Array.from({ length: count }, (_, at) => `line ${at} of a text\n`).join('');
        repo.write('one/a.md', `${lines}# Rule: x\n`).write('two/a.md', `${lines}# Rule: y\n`);
        repo.write('one/b.md', `${lines}a\nb\n`).write('two/b.md', `c c c\n${lines}`).settle();
      }
    },
    fails: [],
  },
  'with an exception': {
    build: (repo) => {
      repo.manifest({ ...MANIFEST, aliases: { 'live/x': { b: 'release/x', exception: 'another licence' } } });
      repo.write('live/x', 'mine\n').settle();
    },
    fails: [],
  },
  'with a side that cannot be read': {
    build: (repo) => {
      repo.manifest({ pairs: [...MANIFEST.pairs, { a: 'live/x', b: '~/elsewhere/x' }] }).settle();
    },
    fails: [],
  },
};

test.before.each((context) => {
  context.home = new Repo();
  context.repo = new Repo();
  context.repo.env['HOME'] = context.home.top;
  context.repo.env['XDG_CONFIG_HOME'] = context.home.path('.config');
  context.repo.manifest(MANIFEST).write('live/x', 'one\n').write('release/x', 'one\n').settle();
});
test.after.each(({ repo, home }) => {
  repo.remove();
  home.remove();
});

test('every report that the schema publishes is read here', () => {
  assert.equal(Object.keys(COMMANDS).sort(), REPORT_NAMES);
});

for (const [name, { build, fails }] of Object.entries(STATES)) {
  test(`${name}: each report is as published, and says its exit code`, ({ repo }) => {
    build(repo);
    for (const [report, words] of Object.entries(COMMANDS)) {
      const result = repo.dosSync(...words);
      readReport(report, result);
      if (report !== 'doctor') assert.is(result.code, fails.includes(report) ? 1 : 0, `${report}\n${result.stdout}`);
    }
  });
}

/** The parts of reports that these tests read. */
interface Read {
  readonly exit_code: number;
  readonly skipped: readonly { reason: string }[];
  readonly consents: readonly { exists: boolean; write: boolean; roots: readonly object[] }[];
  readonly files: readonly { before: string; after: string; patch: string; patch_bytes?: string }[];
}

const read = (repo: Repo, report: string, ...words: string[]) =>
  readReport<Read>(report, repo.dosSync(report, '--json', ...words));

test('diff has the patch from the copy to the source, whatever git is configured to show', ({ repo }) => {
  repo.git('config', 'color.ui', 'always');
  repo.git('config', 'diff.external', 'false');
  repo.write('live/x', 'two\n');
  const [file] = read(repo, 'diff').files;
  assert.equal([file?.before, file?.after, file?.patch_bytes], ['b', 'a', undefined]);
  assert.match(file?.patch ?? '', /^--- copy\/release\/x\n\+\+\+ source\/live\/x\n@@.*\n-one\n\+two\n$/m);
  assert.is(read(repo, 'diff', '--reverse').files[0]?.before, 'a');
});

test('trust --list names the places, and fix --json asks for none of them', ({ repo, home }) => {
  home.write('there/x', 'old\n');
  repo.manifest({ pairs: [{ a: 'live/x', b: '~/there/x' }] }).settle();
  repo.env['CI'] = '';
  assert.is(repo.dosSync('trust', '--write').code, 0);
  const [consent] = read(repo, 'trust', '--list').consents;
  assert.equal(consent?.roots, [{ root: '~/there/x', place: home.path('there/x') }]);
  assert.is(consent?.write, true);
  assert.equal(
    read(repo, 'fix', '--force').skipped.map(({ reason }) => reason),
    ['unasked'],
  );
  assert.is(home.read('there/x'), 'old\n');
});

test('what could not be checked prints no report: the reason is on stderr, and the exit code is 2', ({ repo }) => {
  repo.write('.dos-sync-manifest.json', '{').settle();
  for (const [report, words] of Object.entries(COMMANDS)) {
    const result = repo.dosSync(...words);
    if (['undo', 'trust', 'doctor'].includes(report)) readReport(report, result);
    else assert.equal([result.code, result.stdout, /^dos-sync: /.test(result.stderr)], [2, '', true], report);
  }
});

test('a report about nothing that could be compared says exit code 2', ({ repo }) => {
  repo.manifest({ pairs: [{ a: 'live/x', b: '~/elsewhere/x' }] }).settle();
  for (const report of ['check', 'diff', 'status']) assert.is(read(repo, report).exit_code, 2, report);
});

test('--json without --list is refused by undo and trust', ({ repo }) => {
  for (const verb of ['undo', 'trust']) {
    const { code, stdout, stderr } = repo.dosSync(verb, '--json');
    assert.equal([code, stdout], [2, ''], verb);
    assert.match(stderr, '--json needs --list.');
  }
});

test.run();
