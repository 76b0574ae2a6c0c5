import { statfsSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isMany, syncFileSystems, syncsTogether } from '../../../src/disk/barrier.js';

const test = suite('syncing many files together');

test('few files are synced one by one', () => {
  assert.is(isMany(32), false);
  assert.is(isMany(33), true);
});

test('only where syncfs reports errors', () => {
  assert.is(syncsTogether('linux', '5.7.19'), false);
  assert.is(syncsTogether('linux', '4.18.0-553.el8'), false);
  assert.is(syncsTogether('darwin', '24.1.0'), false);
  assert.is(syncsTogether('win32', '10.0.26100'), false);
  const here = syncsTogether('linux', '5.8.0');
  assert.is(syncsTogether('linux', '6.1.0-rpi7'), here);
});

test('only on file systems that are known to do it', () => {
  const PROC = 0x9fa0;
  if (process.platform !== 'linux' || statfsSync('/proc').type !== PROC) return;
  assert.is(syncFileSystems(['/proc']), false);
});

test.run();
