// The manifest's globs: `**`, `*` and `?` are special, everything else is literal, and a match
// covers everything below it.

import { pathFromText, type RepoPath } from '../git/path.js';

const ANY_DEPTH = '**';

/**
 * Pure. `*` and `?` never match a slash; `?` is one UTF-8 character; `**` as a whole segment is any
 * number of segments, at the end at least one. Needs time in proportion to glob × path at worst.
 */
export function compileGlob(text: string): (path: RepoPath) => boolean {
  const glob = segmentsOf(text);
  const fewest = glob.filter((segment) => segment !== ANY_DEPTH).length;
  return (path) => {
    if (path === '') return false;
    const segments = path.split('/');
    return segments.length >= fewest && matchesFrom(glob, segments);
  };
}

function segmentsOf(text: string): readonly string[] {
  const written = pathFromText(text).replace(/^\.\//, '').replace(/\/$/, '').split('/');
  const glob = written.filter((segment, at) => segment !== ANY_DEPTH || written[at - 1] !== ANY_DEPTH);
  // A match covers everything below it, so a last `**` only has to match one segment.
  if (glob.at(-1) === ANY_DEPTH) glob[glob.length - 1] = '*';
  return glob.map((segment) => (segment === ANY_DEPTH ? segment : segment.replace(/\*+/g, '*')));
}

/**
 * True once the glob is used up, whatever is left of the path. After a `**` the earliest match is
 * sufficient.
 */
function matchesFrom(glob: readonly string[], path: readonly string[]): boolean {
  let g = 0;
  let p = 0;
  let restart: { readonly glob: number; path: number } | undefined;
  for (;;) {
    const wanted = glob[g];
    const segment = path[p];
    if (wanted === undefined) return true;
    if (wanted === ANY_DEPTH) {
      g += 1;
      restart = { glob: g, path: p };
    } else if (segment === undefined) {
      return false;
    } else if (matchesSegment(wanted, segment)) {
      g += 1;
      p += 1;
    } else if (restart) {
      restart.path += 1;
      g = restart.glob;
      p = restart.path;
    } else {
      return false;
    }
  }
}

/** The two-pointer match: only the last `*` is ever retried. */
function matchesSegment(glob: string, segment: string): boolean {
  let g = 0;
  let s = 0;
  let restart: { readonly glob: number; segment: number } | undefined;
  while (s < segment.length || glob[g] === '*') {
    if (glob[g] === '*') {
      g += 1;
      restart = { glob: g, segment: s };
      if (g === glob.length) return true;
    } else if (glob[g] === '?') {
      g += 1;
      s += characterLength(segment, s);
    } else if (g < glob.length && glob[g] === segment[s]) {
      g += 1;
      s += 1;
    } else if (restart && restart.segment < segment.length) {
      restart.segment += characterLength(segment, restart.segment);
      g = restart.glob;
      s = restart.segment;
    } else {
      return false;
    }
  }
  return g === glob.length;
}

/** The length in bytes of the UTF-8 character that starts here; 1 for invalid bytes. */
function characterLength(bytes: string, at: number): number {
  const lead = bytes.charCodeAt(at);
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  for (let next = at + 1; next < at + length; next += 1) {
    const byte = bytes.charCodeAt(next);
    if (Number.isNaN(byte) || byte < 0x80 || byte > 0xbf) return 1;
  }
  return length;
}
