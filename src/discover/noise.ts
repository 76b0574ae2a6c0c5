// Excludes files that are not candidates: output of tools, and names that a manifest cannot hold.

import { isUtf8, type RepoPath, textOf } from '../git/path.js';
import { findPathProblem } from '../manifest/path-rules.js';

const VENDORED = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'vendor',
  'vendors',
  'vendored',
  'third_party',
  'third-party',
  'thirdparty',
  'site-packages',
  'Godeps',
  'Pods',
  'Carthage',
  '.yarn',
  '.venv',
  '.cargo',
]);

const LOCK_FILES = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'bun.lockb',
  'go.sum',
  'gradle.lockfile',
  'Package.resolved',
  'cabal.project.freeze',
]);

export function isVendored(segments: readonly string[]): boolean {
  return segments.slice(0, -1).some((segment) => VENDORED.has(segment));
}

export function isLockFile(name: string): boolean {
  return LOCK_FILES.has(name) || /(?:[.-]lock|\.lock\.hcl|[.-]lock\.(?:json|ya?ml|toml)|\.lockfile)$/i.test(name);
}

/**
 * False for a name that JSON or the manifest cannot express; a `{Name}` would have another meaning.
 */
export function isDeclarable(path: RepoPath): boolean {
  return isUtf8(path) && findPathProblem(textOf(path), 'alias') === undefined;
}
