// What init says at a terminal.

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

/** What is left to do. */
export function sayEnd(program: string, installed: boolean): string[] {
  return [
    '',
    ...(installed ? [] : [`  install the hooks:  ${program} install`]),
    '  see what to commit: git status',
    '  commit it:          git commit -m "Keep copies in sync"',
  ];
}
