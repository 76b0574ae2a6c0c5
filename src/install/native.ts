// Plans the change of one native hook from its present file. Pure.

import { hasExecutableBits } from '../disk/system.js';
import { chainTaken, notRegular, sayChained, sayLeftChained } from '../messages/install.js';
import { buildBlock, findBlock, replaceBlock, shebangLength, withoutBlock } from './block.js';
import type { BlockKind, FileStep, FoundFile, HookName, Recorded } from './types.js';

const FIRST_LINE = '#!/bin/sh\n';
const EXECUTABLE = 0o755;

/** A hook's path and its present file. Paths are absolute. */
export interface HookPlace {
  readonly hook: HookName;
  readonly path: string;
  readonly found: FoundFile;
  /** The path for an existing hook that cannot hold a block. */
  readonly chained: string;
  readonly foundChained: FoundFile;
}

/** The two templates of a hook, as in templates/. */
export interface HookTemplates {
  readonly block: string;
  readonly chain: string;
}

/** A change, and the message after it. */
export interface PlannedHook {
  readonly change: FileStep;
  readonly notice?: string;
}

/** The path for a chained hook of that name. */
export function chainedPath(path: string): string {
  return `${path}.dos-sync-chained`;
}

/**
 * The change that adds the block to a hook.
 * @throws Fault `disk` if the path is not a file, its block is damaged, or the chained name is
 * taken.
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
  // safeguard chain-taken: a name that is taken is not used (git/install/native: a chained)
  if (foundChained.kind !== 'absent') throw chainTaken(path, chained);
}

/**
 * The offset for the block; undefined for a file with several hard links, or one that git would not
 * run.
 */
function blockPlace(found: FoundFile & { kind: 'file' }): number | undefined {
  return found.links === 1 && (!hasExecutableBits() || (found.mode & 0o111) !== 0)
    ? shebangLength(found.text)
    : undefined;
}

function rewrite(path: string, found: FoundFile & { kind: 'file' }, text: string): PlannedHook {
  if (text === found.text) return { change: { step: 'keep', path } };
  return { change: { step: 'write', path, before: found, text, mode: found.mode, what: 'changed' } };
}

/**
 * The change that restores a hook; undefined if it is not ours. @throws Fault `disk` if its block
 * is damaged.
 */
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
