// Lays out cases for a person: the sentence, and the commands that resolve it.

import type { Case } from '../decide/cases.js';
import { type RepoPath, textOf } from '../git/path.js';
import { sayCase, sayWays, type Way } from '../messages/cases.js';
import { shellPath } from '../messages/show.js';

/** Where the fix would be written. */
export type FixScope = 'staged' | 'worktree';

/** The case in sentences, one line each. */
export function layOutCase(each: Case): string[] {
  return sayCase({
    kind: each.kind,
    source: textOf(each.source),
    copies: each.copies.map(textOf),
    renamedFrom: each.renamedFrom === undefined ? undefined : textOf(each.renamedFrom),
    edited: each.edited.map(textOf),
    fixedInWorktree: each.fixedInWorktree,
    reason: each.findings[0]?.reason,
  });
}

/** The commands that resolve the case, each under two spaces. */
export function layOutWays(each: Case, invocation: string, scope: FixScope): string[] {
  return sayWays(waysOf(each, invocation, scope));
}

function waysOf(each: Case, invocation: string, scope: FixScope): readonly Way[] {
  const source = word(each.source);
  const command = (...words: string[]) =>
    [invocation, 'fix', ...(scope === 'staged' ? ['--staged'] : []), ...words].join(' ');
  if (each.kind === 'renamed' && each.renamedFrom !== undefined && each.fix) {
    return [{ label: 'rename the copy', command: command('--delete', word(each.renamedFrom), source) }];
  }
  const ways: Way[] = [];
  if (each.fix) ways.push({ label: scope === 'staged' ? 'stage the fix' : 'fix it', command: command(source) });
  // With a safe fix at hand, the other direction would only be a way to lose the edit.
  else
    for (const { path, side } of each.takes)
      ways.push({ label: 'take the other side', command: command('--from', side, word(path)) });
  if (each.deletion) ways.push({ label: 'delete the other side', command: command('--delete', source) });
  if (each.restoration) {
    const flags = scope === 'staged' ? '--staged --worktree ' : '';
    ways.push({ label: 'restore', command: `git restore ${flags}-- ${source}` });
  }
  return ways.length > 0 ? ways : [{ label: 'by hand', command: byHand(each) }];
}

function word(path: RepoPath): string {
  return shellPath(textOf(path));
}

function byHand(each: Case): string {
  return `look at ${word(each.edited[0] ?? each.copies[0] ?? each.source)}, then git add what is right`;
}

/** For `git commit -- paths`: one line that fixes the working tree and commits both sides. */
export function layOutPartial(each: Case, invocation: string): string[] {
  const [first] = waysOf(each, invocation, 'worktree');
  if (!first || (!each.fix && each.takes.length === 0 && !each.deletion))
    return layOutWays(each, invocation, 'worktree');
  const renamed = each.renamedFrom === undefined ? [] : [each.renamedFrom];
  const written = each.fix?.steps.map((step) => step.path) ?? [];
  const paths = [...new Set([...renamed, each.source, ...each.copies, ...written])].map(word);
  return [`  ${first.command} && git commit -- ${paths.join(' ')}`];
}
