import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseJournal, parseRecord } from '../../../src/fix/parse-record.js';

const test = suite('records and journals as they are read');

const ID = '20261127-101112-123';
const FILE = {
  path: 'release/x',
  temporary: `release/.dos-sync-${ID}-0`,
  before: { kind: 'file', mode: 0o644, sha256: 'ab' },
  after: { kind: 'absent' },
  kept: '0',
};
const ENTRY = {
  path: 'release/x',
  before: null,
  after: { mode: '100644', oid: 'ab', skipsWorktree: false, intended: false },
};
const RECORD = { version: 1, id: ID, command: 'fix', files: [FILE], entries: [ENTRY], made: ['release'] };

test('a whole record is read', () => {
  assert.equal(parseRecord(JSON.stringify(RECORD), ID), RECORD);
});

test('a record with an archive is read', () => {
  const record = { ...RECORD, version: 2, archived: { 'files/0': [0, 12], 'blobs/ab': [12, 12] } };
  assert.equal(parseRecord(JSON.stringify(record), ID), record);
});

test('a record of another version is foreign', () => {
  assert.is(parseRecord(JSON.stringify({ ...RECORD, version: 3, more: [] }), ID), 'foreign');
});

test('every part of one is damaged', () => {
  const text = JSON.stringify(RECORD);
  for (let length = 0; length < text.length; length += 1) assert.is(parseRecord(text.slice(0, length), ID), 'damaged');
});

const BROKEN: readonly [what: string, record: unknown][] = [
  ['null', null],
  ['a list', [RECORD]],
  ['another id', { ...RECORD, id: 'other' }],
  ['no files', { ...RECORD, files: undefined }],
  ['a path that leads out', { ...RECORD, files: [{ ...FILE, path: 'a/../../b' }] }],
  ['a temporary name that leads out', { ...RECORD, files: [{ ...FILE, temporary: '/b' }] }],
  ['a copy that leads out', { ...RECORD, files: [{ ...FILE, kept: '../../x' }] }],
  ['a file without its copy', { ...RECORD, files: [{ ...FILE, kept: undefined }] }],
  ['an unknown standing', { ...RECORD, files: [{ ...FILE, before: { kind: 'fifo' } }] }],
  ['an entry without flags', { ...RECORD, entries: [{ ...ENTRY, after: { mode: '100644', oid: 'ab' } }] }],
  ['an id of an object that is none', { ...RECORD, entries: [{ ...ENTRY, after: { ...ENTRY.after, oid: '--x' } }] }],
  ['an archive without an end', { ...RECORD, archived: { 'files/0': [0] } }],
  ['an archive that ends before it starts', { ...RECORD, archived: { 'files/0': [2, 1] } }],
  ['an archive with a negative start', { ...RECORD, archived: { 'files/0': [-1, 1] } }],
  ['an archive that is none', { ...RECORD, archived: 'all' }],
  ['a directory that leads out', { ...RECORD, made: ['..'] }],
];

for (const [what, record] of BROKEN) {
  test(`${what}: damaged`, () => assert.is(parseRecord(JSON.stringify(record), ID), 'damaged'));
}

test('a journal names a backup, and nothing else', () => {
  assert.is(parseJournal(JSON.stringify({ backup: ID })), ID);
  for (const text of ['', '{', 'null', '[]', '{}', '{"backup": 1}', '{"backup": "../x"}', '{"backup": ""}']) {
    assert.is(parseJournal(text), undefined, text);
  }
});

test.run();
