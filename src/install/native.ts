// What to do to one native hook, from what stands there; pure.

import { chainTaken, notRegular, sayChained, sayLeftChained } from '../messages/install.js';
import { buildBlock, findBlock, replaceBlock, shebangLength, withoutBlock } from './block.js';
import type { BlockKind, FileStep, FoundFile, HookName, Recorded } from './types.js';

const FIRST_LINE = '#!/bin/sh\n';
const EXECUTABLE = 0o755;

/** A hook's place, and what stands there. Paths are absolute. */
export interface HookPlace {
  readonly hook: HookName;
  readonly path: string;
  readonly found: FoundFile;
  /** Where a hook that no block fits in is kept. */
  readonly chained: string;
  readonly foundChained: FoundFile;
}

/** The two pieces that hooks are made of, as in templates/. */
export interface HookTemplates {
  readonly block: string;
  readonly chain: string;
}

/** A change, and what to say once it is done. */
export interface PlannedHook {
  readonly change: FileStep;
  readonly notice?: string;
}

/** Where a hook of that name is kept when it is chained. */
export function chainedPath(path: string): string {
  return `${path}.dos-sync-chained`;
}

/**
 * How to get the block into a hook.
 * @throws Fault `disk` if what stands there is no file, its block is damaged, or the chained name
 * is taken.
 */
export function planHook(place: HookPlace, templates: HookTemplates, recorded: Recorded): PlannedHook {
  const { path, found, chained } = place;
  const blockOf = (kind: BlockKind): string => buildBlock(templates.block, place.hook, kind, recorded);
  if (found.kind === 'other') throw notRegular(path);
  const block = found.kind === 'file' ? findBlock(found.text, path) : undefined;
  if (found.kind === 'file' && block !== undefined) {
    if (block.kind !== 'chained') requireFree(place);
    return rewrite(path, found, replaceBlock(found.text, block, blockOf(block.kind)));
  }
  requireFree(place);
  if (found.kind === 'absent') {
    const text = FIRST_LINE + blockOf('created');
    return { change: { step: 'write', path, before: found, text, mode: EXECUTABLE, what: 'created' } };
  }
  const at = found.kind === 'file' ? blockPlace(found) : undefined;
  if (found.kind === 'file' && at !== undefined) {
    return rewrite(path, found, found.text.slice(0, at) + blockOf('added') + found.text.slice(at));
  }
  const text = FIRST_LINE + blockOf('chained') + templates.chain;
  return { change: { step: 'chain', path, before: found, chained, text }, notice: sayChained(path, chained) };
}

function requireFree({ path, chained, foundChained }: HookPlace): void {
  if (foundChained.kind !== 'absent') throw chainTaken(path, chained);
}

/** Where the block goes: a name with a second hard link, or that git would not run, is not for
 * editing. */
function blockPlace(found: FoundFile & { kind: 'file' }): number | undefined {
  return found.links === 1 && (found.mode & 0o111) !== 0 ? shebangLength(found.text) : undefined;
}

function rewrite(path: string, found: FoundFile & { kind: 'file' }, text: string): PlannedHook {
  if (text === found.text) return { change: { step: 'keep', path } };
  return { change: { step: 'write', path, before: found, text, mode: found.mode, what: 'changed' } };
}

/** How to give a hook back; undefined if it is none of ours. @throws Fault `disk` if its block is
 * damaged. */
export function planHookRemoval(place: HookPlace, templates: HookTemplates): PlannedHook | undefined {
  const { path, found, chained } = place;
  const block = found.kind === 'file' ? findBlock(found.text, path) : undefined;
  if (found.kind !== 'file' || block === undefined) return undefined;
  const rest = withoutBlock(found.text, block);
  const own = rest === FIRST_LINE + (block.kind === 'chained' ? templates.chain : '');
  if (block.kind === 'chained' && own && place.foundChained.kind !== 'absent') {
    return { change: { step: 'unchain', path, before: found, chained } };
  }
  if (block.kind !== 'added' && own) return { change: { step: 'remove', path, before: found } };
  const change: FileStep = { step: 'write', path, before: found, text: rest, mode: found.mode, what: 'restored' };
  return block.kind === 'chained' ? { change, notice: sayLeftChained(path) } : { change };
}
