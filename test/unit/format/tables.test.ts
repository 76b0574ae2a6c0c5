// The reports for people: rows and totals, the table of places, the graph, and explain.

import { dirname } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatPair } from '../../../src/format/explain.js';
import { buildGraph } from '../../../src/format/graph.js';
import { formatDot, formatMermaid } from '../../../src/format/graph-text.js';
import { onlyOutOfSync, orderRows } from '../../../src/format/place-order.js';
import { buildPlaces } from '../../../src/format/places.js';
import { formatStatus } from '../../../src/format/status.js';
import { formatRows, formatTotals } from '../../../src/format/text.js';
import { formatUnchecked } from '../../../src/format/unchecked.js';
import type { RepoPath } from '../../../src/git/path.js';
import type { Verdict } from '../../../src/judge/types.js';
import { commandsIn, HOSTILE_NAMES } from '../../support/hostile.js';
import { bothSides, type Files, judgeAll, LIVE_RELEASE, reportOf, rulesOf } from '../../support/states.js';

const test = suite('the reports for people');

async function placesOf(manifest: object, files: Files) {
  const rules = rulesOf(manifest);
  return buildPlaces(rules, await judgeAll(manifest, files, rules));
}

const CHAIN = {
  pairs: [
    { a: 'live/one', b: 'release/one' },
    { a: 'live/two', b: 'release/two' },
    { a: 'release/one', b: 'pack/one' },
  ],
};
const CHAIN_FILES = {
  ...{ 'live/one/x': '1', 'release/one/x': '1', 'pack/one/x': '2' },
  ...{ 'live/two/a': '1', 'live/two/b': '1', 'release/two/a': '1' },
};
const LEGEND = ['', '! drifted   - missing   = in sync'];

test('the table of places, when it fits', async () => {
  assert.equal(formatStatus(await placesOf(CHAIN, CHAIN_FILES), 80), [
    'artifact  live    release  pack/one',
    'one       source  =1       !1',
    'two       source  -1 =1',
    ...LEGEND,
  ]);
});

test('rows that are out of sync come first, then names as people sort them', async () => {
  const files = Object.fromEntries(['x10', 'x9', 'a', 'z'].map((name) => [`live/${name}/f`, '1']));
  const copies = { 'release/x10/f': '1', 'release/x9/f': '1', 'release/a/f': '1', 'release/z/f': '2' };
  const pairs = Object.keys(copies).map((b) => ({ a: dirname(b.replace('release', 'live')), b: dirname(b) }));
  const table = await placesOf({ pairs }, { ...files, ...copies });
  const names = [orderRows(table), onlyOutOfSync(table)].map(({ rows }) => rows.map(({ artifact }) => artifact));
  assert.equal(names, [['z', 'a', 'x9', 'x10'], ['z']]);
});

/** The rows of the table as texts, in the order of status. */
async function rowsOf(pairs: readonly (readonly [a: string, b: string])[], files: Files): Promise<readonly string[]> {
  const table = orderRows(await placesOf({ pairs: pairs.map(([a, b]) => ({ a, b })) }, files));
  return formatStatus(table, 120).filter((line) => !/^(?:$|[-!=] )/.test(line));
}

/** A skill in four places; an opened directory is paired with another one. */
const SKILLS = {
  ...{ 'skills/alpha/f': '1', 'pack/skills/alpha/f': '1', 'plugin/alpha/f': '1', '.claude/skills/alpha/f': '2' },
  ...{ 'skills/beta/f': '1', 'pack/skills/beta/f': '2', 'plugin/beta/f': '2', '.claude/skills/beta/f': '1' },
};

test('a pair of directories is opened where its folders are paired one by one elsewhere', async () => {
  const claude = ['alpha', 'beta'].map((name) => [`skills/${name}`, `.claude/skills/${name}`] as const);
  const pairs = [['skills', 'pack/skills'], ...claude, ['pack/skills', 'plugin']] as const;
  const heading = 'artifact  skills  pack/skills  .claude/skills  plugin';
  assert.equal(await rowsOf(pairs, SKILLS), [
    heading,
    'alpha     source  =1           !1              =1',
    'beta      source  !1           =1              =1',
  ]);
  const more = { ...SKILLS, 'skills/gamma/f': '1', 'pack/skills/gamma/f': '1', 'plugin/gamma/f': '1' };
  assert.equal((await rowsOf(pairs, more)).at(-1), 'skills    source  =1                           =1');
});

