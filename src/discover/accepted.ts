// Whether the manifest's own rules would take a pair.

import { parseManifest } from '../manifest/parse.js';

/** Pure: true if a manifest of this pair alone is valid. */
export function isAccepted(a: string, b: string): boolean {
  const manifest = { pairs: [{ a, b }], fix_direction: 'live_to_submodule' };
  return parseManifest(Buffer.from(JSON.stringify(manifest), 'utf8')).ok;
}
