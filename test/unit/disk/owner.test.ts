// Whose files are believed.

import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canBelieve, foreignFiles, isBelievable, NOBODY_ELSE, type SharedWith } from '../../../src/disk/owner.js';

const test = suite('whose files are believed');

const [ME, OTHER, ROOT, GROUP, OTHER_GROUP] = [1000, 1001, 0, 50, 51];
const [TEAM, ALL]: readonly SharedWith[] = [
  { group: GROUP, everybody: false },
  { group: GROUP, everybody: true },
];

type Row = [what: string, uid: number, gid: number, mode: number, shared: SharedWith | undefined, believed: boolean];
const ROWS: readonly Row[] = [
  ['my own', ME, GROUP, 0o100644, NOBODY_ELSE, true],
  ["root's", ROOT, ROOT, 0o100644, NOBODY_ELSE, true],
  ["somebody else's", OTHER, GROUP, 0o100644, NOBODY_ELSE, false],
  ["somebody else's with no mode at all", OTHER, GROUP, 0o100000, NOBODY_ELSE, false],
  ["a member's, of the sharing group", OTHER, GROUP, 0o100660, TEAM, true],
  ["somebody else's, of another group", OTHER, OTHER_GROUP, 0o100660, TEAM, false],
  ['my own, writable by all', ME, GROUP, 0o100666, NOBODY_ELSE, false],
  ["root's, writable by all", ROOT, ROOT, 0o100606, NOBODY_ELSE, false],
  ["a member's, writable by all", OTHER, GROUP, 0o100666, TEAM, false],
  ['anything, where all may write by the setting', OTHER, OTHER_GROUP, 0o100666, ALL, true],
];

for (const [what, uid, gid, mode, shared, believed] of ROWS) {
  test(`${what}: ${believed ? 'yes' : 'no'}`, () => {
    assert.is(
      isBelievable({ uid, gid, mode }, ME, () => shared ?? NOBODY_ELSE),
      believed,
    );
  });
}

test('on a system without user ids, all; and the setting is not asked for without need', () => {
  assert.ok(isBelievable({ uid: 0, gid: 0, mode: 0o100666 }, undefined, () => assert.unreachable('asked') as never));
  assert.ok(isBelievable({ uid: ME, gid: 0, mode: 0o100644 }, ME, () => assert.unreachable('asked') as never));
});

test('what is refused is listed once; what is absent or no file is for its reader', () => {
  const place = mkdtempSync(join(tmpdir(), 'owner-'));
  const path = join(place, 'file');
  assert.ok(canBelieve(path));
  writeFileSync(path, '');
  assert.ok(canBelieve(path));
  symlinkSync(path, join(place, 'link'));
  assert.ok(canBelieve(join(place, 'link')));
  assert.equal(foreignFiles(), []);
  chmodSync(path, 0o666);
  assert.not(canBelieve(path));
  assert.not(canBelieve(path));
  assert.equal(foreignFiles(), [path]);
  rmSync(place, { recursive: true });
});

test.run();
