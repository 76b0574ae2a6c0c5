import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withFolders } from '../../src/fix/folder.js';
import type { RepoPath } from '../../src/git/path.js';

const test = suite('directories held open while their files are written');
const path = (text: string) => text as RepoPath;
/** Elsewhere directories are not held. */
const testHeld = existsSync('/proc/self/fd') ? test : test.skip;
let top: string;

test.before.each(() => {
  top = mkdtempSync(join(tmpdir(), 'folders-'));
  mkdirSync(join(top, 'a', 'b'), { recursive: true });
  mkdirSync(join(top, 'elsewhere'));
});
test.after.each(() => rmSync(top, { recursive: true }));

function write(folders: Parameters<Parameters<typeof withFolders>[1]>[0], at: string, name: string): unknown {
  return folders.within(path(at), true, (folder) => {
    writeFileSync(folder.nameOf(path(name)), name);
    folder.changed();
    return true;
  });
}

test('a directory that is swapped for a link is not written through, and that is reported', () => {
  const swap = () => {
    renameSync(join(top, 'a', 'b'), join(top, 'moved'));
    symlinkSync('../elsewhere', join(top, 'a', 'b'));
  };
  assert.throws(
    () =>
      withFolders(top, (folders) => {
        write(folders, 'a/b', 'one');
        swap();
        write(folders, 'a/b', 'two');
        folders.sync();
      }),
    /a\/b is not a directory/,
  );
  assert.equal(readdirSync(join(top, 'elsewhere')), []);
});

testHeld('a directory that is swapped for another one is reported', () => {
  assert.throws(
    () =>
      withFolders(top, (folders) => {
        write(folders, 'a/b', 'one');
        renameSync(join(top, 'a', 'b'), join(top, 'moved'));
        mkdirSync(join(top, 'a', 'b'));
        folders.sync();
      }),
    /a\/b changed while the fix was being prepared/,
  );
});

test('a link is not followed, and a directory that is not there is made only if asked', () => {
  symlinkSync('elsewhere', join(top, 'link'));
  withFolders(top, (folders) => {
    assert.throws(() => write(folders, 'link', 'x'), /link is not a directory/);
    assert.is(
      folders.within(path('none/below'), false, () => true),
      undefined,
    );
    assert.is(write(folders, 'none/below', 'x'), true);
    folders.sync();
  });
  assert.equal(readdirSync(join(top, 'none', 'below')), ['x']);
});

testHeld('few directories are open at once, and none after the work', () => {
  const open = () => readdirSync('/proc/self/fd').length;
  const before = open();
  withFolders(top, (folders) => {
    for (let at = 0; at < 200; at += 1) write(folders, `d${at}`, 'x');
    assert.ok(open() < before + 50, `${open()}`);
    folders.sync();
  });
  assert.is(open(), before);
  for (let at = 0; at < 200; at += 1) assert.equal(readdirSync(join(top, `d${at}`)), ['x']);
});

test.run();
