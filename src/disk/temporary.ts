// Private temporary directories, for files that another program reads.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noTemporaryDirectory } from '../messages/disk.js';
import { cleanAtEnd, deferSignals } from './at-end.js';
import { errorCode } from './error-code.js';

/** The usual temporary directory; the environment is ignored. */
const USUAL = '/tmp';

export interface Temporary {
  readonly path: string;
  remove(): void;
}

/**
 * Also removes the directory if the process ends early. @throws Fault `disk` if none can be made.
 */
export function makeTemporary(name: string): Temporary {
  deferSignals();
  const path = makeIn(tmpdir(), name) ?? makeIn(USUAL, name);
  if (path === undefined) {
    throw noTemporaryDirectory(tmpdir());
  }
  const forget = cleanAtEnd(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    remove: () => {
      forget();
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function makeIn(directory: string, name: string): string | undefined {
  try {
    return mkdtempSync(join(directory, name));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
