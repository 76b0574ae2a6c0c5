// A repository path as git stores it: bytes, in a string with one character per byte.

declare const brand: unique symbol;

/**
 * A path relative to the top level, as git's bytes: one char (0–255) per byte, so that `===`, `Map`
 * and sorting work. Made only by {@link pathFromBytes} and {@link pathFromText}.
 */
export type RepoPath = string & { readonly [brand]: 'RepoPath' };

/** The path that git printed as these bytes. */
export function pathFromBytes(bytes: Uint8Array): RepoPath {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') as RepoPath;
}

/** The path that a user wrote: its UTF-8 bytes. */
export function pathFromText(text: string): RepoPath {
  return Buffer.from(text, 'utf8').toString('latin1') as RepoPath;
}

/** The bytes for git or the file system. */
export function bytesOf(path: RepoPath): Buffer {
  return Buffer.from(path, 'latin1');
}

/** The path quoted for git's line-based input, with every byte that could be special in octal. */
export function quotedLine(path: RepoPath): Buffer {
  const escaped = path.replace(/[^ !#-[\]-~]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return Buffer.from(`"${escaped}"\n`, 'latin1');
}

/** The path for messages and JSON: decoded as UTF-8, with U+FFFD for invalid bytes. */
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

/**
 * The part of `path` below `dir`: empty if they are equal, undefined if `path` is not at or below
 * `dir`.
 */
export function below(path: RepoPath, dir: RepoPath): RepoPath | undefined {
  if (path === dir) return '' as RepoPath;
  if (dir === '') return path;
  return path.startsWith(`${dir}/`) ? (path.slice(dir.length + 1) as RepoPath) : undefined;
}

/**
 * The path as a typed argument arrives: node decodes it, so a name that is not UTF-8 contains
 * U+FFFD.
 */
export function asTyped(path: RepoPath): RepoPath {
  return isUtf8(path) ? path : pathFromText(textOf(path));
}
