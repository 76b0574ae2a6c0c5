// What is said where a difference is taken for meant.

import { show } from './show.js';

export const NOTHING_TO_ACCEPT = 'nothing to accept: these pairs are in sync';

export const ASK_REASON = 'Why may they differ?';

export function sayAccepted(count: number): string {
  const pairs = count === 1 ? '1 difference' : `${count} differences`;
  return `accepted  ${pairs}, until either side moves`;
}

export function sayStageManifest(): string {
  return '  it is in force for commits once staged:  git add .dos-sync-manifest.json';
}

export function sayNotAccepted(path: string): string {
  return `left  ${show(path)}: an exception cannot name both sides of it`;
}
