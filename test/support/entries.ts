// Entries as short texts, for tables.

import { ABSENT, type Entry } from '../../src/git/entry.js';
import type { Oid } from '../../src/git/oid.js';

/**
 * `-` is absent, `1` a file with that content, `+1` the same file but executable, `@1` a symlink,
 * `*1` a gitlink.
 */
export function entryFrom(text: string): Entry {
  if (text === '-') return ABSENT;
  const oid = text.replace(/^[+@*]/, '').padEnd(40, '0') as Oid;
  if (text.startsWith('@')) return { kind: 'link', oid };
  if (text.startsWith('*')) return { kind: 'gitlink', oid };
  return { kind: 'file', oid, executable: text.startsWith('+') };
}

/** The reverse of {@link entryFrom}. */
export function shortOf(entry: Entry): string {
  if (entry.kind === 'absent') return '-';
  const sign = { file: '', link: '@', gitlink: '*' }[entry.kind];
  return `${entry.kind === 'file' && entry.executable ? '+' : sign}${entry.oid.replace(/0+$/, '')}`;
}
