// The reports for programs: --json and --porcelain.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Digests, formatCheckJson, formatJson, type JsonReport } from '../../../src/format/json.js';
import { formatPorcelain } from '../../../src/format/porcelain.js';
import type { Oid } from '../../../src/git/oid.js';
import type { Provenance } from '../../../src/history/types.js';
import type { Verdict } from '../../../src/judge/types.js';
import { identityOf } from '../../../src/rules/identity.js';
import { commandsIn, HOSTILE_NAMES } from '../../support/hostile.js';
import { bothSides, type Files, judgeAll, LIVE_RELEASE, reportOf } from '../../support/states.js';

const test = suite('the reports for programs');

/** The report that the printed lines have. */
function reportFrom(...parts: Parameters<typeof formatCheckJson>): JsonReport {
  return JSON.parse([...formatCheckJson(...parts)].flat().join('\n'));
}

const oid = (text: string) => text.padEnd(40, '0');
const PAIR = { pair: 'live -> release', relative_path: 'x', a: 'live/x', b: 'release/x' };
const ALIASED = { ...LIVE_RELEASE, aliases: { 'live/a': 'release/x' } };
const LATIN = { 'live/\xe9': '1', 'release/\xe9': '1' };

const FILES: Readonly<Record<string, readonly [manifest: object, files: Files, file: object]>> = {
  'a pair in sync': [
    LIVE_RELEASE,
    bothSides({ x: ['1', '1'] }),
    { ...PAIR, status: 'SYNCED', a_oid: oid('1'), b_oid: oid('1') },
  ],
  'a difference has a reason': [
    LIVE_RELEASE,
    bothSides({ x: ['1', '+1'] }),
    { ...PAIR, status: 'DRIFT', reason: 'mode', a_oid: oid('1'), b_oid: oid('1') },
  ],
  'a missing side keeps its path and has no id': [
    LIVE_RELEASE,
    bothSides({ x: ['1', '-'] }),
    { ...PAIR, status: 'MISSING_B', a_oid: oid('1'), b_oid: null },
  ],
  'a name that an alias uses is null': [
    ALIASED,
    { 'live/x': '1' },
    { ...PAIR, status: 'MISSING_B', b: null, a_oid: oid('1'), b_oid: null },
  ],
  'a name that is not UTF-8 has its bytes too': [
    LIVE_RELEASE,
    LATIN,
    {
      pair: 'live -> release',
      relative_path: '\ufffd',
      status: 'SYNCED',
      a: 'live/\ufffd',
      b: 'release/\ufffd',
      a_oid: oid('1'),
      b_oid: oid('1'),
      a_bytes: Buffer.from('live/\xe9', 'latin1').toString('base64'),
      b_bytes: Buffer.from('release/\xe9', 'latin1').toString('base64'),
    },
  ],
};

for (const [name, [manifest, files, file]] of Object.entries(FILES)) {
  test(`json: ${name}`, async () => {
    const { totals, verdicts, exitCode } = await reportOf(manifest, files);
    assert.equal(reportFrom(exitCode, totals, verdicts, new Map(), new Map()).files, [file]);
  });
}

test('json: the counts of all pairs, and of each declared one', async () => {
  const manifest = { pairs: [...LIVE_RELEASE.pairs, { a: 'p', b: 'q' }], live_only: ['live/mine'] };
  const files = bothSides({ x: ['1', '1'], y: ['1', '2'], z: ['1', '-'], mine: ['1', '-'] });
  const { totals, verdicts, exitCode } = await reportOf(manifest, files);
  const { files: listed, ...counts } = reportFrom(exitCode, totals, verdicts, new Map(), new Map());
  assert.is(listed.length, 4);
  assert.equal(counts, {
    schema_version: 1,
    report: 'check',
    exit_code: 1,
    total_identical: 1,
    total_drift: 1,
    total_missing: 1,
    total_unchecked: 0,
    total_exceptions: 0,
    pair_counts: {
      'live -> release': { identical: 1, drift: 1, missing: 1 },
      'p -> q': { identical: 0, drift: 0, missing: 0 },
    },
  });
});

const told = { moves: {} };
const since = { kind: 'commit', oid: oid('c') as Oid, author: 'Ann', time: 1_700_000_000 } as const;
const HISTORIES: Readonly<Record<string, readonly [provenance: Provenance, file: object]>> = {
  'the stale side, and the change that broke the pair': [
    { ...told, verdict: 'behind', stale: 'b', basis: 'moved', lossless: true, since },
    {
      stale_side: 'b',
      basis: 'moved',
      base_oid: null,
      since: { commit: oid('c'), author: 'Ann', date: '2023-11-14T22:13:20.000Z' },
    },
  ],
  'an uncommitted change has no commit': [
    {
      ...told,
      verdict: 'behind',
      stale: 'a',
      basis: 'partial-sync',
      lossless: true,
      base: { kind: 'file', oid: oid('b') as Oid },
      since: { kind: 'uncommitted' },
    },
    { stale_side: 'a', basis: 'partial-sync', base_oid: oid('b'), since: null },
  ],
  'sides that both changed': [
    { ...told, verdict: 'diverged', base: { kind: 'file', oid: oid('b') as Oid } },
    { stale_side: null, basis: 'diverged', base_oid: oid('b'), since: null },
  ],
  'the smaller file is a guess': [
    { ...told, verdict: 'unknown', smaller: 'a' },
    { stale_side: 'a', basis: 'guess', base_oid: null, since: null },
  ],
  'two files of the same size': [
    { ...told, verdict: 'unknown' },
    { stale_side: null, basis: 'guess', base_oid: null, since: null },
  ],
};

