// How the checks of a manifest note what is wrong, and where.

import { closest, distance } from 'fastest-levenshtein';
import type { JSONPath } from 'jsonc-parser';
import { sayNearest, sayPath } from '../messages/manifest.js';
import { findPathProblem, type PathUse } from './path-rules.js';

/** Notes a problem at a place of the document. */
export type Complain = (at: JSONPath, message: string, hint?: string, place?: 'key' | 'value') => void;

const FARTHEST_TYPO = 3;

/** A hint at the known key that was probably meant. */
export function nearest(key: string, known: readonly string[]): string {
  const candidate = closest(key, known);
  return sayNearest(distance(key, candidate) <= FARTHEST_TYPO ? candidate : undefined, known);
}

/** Complains of a path that breaks the rules. */
export function checkPath(text: string, use: PathUse, at: JSONPath, complain: Complain): void {
  const problem = findPathProblem(text, use);
  if (problem) complain(at, sayPath(text, problem.message), problem.hint);
}
