// The reports for CI services: github, gitlab, sarif and junit.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CheckReport } from '../../../src/format/check-report.js';
import { formatGithub } from '../../../src/format/github.js';
import { formatGitlab } from '../../../src/format/gitlab.js';
import { formatJunit } from '../../../src/format/junit.js';
import { formatSarif } from '../../../src/format/sarif.js';
import { commandsIn, HOSTILE_NAMES } from '../../support/hostile.js';
import { bothSides, type Files, LIVE_RELEASE, reportOf } from '../../support/states.js';

const test = suite('the reports for CI services');

const TITLE = 'title=dos-sync%3A out of sync';
const LOCALLY = 'To see how to fix it: git dos-sync check';

interface Row {
  readonly manifest?: object;
  readonly files: Files;
  readonly touched?: readonly string[];
  /** The file of each annotation, the other file if there is one, and the message. */
  readonly says: readonly (readonly [path: string, other: string | undefined, message: string])[];
}

const ALIASED = { ...LIVE_RELEASE, aliases: { 'live/a': 'release/b' } };

const ROWS: Readonly<Record<string, Row>> = {
  'pairs in sync have no annotation': { files: bothSides({ x: ['1', '1'] }), says: [] },
  'contents that differ are shown at the copy': {
    files: bothSides({ x: ['1', '2'] }),
    says: [['release/x', 'live/x', 'live/x and release/x must be equal, but differ.']],
  },
  'an executable bit that differs is named': {
    files: bothSides({ x: ['1', '+1'] }),
    says: [['release/x', 'live/x', 'live/x and release/x must be equal, but differ (the executable bit differs).']],
  },
  'a symlink beside a file is named': {
    files: bothSides({ x: ['1', '@2'] }),
    says: [
      [
        'release/x',
        'live/x',
        'live/x and release/x must be equal, but differ (one is a file, the other a symlink or a submodule).',
      ],
    ],
  },
  'a missing copy is shown at its source': {
    files: bothSides({ x: ['1', '-'] }),
    says: [['live/x', 'release/x', 'release/x is missing; its counterpart live/x exists.']],
  },
  'a missing source is shown at its copy': {
    files: bothSides({ x: ['-', '1'] }),
    says: [['release/x', 'live/x', 'live/x is missing; its counterpart release/x exists.']],
  },
  'in the other direction a difference is shown at the live side': {
    manifest: { ...LIVE_RELEASE, fix_direction: 'submodule_to_live' },
    files: bothSides({ x: ['1', '2'] }),
    says: [['live/x', 'release/x', 'live/x and release/x must be equal, but differ.']],
  },
  'a difference is shown at the file that the change touches': {
    files: bothSides({ x: ['1', '2'], y: ['1', '2'] }),
    touched: ['live/x', 'live/y', 'release/y'],
    says: [
      ['live/x', 'release/x', 'live/x and release/x must be equal, but differ.'],
      ['release/y', 'live/y', 'live/y and release/y must be equal, but differ.'],
    ],
  },
  'a deleted file that the change touches is not annotated': {
    files: bothSides({ x: ['1', '-'] }),
    touched: ['release/x'],
    says: [['live/x', 'release/x', 'release/x is missing; its counterpart live/x exists.']],
  },
  'a file whose counterpart an alias uses has no other side': {
    manifest: ALIASED,
    files: { 'live/a': '1', 'release/b': '1', 'live/b': '2' },
    says: [['live/b', undefined, 'live/b is not paired: an alias pairs the other path with another file.']],
  },
};

function read<Value>(lines: readonly string[]): Value {
  return JSON.parse(lines.join('\n')) as Value;
}

const gitlabOf = (report: CheckReport) =>
  read<{ check_name: string; description: string; fingerprint: string; location: { path: string } }[]>(
    formatGitlab(report),
  );
const resultsOf = (report: CheckReport) => read<import('sarif').Log>(formatSarif(report, '1.2.3')).runs[0]?.results;
const uriOf = (locations: import('sarif').Location[] | undefined) =>
  locations?.[0]?.physicalLocation?.artifactLocation?.uri;

