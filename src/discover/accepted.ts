// Whether the manifest would accept a pair.

import { parseManifest } from '../manifest/parse.js';

/**
 * Pure. True if a manifest with only this pair is valid. Both paths can be written in a manifest.
 */
export function isAccepted(a: string, b: string): boolean {
  if (!a.includes('{') && !b.includes('{')) return !`${a}/`.startsWith(`${b}/`) && !`${b}/`.startsWith(`${a}/`);
  const manifest = { pairs: [{ a, b }], fix_direction: 'live_to_submodule' };
  return parseManifest(Buffer.from(JSON.stringify(manifest), 'utf8')).ok;
}
