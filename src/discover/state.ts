// A file's content and executable bit as one number, to save memory in a long history.

import type { Oid } from '../git/oid.js';
import type { Mode } from '../git/records.js';
import type { StateNumber } from './types.js';

const DIGITS = 12;

/** For regular files; undefined for anything else. */
export function stateOf({ mode, oid }: { readonly mode: Mode; readonly oid: Oid }): StateNumber | undefined {
  if (!mode.startsWith('100')) return undefined;
  const executable = (Number.parseInt(mode, 8) & 0o100) !== 0;
  return Number.parseInt(oid.slice(0, DIGITS), 16) * 2 + (executable ? 1 : 0);
}
