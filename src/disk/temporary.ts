// Private directories for files that another program is handed.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noTemporaryDirectory } from '../messages/disk.js';
import { cleanAtEnd } from './at-end.js';

/** Where the system keeps temporary files, whatever the environment says. */
const USUAL = '/tmp';

export interface Temporary {
  readonly path: string;
  remove(): void;
}

/** The directory goes too where the process ends early. @throws Fault `disk` if none can be
 * made. */
export function makeTemporary(name: string): Temporary {
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
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
