// Messages about an invalid path in a manifest, with the correction.

interface PathText {
  readonly message: string;
  readonly hint: string;
}

const problem = (message: string, hint: string): PathText => ({ message, hint });

export const EMPTY_PATH = problem('an empty path', 'name a file or a directory');
export const NO_PATH = problem('no path', 'name a file or a directory');
export const CONTROL_CHARACTER = problem(
  'a control character in a path',
  'pair the directory that has such a name in it',
);
export const HALF_CHARACTER = problem('half a character (a lone surrogate)', 'write the whole character');
export const BACKSLASH = problem('a backslash', 'separate with / on every system');
export const DRIVE_LETTER = problem('a drive letter', 'write the path relative to the top level, or as ~/…');
export const ABSOLUTE_PATH = problem('an absolute path', 'write it relative to the top level, or as ~/…');
export const HOME_IN_EXCLUDE = problem('~/ in exclude', 'write it relative to the pair');
export const TILDE_DIRECTORY = problem('a directory named ~ at the top level', 'rename the directory');
export const PARENT_SEGMENT = problem('.. in a path', 'write the path from the top level');
export const EMPTY_SEGMENT = problem('. or nothing between two /', 'remove it');
export const PATTERN_IN_PATH = problem('* or ? in a path', 'pair the directory; leave files out with exclude');
export const NAME_IN_ALIAS = problem('a {Name} in an alias', 'write one alias for each name');

export function gitDirectory(segment: string): PathText {
  return problem(`${segment} is git's own directory`, 'pair something else');
}

export function nameInsideSegment(segment: string): PathText {
  return problem(`${segment}: a {Name} stands for a whole segment`, 'pair the directory above it');
}
