// What /proc and ps say of a process.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parsePs, parseStat, readProcess } from '../../../src/disk/process-state.js';

const test = suite('the state of a process');

const REST = '1 42 7 34816 42 4194304 1 2 3 4 5 6 7 8 20 0 1 0 99887 1 2';

for (const [what, stat, expected] of [
  ['in the foreground', `9 (node) S ${REST}`, { start: '99887', ended: false, foreground: true }],
  ['in the background', `9 (node) S 1 41${REST.slice(4)}`, { start: '99887', ended: false, foreground: false }],
  ['with a name like its state', `9 (a) Z (b) R ${REST}`, { start: '99887', ended: false, foreground: true }],
  ['a zombie', `9 (node) Z ${REST}`, { start: '99887', ended: true, foreground: true }],
  ['gone', undefined, undefined],
  ['cut', '9 (node) S 1', undefined],
] as const) {
  test(`/proc, ${what}`, () => assert.equal(parseStat(stat), expected));
}

for (const [what, line, expected] of [
  ['in the foreground', 'Sat Nov  7 09:05:01 2026     S+\n', { ended: false, foreground: true }],
  ['in the background', 'Sat Nov  7 09:05:01 2026     Ss  \n', { ended: false, foreground: false }],
  ['a zombie', 'Sat Nov  7 09:05:01 2026     Z+\n', { ended: true, foreground: true }],
] as const) {
  test(`ps, ${what}`, () => assert.equal(parsePs(line), { start: 'Sat Nov  7 09:05:01 2026', ...expected }));
}

test('ps, gone', () => assert.is(parsePs(''), undefined));

test('this process, asked twice, is one process; Windows does not say', () => {
  const [one, other] = [readProcess(process.pid), readProcess(process.pid)];
  assert.ok(one && !one.ended);
  assert.is(one.start, other?.start);
  assert.is(readProcess(process.pid, 'win32'), undefined);
});

// Mounted with hidepid=1, /proc refuses to open the file; a directory in its place does so for
// every user.
test('a process that /proc does not show is not known, and nothing fails', () => {
  const proc = mkdtempSync(join(tmpdir(), 'proc-'));
  mkdirSync(join(proc, '7', 'stat'), { recursive: true });
  try {
    assert.is(readProcess(7, 'linux', proc), undefined);
    assert.is(readProcess(8, 'linux', proc), undefined);
  } finally {
    rmSync(proc, { recursive: true });
  }
});

test.run();
