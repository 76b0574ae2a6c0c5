// What uninstall needs to restore everything: <common git directory>/dos-sync/install.json.

import { dirname, join } from 'node:path';
import { canBelieve } from '../disk/owner.js';
import type { Checkout } from '../git/porcelain.js';
import { readSharedWith } from '../git/sharing.js';
import { damagedState } from '../messages/install.js';
import { readFoundFile, removeIfEmpty, writeChange, writeDirectory } from './disk.js';

/** Bytes are stored as one char per byte. */
export interface InstallState {
  /** Our value of alias.dos-sync. */
  readonly alias?: string;
  /** Directories that install created, outermost first; absolute. */
  readonly directories: readonly string[];
  /** package.json before and after its prepare script was added. `path` is absolute. */
  readonly packageJson?: { readonly path: string; readonly before: string; readonly after: string };
}

export const NOTHING_INSTALLED: InstallState = { directories: [] };

function statePath(commonDir: string): string {
  return join(commonDir, 'dos-sync', 'install.json');
}

/**
 * Nothing is installed, as far as we know, where somebody else can have written the file: it names
 * files to write.
 * @throws Fault `disk` if the file was not written by dos-sync.
 */
export function readState({ git, commonDir }: Checkout): InstallState {
  const path = statePath(commonDir);
  // safeguard foreign-install (T23): another user's state is not restored (e2e/foreign-files: what)
  if (!canBelieve(path, () => readSharedWith(git, commonDir))) return NOTHING_INSTALLED;
  const found = readFoundFile(path);
  if (found.kind === 'absent') return NOTHING_INSTALLED;
  const state = found.kind === 'file' ? parseState(found.text) : undefined;
  if (state === undefined) throw damagedState(path);
  return state;
}

function parseState(text: string): InstallState | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'latin1').toString('utf8'));
    return isState(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isState(value: unknown): value is InstallState {
  const { alias, directories, packageJson } = Object(value) as Record<string, unknown>;
  const file = Object(packageJson) as Record<string, unknown>;
  const strings = [alias ?? '', ...(packageJson === undefined ? [] : [file['path'], file['before'], file['after']])];
  const all = Array.isArray(directories) ? [...strings, ...(directories as unknown[])] : [undefined];
  return all.every((each) => typeof each === 'string');
}

/** Writes the state, or removes the file if the state is empty. */
export function writeState(commonDir: string, state: InstallState): void {
  const path = statePath(commonDir);
  const found = readFoundFile(path);
  const text = Buffer.from(`${JSON.stringify(state, null, 2)}\n`, 'utf8').toString('latin1');
  if (JSON.stringify(state) === JSON.stringify(NOTHING_INSTALLED)) {
    if (found.kind !== 'absent') writeChange({ step: 'remove', path, before: found });
    removeIfEmpty(dirname(path));
  } else if (found.kind !== 'file' || found.text !== text) {
    writeDirectory(dirname(path));
    writeChange({ step: 'write', path, before: found, text, mode: 0o644, what: 'changed' });
  }
}
