// Reads .gitattributes and the conversion settings for paths.

import { bytesOf, pathFromBytes, type RepoPath } from './path.js';
import { readConfig } from './repository.js';
import { type Git, readGit } from './run.js';

/** The `filter` of each path, by the .gitattributes in the index or on disk; `unspecified` where
 * there is none. */
export async function readFilters(
  git: Git,
  paths: readonly RepoPath[],
  attributes: 'index' | 'worktree',
): Promise<ReadonlyMap<RepoPath, string>> {
  const found = await readAttributes(git, paths, ['filter'], attributes);
  return new Map(found.map(({ path, value }) => [path, value]));
}

/**
 * The attributes that make git store other bytes than the file has:
 * https://git-scm.com/docs/gitattributes#_effects
 */
const CONVERTING = ['text', 'crlf', 'eol', 'ident', 'filter', 'working-tree-encoding'];

/** The paths whose files git converts, or may convert, when it stores them. */
export async function readConverted(git: Git, paths: readonly RepoPath[]): Promise<ReadonlySet<RepoPath>> {
  const autocrlf = (await readConfig(git, 'core.autocrlf')) ?? '';
  if (!['', 'false', 'no', 'off', '0'].includes(autocrlf.toLowerCase())) return new Set(paths);
  const found = await readAttributes(git, paths, CONVERTING, 'worktree');
  return new Set(found.flatMap(({ path, value }) => (value === 'unspecified' || value === 'unset' ? [] : [path])));
}

interface Attribute {
  readonly path: RepoPath;
  readonly value: string;
}

async function readAttributes(
  git: Git,
  paths: readonly RepoPath[],
  names: readonly string[],
  attributes: 'index' | 'worktree',
): Promise<readonly Attribute[]> {
  if (paths.length === 0) return [];
  const input = Buffer.concat(paths.flatMap((path) => [bytesOf(path), Buffer.from('\0')]));
  const cached = attributes === 'index' ? ['--cached'] : [];
  const output = await readGit(git, ['check-attr', ...cached, '-z', '--stdin', ...names], input);
  // <path> NUL <attribute> NUL <value> NUL, repeated.
  const fields = output.toString('latin1').split('\0');
  const found: Attribute[] = [];
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const path = pathFromBytes(Buffer.from(fields[at] ?? '', 'latin1'));
    found.push({ path, value: fields[at + 2] ?? '' });
  }
  return found;
}
