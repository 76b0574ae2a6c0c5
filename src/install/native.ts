// What to do to one native hook, from what stands there; pure.

import { chainTaken, notRegular, sayChained, sayLeftChained } from '../messages/install.js';
import { buildBlock, findBlock, replaceBlock, shebangLength, withoutBlock } from './block.js';
import type { BlockKind, Change, HookName, Recorded, Standing } from './types.js';

const FIRST_LINE = '#!/bin/sh\n';
const EXECUTABLE = 0o755;

/** A hook's place, and what stands there. Paths are absolute. */
export interface HookPlace {
  readonly hook: HookName;
  readonly path: string;
  readonly standing: Standing;
  /** Where a hook that no block fits in is kept. */
  readonly chained: string;
  readonly chainedStanding: Standing;
}

/** The two pieces that hooks are made of, as in templates/. */
export interface HookTemplates {
  readonly block: string;
  readonly chain: string;
}

/** A change, and what to say once it is done. */
export interface Planned {
  readonly change: Change;
  readonly notice?: string;
}

/** Where a hook of that name is kept when it is chained. */
export function chainedPath(path: string): string {
  return `${path}.dos-sync-chained`;
}

/**
 * How to get the block into a hook.
 * @throws Fault `disk` if what stands there is no file, its block is damaged, or the chained name is taken.
 */
export function planHook(place: HookPlace, templates: HookTemplates, recorded: Recorded): Planned {
  const { path, standing, chained } = place;
  const blockOf = (kind: BlockKind): string => buildBlock(templates.block, place.hook, kind, recorded);
  if (standing.kind === 'other') throw notRegular(path);
  const block = standing.kind === 'file' ? findBlock(standing.text, path) : undefined;
  if (standing.kind === 'file' && block !== undefined) {
    if (block.kind !== 'chained') requireFree(place);
    return rewrite(path, standing, replaceBlock(standing.text, block, blockOf(block.kind)));
  }
  requireFree(place);
  if (standing.kind === 'absent') {
    const text = FIRST_LINE + blockOf('created');
    return { change: { step: 'write', path, before: standing, text, mode: EXECUTABLE, what: 'created' } };
  }
  const at = standing.kind === 'file' ? blockPlace(standing) : undefined;
  if (standing.kind === 'file' && at !== undefined) {
    return rewrite(path, standing, standing.text.slice(0, at) + blockOf('added') + standing.text.slice(at));
  }
  const text = FIRST_LINE + blockOf('chained') + templates.chain;
  return { change: { step: 'chain', path, before: standing, chained, text }, notice: sayChained(path, chained) };
}

function requireFree({ path, chained, chainedStanding }: HookPlace): void {
  if (chainedStanding.kind !== 'absent') throw chainTaken(path, chained);
}

/** Where the block goes: a name with a second hard link, or that git would not run, is not for editing. */
function blockPlace(standing: Standing & { kind: 'file' }): number | undefined {
  return standing.links === 1 && (standing.mode & 0o111) !== 0 ? shebangLength(standing.text) : undefined;
}

function rewrite(path: string, standing: Standing & { kind: 'file' }, text: string): Planned {
  if (text === standing.text) return { change: { step: 'keep', path } };
  return { change: { step: 'write', path, before: standing, text, mode: standing.mode, what: 'changed' } };
}

/** How to give a hook back; undefined if it is none of ours. @throws Fault `disk` if its block is damaged. */
export function planHookRemoval(place: HookPlace, templates: HookTemplates): Planned | undefined {
  const { path, standing, chained } = place;
  const block = standing.kind === 'file' ? findBlock(standing.text, path) : undefined;
  if (standing.kind !== 'file' || block === undefined) return undefined;
  const rest = withoutBlock(standing.text, block);
  const own = rest === FIRST_LINE + (block.kind === 'chained' ? templates.chain : '');
  if (block.kind === 'chained' && own && place.chainedStanding.kind !== 'absent') {
    return { change: { step: 'unchain', path, before: standing, chained } };
  }
  if (block.kind !== 'added' && own) return { change: { step: 'remove', path, before: standing } };
  const change: Change = { step: 'write', path, before: standing, text: rest, mode: standing.mode, what: 'restored' };
  return block.kind === 'chained' ? { change, notice: sayLeftChained(path) } : { change };
}
