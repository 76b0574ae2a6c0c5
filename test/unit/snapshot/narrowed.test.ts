// Listings that leave something out: the pairs of some paths, and pairs outside equal directories.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isMeant } from '../../../src/commands/person.js';
import { buildCountedPlaces, buildPlaces } from '../../../src/format/places.js';
import { countTotals } from '../../../src/format/totals.js';
import { pathFromText, type RepoPath } from '../../../src/git/path.js';
import { alikeByKey, checkUnlike } from '../../../src/judge/check-whole.js';
import { check } from '../../../src/judge/judge-pairs.js';
import { isOutOfSync } from '../../../src/judge/types.js';
import type { FilePair } from '../../../src/rules/types.js';
import { readPairsAt } from '../../../src/snapshot/asked-pairs.js';
import { readAllPairs } from '../../../src/snapshot/select.js';
import { type Files, rulesOf, snapshotOf } from '../../support/states.js';

const test = suite('listings that leave something out');

const STATES: Readonly<Record<string, readonly [manifest: object, files: Files]>> = {
  'directories that differ in one place': [
    { pairs: [{ a: 'live', b: 'sub' }] },
    {
      ...{ 'live/one/x': '1', 'live/one/deep/y': '1', 'live/two/x': '1', 'live/two/z': '2', 'live/top': '1' },
      ...{ 'sub/one/x': '1', 'sub/one/deep/y': '1', 'sub/two/x': '2', 'sub/three/x': '1', 'sub/top': '1' },
    },
  ],
  'equal directories': [
    { pairs: [{ a: 'live', b: 'sub' }] },
    { 'live/one/x': '1', 'live/two/y': '2', 'sub/one/x': '1', 'sub/two/y': '2' },
  ],
  'names, a chain and a fan-out': [
    {
      pairs: [
        { a: 'live', b: 'sub' },
        { a: 'sub/{Name}', b: 'packs/{Name}/src' },
        { a: 'LICENSE', b: 'packs/{pack}/LICENSE' },
        { a: 'tools', b: 'packs/{pack}/tools' },
      ],
    },
    {
      ...{ 'live/one/x': '1', 'live/two/x': '1', 'sub/one/x': '1', 'sub/two/x': '1', LICENSE: '1', 'tools/t/u': '1' },
      ...{ 'packs/one/src/x': '1', 'packs/two/src/x': '2', 'packs/two/LICENSE': '1', 'packs/one/LICENSE': '2' },
      ...{ 'packs/one/tools/t/u': '1', 'packs/two/tools/t/u': '2', 'packs/none/other': '1' },
    },
  ],
  'other names, and names that are taken': [
    {
      pairs: [{ a: 'live', b: 'sub', exclude: ['**/*.log'] }],
      aliases: [
        { a: 'live/one/old', b: 'sub/one/new' },
        { a: 'live/moved', b: 'sub/away/there' },
        { a: 'live/kept', b: 'sub/kept', exception: 'on purpose' },
        { a: 'A.md', b: 'B.md' },
      ],
    },
    {
      ...{ 'live/one/old': '1', 'live/one/new': '3', 'live/moved/x': '1', 'live/moved/in/y': '1', 'live/kept': '1' },
      ...{
        'sub/one/new': '1',
        'sub/one/old': '4',
        'sub/away/there/in/y': '1',
        'sub/away/there/z': '1',
        'sub/kept': '2',
      },
      ...{ 'live/away/there/q': '5', 'sub/moved/x': '6', 'live/a.log': '1', 'A.md': '1', 'B.md': '1' },
    },
  ],
  'a part with a difference': [
    {
      pairs: [
        { a: 'live', b: 'sub' },
        { a: 'live/one', b: 'pack/one' },
        { a: 'live/two', b: 'pack/two' },
      ],
    },
    {
      ...{ 'live/one/x': '1', 'sub/one/x': '1', 'live/two/x': '1', 'sub/two/x': '2', 'pack/one/x': '1' },
      'pack/two/x': '1',
    },
  ],
  'sides below sides': [
    {
      pairs: [
        { a: 'live', b: 'sub' },
        { a: 'sub/one', b: 'pack' },
        { a: 'other', b: 'live' },
      ],
    },
    {
      ...{ 'live/one/x': '1', 'live/two/x': '1', 'sub/one/x': '1', 'sub/two/x': '1', 'pack/x': '1' },
      ...{ 'other/one/x': '1', 'other/two/x': '1' },
    },
  ],
};

/** The table shows parts of directories that are equal. */
const DIVIDED = new Set(['names, a chain and a fan-out', 'a part with a difference', 'sides below sides']);

/** Every path and every directory above one, and names that do not exist beside them. */
function askable(files: Files): readonly RepoPath[] {
  const paths = new Set<string>(['nowhere']);
  for (const path of Object.keys(files)) {
    const segments = path.split('/');
    for (let depth = 1; depth <= segments.length; depth += 1) {
      const at = segments.slice(0, depth).join('/');
      paths.add(at).add(`${at}/absent`).add(`${at}2`);
    }
  }
  return [...paths].map(pathFromText);
}

for (const [name, [manifest, files]] of Object.entries(STATES)) {
  test(`${name}: the pairs of any path are those of the whole listing, in its order`, async () => {
    const rules = rulesOf(manifest);
    const change = { after: snapshotOf(files) };
    const all = await readAllPairs(rules, change);
    const paths = askable(files);
    const questions = [
      ...paths.map((path) => [path]),
      ...paths.map((path, at) => [path, paths[(at * 7) % paths.length] as RepoPath]),
    ];
    for (const asked of questions) {
      const meant = (pairs: readonly FilePair[]) =>
        pairs.filter((pair) => isMeant(pair, asked)).map(({ key, a, b }) => ({ key, a, b }));
      assert.equal(meant(await readPairsAt(rules, change, asked)), meant(all), asked.join(' '));
    }
  });

  test(`${name}: with equal directories counted, the findings, the totals and the table are the same`, async () => {
    const rules = rulesOf(manifest);
    const change = { after: snapshotOf(files) };
    const [all, unlike] = [await check(rules, change), await checkUnlike(rules, change)];
    assert.equal(unlike.verdicts.filter(isOutOfSync), all.filter(isOutOfSync));
    const alike = alikeByKey(unlike.instances);
    assert.equal(countTotals(rules.keys, unlike.verdicts, { alike }), countTotals(rules.keys, all));
    const table = buildCountedPlaces(rules, unlike);
    if (DIVIDED.has(name)) assert.is(table, undefined);
    else assert.equal(table, buildPlaces(rules, all));
  });
}

test('equal directories have no verdicts', async () => {
  const [manifest = {}, files = {}] = STATES['directories that differ in one place'] ?? [];
  const { verdicts } = await checkUnlike(rulesOf(manifest), { after: snapshotOf(files) });
  assert.equal(
    verdicts.map(({ pair }) => pair.relativePath),
    ['two/x', 'two/z', 'top', 'three/x'],
  );
});

test('for one path, directories beside it are not opened', async () => {
  const [manifest = {}, files = {}] = STATES['directories that differ in one place'] ?? [];
  const opened: RepoPath[] = [];
  const change = { after: snapshotOf(files, (directory) => opened.push(directory)) };
  await readPairsAt(rulesOf(manifest), change, [pathFromText('live/one/x')]);
  assert.equal(opened, ['live', 'live/one', 'sub', 'sub/one']);
});

test.run();