for (const [name, [provenance, file]] of Object.entries(HISTORIES)) {
  test(`json: ${name}`, async () => {
    const { totals, verdicts } = await reportOf(LIVE_RELEASE, bothSides({ x: ['1', '2'] }));
    const [verdict] = verdicts as [Verdict];
    const digests = new Map<Verdict, Digests>([[verdict, { a: 'aa', b: null }]]);
    const [{ stale_side, basis, base_oid, since, a_sha256, b_sha256 }] = reportFrom(
      1,
      totals,
      verdicts,
      digests,
      new Map([[identityOf(verdict.pair), provenance]]),
    ).files as [JsonReport['files'][number]];
    assert.equal({ stale_side, basis, base_oid, since }, file);
    assert.equal([a_sha256, b_sha256], ['aa', null]);
  });
}

test('json: a long report is printed in parts, which are the lines of the whole', async () => {
  const names = Array.from({ length: 1203 }, (_, at) => [`f${at}`, ['1', at % 2 ? '1' : '2']] as const);
  const { totals, verdicts } = await reportOf(LIVE_RELEASE, bothSides(Object.fromEntries(names)));
  const parts = [...formatCheckJson(1, totals, verdicts, new Map(), new Map())];
  assert.ok(parts.length > 3 && parts.every((lines) => lines.length < 10_000));
  assert.equal(parts.flat(), formatJson(reportFrom(1, totals, verdicts, new Map(), new Map())));
});

for (const name of HOSTILE_NAMES) {
  test(`json: ${JSON.stringify(name)} keeps its value and does not act on a log`, () => {
    const lines = formatJson({ a: name });
    assert.equal(commandsIn(lines.join('\n')), []);
    assert.is(lines.length, 3);
    assert.equal(JSON.parse(lines.join('\n')), { a: name });
  });
}

const RECORDS: Readonly<Record<string, readonly [manifest: object, files: Files, line: string, raw: string]>> = {
  'a pair in sync has no reason': [
    LIVE_RELEASE,
    bothSides({ x: ['1', '1'] }),
    'SYNCED -\tlive/x\trelease/x\n',
    'SYNCED -\0live/x\0release/x\0',
  ],
  'a difference has a reason': [
    LIVE_RELEASE,
    bothSides({ x: ['1', '@1'] }),
    'DRIFT type\tlive/x\trelease/x\n',
    'DRIFT type\0live/x\0release/x\0',
  ],
  'a name that an alias uses is empty': [
    ALIASED,
    { 'live/x': '1' },
    'MISSING_B -\tlive/x\t\n',
    'MISSING_B -\0live/x\0\0',
  ],
  'spaces are not quoted': [
    LIVE_RELEASE,
    bothSides({ 'a b': ['1', '2'] }),
    'DRIFT content\tlive/a b\trelease/a b\n',
    'DRIFT content\0live/a b\0release/a b\0',
  ],
  'control characters, quotes and backslashes are quoted as by git': [
    LIVE_RELEASE,
    bothSides({ '\x07\b\t\n\v\f\r\x1b"\\': ['1', '1'] }),
    'SYNCED -\t"live/\\a\\b\\t\\n\\v\\f\\r\\033\\"\\\\"\t"release/\\a\\b\\t\\n\\v\\f\\r\\033\\"\\\\"\n',
    'SYNCED -\0live/\x07\b\t\n\v\f\r\x1b"\\\0release/\x07\b\t\n\v\f\r\x1b"\\\0',
  ],
  'bytes that are not UTF-8 are quoted as by git': [
    LIVE_RELEASE,
    LATIN,
    'SYNCED -\t"live/\\351"\t"release/\\351"\n',
    'SYNCED -\0live/\xe9\0release/\xe9\0',
  ],
  'two number signs cannot start a command of a CI runner': [
    LIVE_RELEASE,
    bothSides({ '##[x]': ['1', '1'] }),
    'SYNCED -\t"live/\\043#[x]"\t"release/\\043#[x]"\n',
    'SYNCED -\0live/##[x]\0release/##[x]\0',
  ],
};

for (const [name, [manifest, files, line, raw]] of Object.entries(RECORDS)) {
  test(`porcelain: ${name}`, async () => {
    const verdicts = await judgeAll(manifest, files);
    assert.is(formatPorcelain(verdicts, 'newline').toString('latin1'), line);
    assert.is(formatPorcelain(verdicts, 'nul').toString('latin1'), raw);
  });
}

test('porcelain: no name acts on a log', async () => {
  const verdicts = await judgeAll(
    LIVE_RELEASE,
    bothSides(Object.fromEntries(HOSTILE_NAMES.map((name) => [name, ['1', '2']]))),
  );
  const text = formatPorcelain(verdicts, 'newline').toString('utf8');
  assert.equal(commandsIn(text), []);
  assert.is(text.split('\n').length, HOSTILE_NAMES.length + 1);
});

test.run();
