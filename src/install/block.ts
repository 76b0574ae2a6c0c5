// The marked block of a native hook: made, found, put in and taken out; pure.

import { damagedBlock, unquotable } from '../messages/install.js';
import type { BlockKind, HookName, Recorded } from './types.js';

const BEGIN = /^# >>> dos-sync hook \((created|added|chained)\) >>>.*\n/m;
const END = '# <<< dos-sync hook <<<\n';
const MARK = /^# (?:>>>|<<<) dos-sync hook\b/m;

/** Where a hook's block stands, as offsets into its text. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly kind: BlockKind;
}

/** One word of sh that stands for exactly these bytes. */
export function quoteForShell(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** The block, one char per byte. @throws Fault `usage` if a recorded path would break the block's marks. */
export function buildBlock(template: string, hook: HookName, kind: BlockKind, recorded: Recorded): string {
  const values: Record<string, string> = {
    HOOK: hook,
    KIND: kind,
    NODE: quoteForShell(asBytes(recorded.node)),
    PROGRAM: quoteForShell(asBytes(recorded.program)),
  };
  const block = template.replace(/@(HOOK|KIND|NODE|PROGRAM)@/g, (whole, key: string) => values[key] ?? whole);
  const broken = [recorded.node, recorded.program].find((path) => MARK.test(path) || path.includes('\0'));
  if (broken !== undefined) throw unquotable(broken);
  return block;
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Our block in a hook's text; undefined if there is none. @throws Fault `disk` if only half of it is there. */
export function findBlock(text: string, path: string): Block | undefined {
  const begin = BEGIN.exec(text);
  if (begin === null) {
    if (MARK.test(text)) throw damagedBlock(path);
    return undefined;
  }
  const end = text.indexOf(`\n${END}`, begin.index);
  if (end < 0) throw damagedBlock(path);
  return { start: begin.index, end: end + 1 + END.length, kind: begin[1] as BlockKind };
}

/** The text without its block. */
export function withoutBlock(text: string, block: Block): string {
  return text.slice(0, block.start) + text.slice(block.end);
}

/** The text with another block in the place of its own. */
export function replaceBlock(text: string, block: Block, next: string): string {
  return text.slice(0, block.start) + next + text.slice(block.end);
}

// env's -S splits the rest into words; any other option or NAME=value of env is left to the chained form.
const SHEBANG = /^#![ \t]*(?:\S*\/)?(?:env[ \t]+(?:-S[ \t]+)?(?:\S*\/)?)?(?:sh|bash|dash|ksh|zsh|ash)(?:[ \t].*)?\n/;

/** The length of the first line if this is a shell script that a block can stand in; undefined if it is not. */
export function shebangLength(text: string): number | undefined {
  if (text.includes('\r') || text.includes('\0')) return undefined;
  return SHEBANG.exec(text)?.[0].length;
}
