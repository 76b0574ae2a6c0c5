import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseSharing, sharedMode } from '../../../src/git/sharing.js';

const test = suite('core.sharedRepository as modes');

const ROWS: readonly [setting: string, file: number, directory: number][] = [
  ['umask', 0o600, 0o700],
  ['false', 0o600, 0o700],
  ['0', 0o600, 0o700],
  ['group', 0o660, 0o2770],
  ['true', 0o660, 0o2770],
  ['', 0o660, 0o2770],
  ['1', 0o660, 0o2770],
  ['all', 0o664, 0o2775],
  ['world', 0o664, 0o2775],
  ['everybody', 0o664, 0o2775],
  ['2', 0o664, 0o2775],
  ['0640', 0o640, 0o2750],
  ['0660', 0o660, 0o2770],
  ['0664', 0o664, 0o2775],
  ['0600', 0o600, 0o700],
];

for (const [setting, file, directory] of ROWS) {
  test(`'${setting}': what git gives a private file and directory`, () => {
    const sharing = parseSharing(setting);
    assert.is(sharedMode(sharing, 0o600, 'file').toString(8), file.toString(8));
    assert.is(sharedMode(sharing, 0o700, 'directory').toString(8), directory.toString(8));
  });
}

test.run();
