// A repository path as git stores it: bytes, held as a string with one character per byte.

declare const brand: unique symbol;

/**
 * A path relative to the top level, `/`-separated, as git's bytes: one char (0–255) per byte, so
 * that a name that is not UTF-8 survives and `===`, `Map` and sorting work on bytes. Made only by
 * {@link pathFromBytes} and {@link pathFromText}.
 */
export type RepoPath = string & { readonly [brand]: 'RepoPath' };

/** The path that git printed as these bytes. */
export function pathFromBytes(bytes: Uint8Array): RepoPath {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') as RepoPath;
}

/** The path that a person wrote as this text: its UTF-8 bytes. */
export function pathFromText(text: string): RepoPath {
  return Buffer.from(text, 'utf8').toString('latin1') as RepoPath;
}

/** The bytes to hand to git or to the file system. */
export function bytesOf(path: RepoPath): Buffer {
  return Buffer.from(path, 'latin1');
}

/** The path as git unquotes it where it reads one name a line, with every byte that could be
 * special in octal. */
export function quotedLine(path: RepoPath): Buffer {
  const escaped = path.replace(/[^ !#-[\]-~]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return Buffer.from(`"${escaped}"\n`, 'latin1');
}

/** The path for people and for JSON: decoded as UTF-8, U+FFFD where it is not. */
export function textOf(path: RepoPath): string {
  return bytesOf(path).toString('utf8');
}

/** False if {@link textOf} loses something. */
export function isUtf8(path: RepoPath): boolean {
  return pathFromText(textOf(path)) === path;
}

/** `dir` + `/` + `rest`, where either may be empty. */
export function joinPath(dir: RepoPath, rest: RepoPath): RepoPath {
  if (dir === '') return rest;
  return (rest === '' ? dir : `${dir}/${rest}`) as RepoPath;
}

/** The directory that holds the path; empty at the top level. */
export function parentOf(path: RepoPath): RepoPath {
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))) as RepoPath;
}

/** The last segment. */
export function baseOf(path: RepoPath): RepoPath {
  return path.slice(path.lastIndexOf('/') + 1) as RepoPath;
}

/** What stands below `dir` in `path`: empty if they are equal, undefined if `path` is not at or
 * below `dir`. */
export function below(path: RepoPath, dir: RepoPath): RepoPath | undefined {
  if (path === dir) return '' as RepoPath;
  if (dir === '') return path;
  return path.startsWith(`${dir}/`) ? (path.slice(dir.length + 1) as RepoPath) : undefined;
}

/** The path as it arrives when it is typed: node decodes arguments, so that a name that is not
 * UTF-8 has U+FFFD in it. */
export function asTyped(path: RepoPath): RepoPath {
  return isUtf8(path) ? path : pathFromText(textOf(path));
}