for (const [name, { manifest = LIVE_RELEASE, files, touched, says }] of Object.entries(ROWS)) {
  const report = () => reportOf(manifest, files, touched);

  test(`github: ${name}`, async () => {
    const expected = says.map(([path, , message]) => `::error file=${path},${TITLE}::${message} ${LOCALLY}`);
    assert.equal(formatGithub(await report()), expected);
  });

  test(`gitlab: ${name}`, async () => {
    const said = gitlabOf(await report()).map(({ location, description }) => [location.path, description]);
    assert.equal(
      said,
      says.map(([path, , message]) => [path, message]),
    );
  });

  test(`sarif: ${name}`, async () => {
    const said = resultsOf(await report())?.map(({ locations, relatedLocations, message }) => [
      uriOf(locations),
      uriOf(relatedLocations),
      message.text,
    ]);
    assert.equal(said, says);
  });

  test(`junit: ${name}`, async () => {
    const failures = formatJunit(await report()).filter((line) => line.includes('<failure'));
    assert.equal(
      failures.map((line) => /message="(.*?)"/.exec(line)?.[1]),
      says.map(([, , message]) => message),
    );
  });
}

test('a check that compared nothing is one error in each report', async () => {
  const report = await reportOf(LIVE_RELEASE, {});
  const said = 'Pairs are declared, but none of their files was compared.';
  assert.equal(formatGithub(report), [`::error ${TITLE}::${said}`]);
  assert.equal(
    gitlabOf(report).map(({ check_name, description, location }) => [check_name, description, location.path]),
    [['dos-sync/nothing-compared', said, '.dos-sync-manifest.json']],
  );
  const [run] = read<import('sarif').Log>(formatSarif(report, '1.2.3')).runs;
  const notification = { level: 'error', message: { text: said } };
  assert.equal(run?.results, []);
  assert.equal(run?.invocations, [
    { executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [notification] },
  ]);
  assert.equal(formatJunit(report), [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="dos-sync">',
    '  <testsuite name="dos-sync" tests="1" failures="0" errors="1" skipped="0">',
    '    <testcase name="check" classname="dos-sync">',
    `      <error message="${said}" type="could-not-check"></error>`,
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
  ]);
});

test('junit: a suite for each declared pair that has files, a case for each file pair', async () => {
  const manifest = { pairs: [...LIVE_RELEASE.pairs, { a: 'none', b: 'nothing' }, { a: 'home', b: '~/x' }] };
  const files = { ...bothSides({ same: ['1', '1'], text: ['1', '2'] }), 'home/a': '1' };
  assert.equal(formatJunit(await reportOf(manifest, files)), [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="dos-sync">',
    '  <testsuite name="live -&gt; release" tests="2" failures="1" errors="0" skipped="0">',
    '    <testcase name="same" classname="live -&gt; release"></testcase>',
    '    <testcase name="text" classname="live -&gt; release">',
    '      <failure message="live/text and release/text must be equal, but differ." type="DRIFT"></failure>',
    '    </testcase>',
    '  </testsuite>',
    '  <testsuite name="home -&gt; ~/x" tests="1" failures="0" errors="0" skipped="1">',
    '    <testcase name="a" classname="home -&gt; ~/x">',
    '      <skipped message="one side is outside the repository, so no commit contains it"></skipped>',
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
  ]);
});

test('gitlab: the fingerprint stays when the contents change, and no two findings share one', async () => {
  const files = (content: string) => bothSides({ x: ['1', content], y: ['1', content], z: ['1', '-'] });
  const [first, second] = await Promise.all(
    ['2', '3'].map(async (content) => {
      return gitlabOf(await reportOf(LIVE_RELEASE, files(content))).map(({ fingerprint }) => fingerprint);
    }),
  );
  assert.equal(first, second);
  assert.is(new Set(first).size, 3);
});

test('sarif: each result has the index of its rule, and a fingerprint without the contents', async () => {
  const files = (content: string) => bothSides({ x: ['1', content], y: ['1', '-'], z: ['-', '1'] });
  const [first, second] = await Promise.all(
    ['2', '3'].map(async (content) => resultsOf(await reportOf(LIVE_RELEASE, files(content)))),
  );
  assert.equal(
    first?.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex]),
    [
      ['DRIFT', 0],
      ['MISSING_B', 2],
      ['MISSING_A', 1],
    ],
  );
  const fingerprints = first?.map(({ partialFingerprints }) => partialFingerprints?.['dosSyncPair/v1']);
  assert.is(new Set(fingerprints).size, 3);
  assert.equal(
    second?.map(({ partialFingerprints }) => partialFingerprints?.['dosSyncPair/v1']),
    fingerprints,
  );
});

