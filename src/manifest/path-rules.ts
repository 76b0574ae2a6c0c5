// The rules for paths in the manifest, the same on every system; names found in trees are exempt.

import { pathFromText } from '../git/path.js';
import * as say from '../messages/paths.js';
import type { DeclaredSide, Segment } from './types.js';

/** What is wrong with a path, and the suggested path. */
export interface PathProblem {
  readonly message: string;
  readonly hint: string;
}

export type PathUse = 'side' | 'alias' | 'glob' | 'exclude';

// Code points that HFS+ ignores in names: https://github.com/git/git/blob/v2.39.0/utf8.c
// (next_hfs_char).
const HFS_IGNORES = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const NAME = /^\{([A-Za-z_]\w*)\}$/;
const NAME_INSIDE = /(?<!\{)\{[A-Za-z_]\w*\}(?!\})/;

/** True for a name that some file system takes for `.git`. */
function isGitDirectory(segment: string): boolean {
  const folded = segment.replace(HFS_IGNORES, '').toLowerCase();
  return /^(?:\.git|git~1)(?:[ .]*$|[ .]*:)/.test(folded);
}

/**
 * True for a path that must not be written: on some system a segment of it means git's own
 * directory.
 */
export function isUnwritable(path: string): boolean {
  return path.split('/').some((segment) => segment === '..' || isGitDirectory(segment));
}

/** The first problem of the path; undefined if it has none. */
export function findPathProblem(text: string, use: PathUse): PathProblem | undefined {
  return findTextProblem(text, use) ?? findSegmentProblem(text, use) ?? findPatternProblem(text, use);
}

function findTextProblem(text: string, use: PathUse): PathProblem | undefined {
  // safeguard empty-paths (T3): a path is not empty (unit/manifest/path-rules)
  if (text === '') return say.EMPTY_PATH;
  // safeguard control-characters (T3): a control character is refused (unit/manifest/path-rules)
  if (CONTROLS.test(text)) return say.CONTROL_CHARACTER;
  // safeguard half-characters (T3): half a character is refused (unit/manifest/path-rules)
  if (LONE_SURROGATE.test(text)) return say.HALF_CHARACTER;
  // safeguard backslashes (T3): a backslash is refused (unit/manifest/path-rules)
  if (text.includes('\\')) return say.BACKSLASH;
  // safeguard drive-letters (T3): a drive letter is refused (unit/manifest/path-rules)
  if (/^[A-Za-z]:/.test(text)) return say.DRIVE_LETTER;
  // safeguard absolute-paths (T3): an absolute path is refused (unit/manifest/path-rules)
  if (text.startsWith('/')) return say.ABSOLUTE_PATH;
  if (use === 'exclude' && text.startsWith('~/')) return say.HOME_IN_EXCLUDE;
  return undefined;
}

function findSegmentProblem(text: string, use: PathUse): PathProblem | undefined {
  const segments = segmentsOf(text);
  // safeguard no-place (T3): a path names something (unit/manifest/path-rules)
  if (segments.length === 0 || text === '~') return say.NO_PATH;
  // safeguard tilde-directories (T3): ~ is the home directory (e2e/outside: a directory named)
  if (!text.startsWith('~/') && segments[0] === '~' && (use === 'side' || use === 'alias')) {
    return say.TILDE_DIRECTORY;
  }
  for (const segment of segments) {
    // safeguard parent-segments (T3): a path does not lead upwards (unit/manifest/path-rules)
    if (segment === '..') return say.PARENT_SEGMENT;
    // safeguard empty-segments (T3): no segment is empty or a dot (unit/manifest/path-rules)
    if (segment === '.' || segment === '') return say.EMPTY_SEGMENT;
    // safeguard git-directories (T4): git's own directory is no side (unit/manifest/path-rules)
    if (isGitDirectory(segment)) return say.gitDirectory(segment);
    if ((use === 'side' || use === 'alias') && NAME_INSIDE.test(segment) && !NAME.test(segment)) {
      return say.nameInsideSegment(segment);
    }
  }
  return undefined;
}

function findPatternProblem(text: string, use: PathUse): PathProblem | undefined {
  if (use !== 'side' && use !== 'alias') return undefined;
  // safeguard patterns-in-sides: a side is no pattern (unit/manifest/parse)
  if (/[*?]/.test(text)) return say.PATTERN_IN_PATH;
  if (use === 'alias' && segmentsOf(text).some((segment) => NAME.test(segment))) {
    return say.NAME_IN_ALIAS;
  }
  return undefined;
}

/** The segments below `~/` or the top level; a leading `./` and a trailing `/` are ignored. */
function segmentsOf(text: string): readonly string[] {
  const bare = text
    .replace(/^~\//, '')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/$/, '');
  return bare === '' || bare === '.' ? [] : bare.split('/');
}

/** The side that the text declares; the text must have no path problem. */
export function parseSide(text: string): DeclaredSide {
  const segments = segmentsOf(text).map((segment): Segment => {
    const name = NAME.exec(segment)?.[1];
    return name === undefined ? pathFromText(segment) : { name };
  });
  return { text, outside: text.startsWith('~/'), segments };
}
