// Which files are no candidates: what other people's tools put there, and what no manifest could name.

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
  'pnpm-lock.yaml',
  'bun.lockb',
  'go.sum',
  'packages.lock.json',
  'gradle.lockfile',
  'Package.resolved',
  'cabal.project.freeze',
]);

export function isVendored(segments: readonly string[]): boolean {
  return segments.slice(0, -1).some((segment) => VENDORED.has(segment));
}

export function isLockFile(name: string): boolean {
  return LOCK_FILES.has(name) || /\.lock$/i.test(name);
}

/** False for a name that JSON, or the manifest's language, has no words for; a `{Name}` would mean something else. */
export function isDeclarable(path: RepoPath): boolean {
  return isUtf8(path) && findPathProblem(textOf(path), 'alias') === undefined;
}

const VERSION = /^v?\d+(?:[._-]\d+)*(?:[._-]?(?:x|alpha|beta|rc|dev|post|pre)[._-]?\d*)?$/i;

export function isVersion(segment: string): boolean {
  return VERSION.test(segment);
}

/** True if the first thing in which the two differ is a version: releases of one thing, each with its own layout. */
export function areVersionSiblings(one: string, other: string): boolean {
  const [a, b] = [one.split('/'), other.split('/')];
  const at = a.findIndex((segment, index) => segment !== b[index]);
  const [first = '', second = ''] = [a[at], b[at]];
  if (isVersion(first) && isVersion(second)) return true;
  // A version that is part of a name: `api-v1` and `api-v2`.
  const bare = (path: string) => path.replace(/v?\d+(?:[._]\d+)*/gi, '#');
  return one !== other && bare(one) === bare(other);
}

const TRIAL =
  /^(?:__)?(?:tests?|specs?|fixtures?|examples?|samples?|demos?|testdata|test-data|e2e|mocks?|snapshots?|golden|baselines?)(?:__)?$/i;

/** Tests and examples repeat themselves, and mean it. */
export function isTrial(path: string): boolean {
  return path.split('/').some((segment) => TRIAL.test(segment));
}

const INSTRUCTIONS = new Set(['claude.md', 'agents.md', 'agent.md', 'gemini.md', 'qwen.md', 'copilot-instructions.md']);

/** Two names under which the same instructions are looked for. */
export function areTwinNames(one: string, other: string): boolean {
  return one !== other && INSTRUCTIONS.has(one.toLowerCase()) && INSTRUCTIONS.has(other.toLowerCase());
}
