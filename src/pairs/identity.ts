// What makes a file pair the same one in two readings.

import type { FilePair } from './types.js';

/** A key for the pair: its rule and its two paths. */
export function identityOf({ rule, a, b }: FilePair): string {
  return `${rule.id}\0${a ?? ''}\0${b ?? ''}`;
}
