// What differs between operating systems, with the platform as a value.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { renameOver } from '../../../src/disk/rename.js';
import {
  asShellPath,
  colorsOf,
  composedName,
  hasExecutableBits,
  isHeldOpen,
  programFiles,
  shellBeside,
  startableFile,
  syncsDirectories,
  terminalDevices,
} from '../../../src/disk/system.js';

const test = suite('operating systems');

/** What each question answers on Linux, macOS and Windows. */
const ANSWERS: Readonly<Record<string, readonly [(platform: NodeJS.Platform) => unknown, unknown, unknown]>> = {
  'the terminal to read': [(on) => terminalDevices(on).input, '/dev/tty', '\\\\.\\CONIN$'],
  'the terminal to write': [(on) => terminalDevices(on).output, '/dev/tty', '\\\\.\\CONOUT$'],
  'names of a program': [(on) => programFiles('git', on), ['git'], ['git.exe', 'git.cmd']],
  'the program that can be started': [(on) => startableFile('git', on), 'git', 'git.exe'],
  'a path for sh': [(on) => asShellPath('C:\\a b\\cli.js', on), 'C:\\a b\\cli.js', 'C:/a b/cli.js'],
  'directories can be synced': [syncsDirectories, true, false],
  'files have executable bits': [hasExecutableBits, true, false],
  'EPERM is a file held open': [(on) => isHeldOpen('EPERM', on), false, true],
  'a report in a file may be coloured': [(on) => colorsOf(false, {}, on), true, false],
  'a report at a terminal may be coloured': [(on) => colorsOf(true, {}, on), true, true],
  'a report may be coloured on request': [(on) => colorsOf(false, { FORCE_COLOR: '1' }, on), true, true],
  'ENOENT is not': [(on) => isHeldOpen('ENOENT', on), false, false],
};

for (const [name, [ask, elsewhere, onWindows]] of Object.entries(ANSWERS)) {
  test(name, () => {
    assert.equal(
      (['linux', 'darwin', 'win32'] as const).map((platform) => ask(platform)),
      [elsewhere, elsewhere, onWindows],
    );
  });
}

const SHELLS: Readonly<Record<string, string>> = {
  'C:\\Program Files\\Git\\mingw64\\libexec\\git-core': 'C:\\Program Files\\Git\\usr\\bin\\sh.exe',
  'C:/Program Files/Git/mingw64/libexec/git-core': 'C:/Program Files/Git\\usr\\bin\\sh.exe',
  'C:/Git/clangarm64/libexec/git-core/': 'C:/Git\\usr\\bin\\sh.exe',
  'D:/elsewhere': 'sh.exe',
};

for (const [execPath, shell] of Object.entries(SHELLS)) {
  test(`the sh beside ${execPath}`, () => {
    assert.is(shellBeside(execPath, 'win32'), shell);
    assert.is(shellBeside(execPath, 'darwin'), '/bin/sh');
  });
}

/** Renames where the first tries fail with this code. @returns the waits. */
function renameAfter(failures: number, code: string, platform: NodeJS.Platform): readonly number[] {
  const waits: number[] = [];
  let left = failures;
  const rename = () => {
    left -= 1;
    if (left >= 0) throw Object.assign(new Error(code), { code });
  };
  renameOver('from', 'to', { rename, wait: (milliseconds) => waits.push(milliseconds), platform });
  return waits;
}

test('a rename waits for a program that has the file open, on Windows alone', () => {
  assert.equal(renameAfter(0, 'EPERM', 'win32'), []);
  assert.equal(renameAfter(3, 'EBUSY', 'win32'), [10, 20, 50]);
  assert.is(renameAfter(8, 'EACCES', 'win32').length, 8);
  assert.throws(() => renameAfter(9, 'EPERM', 'win32'), /EPERM/);
  assert.throws(() => renameAfter(1, 'ENOSPC', 'win32'), /ENOSPC/);
  assert.throws(() => renameAfter(1, 'EPERM', 'linux'), /EPERM/);
});

test('an accent apart from its letter is one name with it, on macOS alone; bytes that are no text stay', () => {
  const apart = Buffer.from('e\u0301.md');
  assert.is(composedName(apart, 'darwin').toString(), '\u00e9.md');
  assert.ok(composedName(apart, 'linux').equals(apart));
  const bytes = Buffer.from([0x65, 0xcc, 0x81, 0xff]);
  assert.ok(composedName(bytes, 'darwin').equals(bytes));
});

test.run();
