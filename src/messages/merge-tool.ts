// Messages about the merge tool that is opened on conflict markers.

import { show } from './show.js';

/** A resolved conflict; `unchanged` if the source has only its own version, as before the merge. */
export type ToolResult = 'merged' | 'unchanged';

export function sayOpening(tool: string, path: string): string {
  return `dos-sync: opening the merge tool ${show(tool)} for ${show(path)}.`;
}

export function sayToolFailed(tool: string, path: string): string {
  return `dos-sync: the merge tool ${show(tool)} did not resolve ${show(path)}; see what it left there.`;
}

/** The next step in a hook. */
export function sayResolved(path: string, result: ToolResult): string {
  if (result === 'unchanged') return `dos-sync: ${show(path)} ${UNCHANGED}, commit again and use the source.`;
  return `dos-sync: ${show(path)} is merged; git add it, then commit again.`;
}

/** The same in `fix --merge`. */
export function sayResolvedInFix(path: string, result: ToolResult): string {
  if (result === 'unchanged') return `resolved  ${show(path)} ${UNCHANGED}, use the source: fix --from`;
  return `resolved  ${show(path)} has the merged version: run fix again`;
}

const UNCHANGED = 'is as it was before the merge; to discard the changes in the copy';
