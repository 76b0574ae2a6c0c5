// What init says at a terminal.

import { shellPath } from './show.js';

export function sayGuide(program: string): string[] {
  return [
    '',
    `Next: find copies, accept old differences, install the hooks. Stop at any time; to undo: ${program} uninstall.`,
  ];
}

export const LOOKING = 'Looking for copies in this repository and its history …';

export function sayNoPairs(program: string): string {
  return `No pairs are declared yet; add one at any time: ${program} add <a> <b>`;
}

export function sayBaselineQuestion(count: number): string {
  const pairs = count === 1 ? '1 file differs from its copy' : `${count} files differ from their copies`;
  return `${pairs} today. Accept this as the starting point?`;
}

export const BASELINE_REASON = 'differed when dos-sync was set up';

export const BASELINE_CHOICES = {
  yes: 'yes  record each difference as an exception, until one of its files changes',
  no: 'no   keep them out of sync; see them with check',
} as const;

export const HOOKS_QUESTION = 'Install the hooks, so that a commit which forgets a copy is blocked?';

export const HOOKS_CHOICES = { yes: 'yes  next to the hooks you have', no: 'no   later' } as const;

/** The hooks of a clone are not cloned with it. */
export function sayPrepare(): string[] {
  return [
    '',
    'So that npm install also installs the hooks for your colleagues:',
    '  npm pkg set scripts.prepare="dos-sync install || true" && git add package.json',
  ];
}

/** What is left to do. `written`: what the hooks need in the commit; undefined without hooks. */
export function sayEnd(program: string, written?: readonly string[]): string[] {
  return [
    '',
    ...(written === undefined ? [`  install the hooks:  ${program} install`] : []),
    ...(written?.length ? [`  stage the hooks:    git add ${written.map(shellPath).join(' ')}`] : []),
    '  see what to commit: git status',
    '  commit it:          git commit -m "Keep copies in sync"',
  ];
}
