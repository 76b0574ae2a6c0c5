// What the pre-push hook says.

import { show } from './show.js';

const SHORT = 10;

export function sayPushBlocked(ref: string, tip: string, findings: number): string {
  const pairs = findings === 1 ? 'a pair' : `${findings} pairs`;
  return `dos-sync: ${show(ref)} at ${tip.slice(0, SHORT)} has ${pairs} out of sync that the pushed commits touch:`;
}

export function sayPushFinding(paths: readonly string[], status: string): string {
  const sides = paths.map(show).join(' and ');
  return status === 'DRIFT' ? `  ${sides} differ` : `  ${sides}: one of them is missing`;
}

export function sayPushBasis(basis: 'remote' | 'default-branch' | 'tip-alone'): string {
  switch (basis) {
    case 'remote':
      return '  (judged: the commits that the remote does not have yet)';
    case 'default-branch':
      return '  (nothing is known of the remote; judged: the commits since the default branch)';
    case 'tip-alone':
      return '  (nothing is known of the remote; judged: the last commit alone)';
  }
}

export function sayPushWay(invocation: string): string {
  return `  put it right and commit:  ${invocation} fix && git commit -a`;
}