test('sarif: what code scanning asks for: a line, its own fingerprint, and rules that explain themselves', async () => {
  const report = await reportOf(LIVE_RELEASE, bothSides({ x: ['1', '2'], y: ['1', '-'] }));
  const [run] = read<import('sarif').Log>(formatSarif(report, '1.2.3')).runs;
  for (const { shortDescription, fullDescription, help } of run?.tool.driver.rules ?? []) {
    assert.match(shortDescription?.text ?? '', /\.$/);
    assert.match(fullDescription?.text ?? '', '.dos-sync-manifest.json');
    assert.match(help?.text ?? '', 'git dos-sync fix');
  }
  const hashes = run?.results?.map(({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash'] ?? '');
  assert.is(new Set(hashes).size, 2);
  for (const hash of hashes ?? []) assert.match(hash, /^[0-9a-f]{16}:1$/);
  for (const { locations } of run?.results ?? []) {
    assert.equal(
      locations?.map(({ physicalLocation }) => physicalLocation?.region),
      [{ startLine: 1 }],
    );
  }
});

const LATIN = { 'live/latin\xe9': '1', 'release/latin\xe9': '2' };
const HOSTILE = { ...bothSides(Object.fromEntries(HOSTILE_NAMES.map((name) => [name, ['1', '2']]))), ...LATIN };
const REPORTS: Readonly<Record<string, (report: CheckReport) => readonly string[]>> = {
  gitlab: formatGitlab,
  sarif: (report) => formatSarif(report, '1.2.3'),
  junit: formatJunit,
};

for (const [name, format] of Object.entries(REPORTS)) {
  test(`${name}: no name acts on a log`, async () => {
    assert.equal(commandsIn(format(await reportOf(LIVE_RELEASE, HOSTILE)).join('\n')), []);
  });
}

test('github: a hostile name makes one annotation, and no line or control character of its own', async () => {
  const lines = formatGithub(await reportOf(LIVE_RELEASE, HOSTILE));
  assert.is(lines.length, HOSTILE_NAMES.length + 1);
  assert.is(commandsIn(lines.join('\n')).length, lines.length);
  for (const line of lines) {
    assert.match(line, /^::error (?:file=[^,]*,)?title=dos-sync%3A out of sync::live\//);
    assert.not.match(line, /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]|##(?:vso|teamcity)?\[/u);
  }
});

const NAMED: readonly (readonly [name: string, property: string])[] = [
  ['a:b,c', 'file=release/a%3Ab%2Cc,'],
  ['100%', 'file=release/100%25,'],
  ['%0A::error::x', 'file=release/%250A%3A%3Aerror%3A%3Ax,'],
  ['a\nb', ''],
  ['a\rb', ''],
  ['\u202e', ''],
];

for (const [name, property] of NAMED) {
  test(`github: ${JSON.stringify(name)} is ${property === '' ? 'only in the message' : 'encoded'}`, async () => {
    const [line] = formatGithub(await reportOf(LIVE_RELEASE, bothSides({ [name]: ['1', '2'] })));
    assert.ok(line?.startsWith(`::error ${property}${TITLE}::`), line);
  });
}

test('sarif: the URI has the bytes of the name', async () => {
  const results = resultsOf(await reportOf(LIVE_RELEASE, { ...bothSides({ 'é %/#?\n': ['1', '2'] }), ...LATIN }));
  assert.equal(
    results?.map(({ locations }) => uriOf(locations)),
    ['release/%C3%A9%20%25/%23%3F%0A', 'release/latin%E9'],
  );
});

test('junit: a name stays inside its attribute', async () => {
  const lines = formatJunit(await reportOf(LIVE_RELEASE, bothSides({ '"><x a=\'&\n': ['1', '1'] })));
  assert.is(lines[3], `    <testcase name="&quot;&gt;&lt;x a='&amp;\\n" classname="live -&gt; release"></testcase>`);
});

test.run();