test('an opened folder that is missing in one place has a mark there; a template opens too', async () => {
  const { 'pack/skills/alpha/f': _, ...files } = { ...SKILLS, 'packs/alpha/src/f': '1', 'packs/beta/src/f': '1' };
  const pairs = [
    ['skills', 'pack/skills'],
    ['skills/{Name}', 'packs/{Name}/src'],
  ] as const;
  assert.equal(await rowsOf(pairs, files), [
    'artifact  skills  pack/skills  packs',
    'alpha     source  -1           =1',
    'beta      source  !1           =1',
  ]);
});

test('only the deepest part divides, and a directory that nothing divides is one row', async () => {
  const files = { 'a/x/y/f': '1', 'a/x/f': '1', 'b/x/y/f': '1', 'b/x/f': '2', 'c/y/f': '2', 'd/x/f': '1' };
  assert.equal((await rowsOf([['a', 'b']], files)).length, 2);
  const rows = await rowsOf(
    [
      ['a', 'b'],
      ['a/x/y', 'c/y'],
    ],
    files,
  );
  assert.equal(rows, ['artifact  a       b   c/y', 'a         source  !1', 'y         source  =1  !1']);
});

test('copies below one directory have a column each, if these are few; copies of a fan-out share one', async () => {
  const plugins = ['one', 'two'].map((name) => [`skills/{Name}`, `plugins/${name}/skills/{Name}`] as const);
  const names = ['one', 'two'].flatMap((plugin) => ['x', 'y'].map((name) => `plugins/${plugin}/skills/${name}/f`));
  const files = { ...Object.fromEntries(names.map((name) => [name, '1'])), 'skills/x/f': '1', 'skills/y/f': '2' };
  assert.equal(await rowsOf(plugins, { ...files, 'plugins/two/skills/y/f': '2' }), [
    'artifact  skills  plugins/one/skills  plugins/two/skills',
    'y         source  !1                  =1',
    'x         source  =1                  =1',
  ]);
  const agents = ['AGENTS.md', 'GEMINI.md'].map((name) => ['CLAUDE.md', name] as const);
  const rules = { 'CLAUDE.md': '1', 'AGENTS.md': '1', 'GEMINI.md': '2', LICENSE: '1', 'p/a/L': '1', 'p/b/L': '1' };
  assert.equal(await rowsOf([...agents, ['LICENSE', 'p/{name}/L']], rules), [
    'artifact   (top level)  AGENTS.md  GEMINI.md  p',
    'CLAUDE.md  source       =1         !1',
    'LICENSE    source                             =2',
  ]);
  const many = Array.from({ length: 9 }, (_, at) => ['one', `copies/${at}`] as const);
  const copies = Object.fromEntries(many.map(([, copy]) => [copy, '1']));
  assert.equal((await rowsOf(many, { one: '1', ...copies })).at(-1), 'one       source  =9');
});

test('the table of places in a narrow terminal has numbers for the names, and two blocks', async () => {
  assert.equal(formatStatus(await placesOf(CHAIN, CHAIN_FILES), 26), [
    ...['artifact  1       2', 'one       source  =1', 'two       source  -1 =1', ''],
    ...['artifact  3', 'one       !1', 'two', ''],
    ...['  1  live', '  2  release', '  3  pack/one'],
    ...LEGEND,
  ]);
});

const ODD = { pairs: [{ a: 'L"]<b>', b: 'packages/{p}/L' }] };
const ODD_FILES = { 'L"]<b>': '1', 'packages/one/L': '1', 'packages/two/L': '2' };

test('mermaid: a name stays inside its label', async () => {
  assert.equal(formatMermaid(buildGraph(await placesOf(ODD, ODD_FILES))), [
    'flowchart LR',
    '  subgraph p0["L#34;#93;#60;b#62;"]',
    '    n0p0["L#34;#93;#60;b#62;"]',
    '  end',
    '  subgraph p1["packages"]',
    '    n0p1["L#34;#93;#60;b#62; (2 copies)"]',
    '  end',
    '  n0p0 -->|"!1 =1"| n0p1',
    '  linkStyle 0 stroke:#d1242f',
  ]);
});

