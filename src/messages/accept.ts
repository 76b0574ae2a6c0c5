// Messages of accept.

import { show } from './show.js';
import { sayFirst } from './staging.js';

export const NOTHING_TO_ACCEPT = 'nothing to accept: these pairs are in sync';

export const ASK_REASON = 'Why is this difference OK? (stored in the manifest)';

export function sayAccepted(count: number): string {
  return count === 1 ? 'accepted  1 difference, until it changes' : `accepted  ${count} differences, until they change`;
}

export function sayExceptionRemoved(key: string): string {
  return `removed the exception for ${show(key)}; its two sides are compared again`;
}

export function sayNoException(path: string): string {
  return `No exception has a path at or below ${show(path)}.`;
}

/** The exceptions that can be removed instead. */
export function sayExceptions(keys: readonly string[]): string {
  return keys.length === 0 ? 'the manifest has no exceptions' : `exceptions: ${sayFirst(keys)}`;
}

export function sayNotAccepted(path: string): string {
  return `skipped  ${show(path)}: an exception cannot name both of its sides`;
}
