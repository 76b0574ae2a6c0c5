// How manifest checks report a problem and its position.

import type { JSONPath } from 'jsonc-parser';
import { insteadOf, sayNearest, sayPath, sayUnknownKey } from '../messages/manifest.js';
import { nearestOf } from './nearest.js';
import { findPathProblem, type PathUse } from './path-rules.js';

/** Reports a problem at a position of the document. */
export type Complain = (at: JSONPath, message: string, hint?: string, place?: 'key' | 'value') => void;

/** Reports each unknown key of the object. Keys with the prefix `x-` are for other programs. */
export function refuseUnknown(object: object, known: readonly string[], at: JSONPath, complain: Complain): void {
  for (const key of Object.keys(object)) {
    if (known.includes(key) || key.startsWith('x-')) continue;
    complain([...at, key], sayUnknownKey(key), insteadOf(key) ?? sayNearest(nearestOf(key, known), known), 'key');
  }
}

/** Reports a path that breaks the rules. */
export function checkPath(text: string, use: PathUse, at: JSONPath, complain: Complain): void {
  const problem = findPathProblem(text, use);
  // safeguard declared-paths (T3): a path that leads out is refused (unit/manifest/parse)
  if (problem) complain(at, sayPath(text, problem.message), problem.hint);
}