test('dot: a name stays inside its label', async () => {
  assert.equal(formatDot(buildGraph(await placesOf(ODD, ODD_FILES))), [
    ...['digraph copies {', '  rankdir=LR', '  node [shape=box]'],
    ...['  subgraph cluster_0 {', '    label="L\\"]<b>"', '    n0p0 [label="L\\"]<b>", tooltip="L\\"]<b>"]', '  }'],
    ...['  subgraph cluster_1 {', '    label="packages"'],
    '    n0p1 [label="L\\"]<b> (2 copies)", tooltip="packages/one/L packages/two/L"]',
    ...['  }', '  n0p0 -> n0p1 [label="!1 =1", color="#d1242f"]', '}'],
  ]);
});

test('explain: the pair, where it is declared, its names and its history', async () => {
  const lastChange = { oid: 'c'.repeat(40), author: 'Ann\n', time: 1_700_000_000 };
  const [, drifted] = await judgeAll(ODD, ODD_FILES);
  assert.equal(formatPair({ verdict: drifted as Verdict, lastChange }), [
    'L"]<b> -> packages/two/L',
    '  declared   pairs[0]: L"]<b> -> packages/{p}/L',
    '  names      {p} = two',
    '  verdict    DRIFT (content)',
    '  history    last changed in cccccccccc by Ann\\n on 2023-11-14',
  ]);
});

test('rows: one for each file pair, with the reason of a difference', async () => {
  const manifest = { ...LIVE_RELEASE, aliases: { 'live/a': 'release/b' } };
  const files = { ...bothSides({ x: ['1', '+1'], y: ['-', '1'] }), 'live/a': '1', 'release/b': '1', 'live/b': '2' };
  assert.equal((await judgeAll(manifest, files)).length, 4);
  assert.equal(formatRows(await judgeAll(manifest, files)).toSorted(), [
    '  DRIFT           live/x -> release/x (mode)',
    '  MISSING_A       live/y -> release/y',
    '  MISSING_B       live/b -> (name taken by alias)',
    '  SYNCED          live/a -> release/b',
  ]);
});

test('rows: no name acts on a log', async () => {
  const files = bothSides(Object.fromEntries(HOSTILE_NAMES.map((name) => [name, ['1', '2']])));
  const lines = formatRows(await judgeAll(LIVE_RELEASE, files));
  assert.equal(commandsIn(lines.join('\n')), []);
  assert.ok(lines.every((line) => !line.includes('\n')));
});

test('totals: no pairs, no comparison, and an allowed check without one', async () => {
  assert.equal(formatTotals((await reportOf({}, {})).totals), [
    'no pairs are declared yet; add one: git dos-sync add <a> <b>',
  ]);
  const { totals } = await reportOf({ pairs: [{ a: 'live', b: '~/x' }] }, { 'live/a': '1' });
  assert.equal(formatTotals(totals), ['could not check: pairs are declared, but none of their files was compared']);
  assert.equal(formatTotals(totals, true), [
    'not compared: the pair has only one side that can be read here (--allow-unchecked)',
  ]);
});

test('totals: of many empty pairs twenty are named', async () => {
  const { totals } = await reportOf(LIVE_RELEASE, bothSides({ x: ['1', '1'] }));
  const empty = new Map(Array.from({ length: 23 }, (_, at) => [`${at}`, 'neither'] as const));
  const lines = formatTotals({ ...totals, empty });
  assert.is(lines.length, 1 + 20 + 1);
  assert.is(lines.at(-1), 'and 3 more pairs without a file to compare');
});

test('unchecked: one line for each reason, and the command that solves it', async () => {
  const [verdict] = (await judgeAll(LIVE_RELEASE, bothSides({ x: ['1', '1'] }))) as [Verdict];
  const submodule = { kind: 'submodule', at: "it's\n" as RepoPath, lack: 'not-initialised' } as const;
  const outside = { ...verdict, unread: { kind: 'outside', lack: 'absent' } } as const;
  assert.equal(formatUnchecked([verdict, outside, outside, { ...verdict, hidden: submodule }]), [
    'dos-sync: 2 pairs were not checked: one side is outside the repository, and not on this machine.',
    "dos-sync: a submodule has replaced one side of a pair and cannot be read: the submodule it's\\n is not initialised: git submodule update --init $'it\\'s\\n'.",
  ]);
});

test.run();
