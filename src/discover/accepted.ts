// Whether the manifest's own rules would take a pair.

import { parseManifest } from '../manifest/parse.js';

/** Pure: true if a manifest of this pair alone is valid. Both paths are ones that a manifest can
 * name. */
export function isAccepted(a: string, b: string): boolean {
  if (!a.includes('{') && !b.includes('{')) return !`${a}/`.startsWith(`${b}/`) && !`${b}/`.startsWith(`${a}/`);
  const manifest = { pairs: [{ a, b }], fix_direction: 'live_to_submodule' };
  return parseManifest(Buffer.from(JSON.stringify(manifest), 'utf8')).ok;
}
