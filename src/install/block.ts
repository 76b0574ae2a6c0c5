// The marked block of a native hook: made, found, put in and taken out; pure.

import { formatManagersAsShell } from '../git/package-manager.js';
import { damagedBlock, unquotable } from '../messages/install.js';
import { GLOBALLY } from './origin.js';
import type { BlockKind, HookName, Origin, Recorded } from './types.js';

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
function quoteForShell(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** The block, one char per byte. @throws Fault `usage` if a recorded path would break the block's
 * marks. */
export function buildBlock(template: string, hook: HookName, kind: BlockKind, recorded: Recorded): string {
  const { node, program, origin } = recorded;
  const broken = [node, program].find((path) => MARK.test(path) || path.includes('\0'));
  if (broken !== undefined) throw unquotable(broken);
  return fillTemplate(template, {
    HOOK: hook,
    KIND: kind,
    NODE: quoteForShell(asBytes(node)),
    PROGRAM: quoteForShell(asBytes(program)),
    ...valuesOf(origin),
  });
}

/** What the sh records of how dos-sync was installed. */
function valuesOf({ root, fetch, again }: Origin): Readonly<Record<string, string>> {
  const quoted = (text: string): string => quoteForShell(asBytes(text));
  return { ROOT: quoted(root), FETCH: quoted(fetch), AGAIN: quoted(again) };
}

/** The sh of the block by itself, for `git dos-sync` and for hooks in git's configuration, which
 * set `_dos_sync_hook`; one char per byte. */
export function buildStarter(template: string, { node, program, origin }: Recorded): string {
  const quoted = (text: string): string => quoteForShell(asBytes(text));
  const head = '#!/bin/sh\n# Read by alias.dos-sync and by hooks in .git/config; written by: git dos-sync install\n';
  return `${head}${fillBody(template, { NODE: quoted(node), PROGRAM: quoted(program), ...valuesOf(origin) })}\n`;
}

/** The same as a program of the package, which says in `_dos_sync_place` where it is. */
export function buildHookProgram(template: string): string {
  const values = { NODE: '/usr/bin/node', PROGRAM: '"$_dos_sync_place/cli.js"', ...valuesOf(GLOBALLY) };
  return `${fillBody(template, values)}\n`;
}

function fillBody(template: string, values: Readonly<Record<string, string>>): string {
  const body = template.split('\n').slice(1, -2).join('\n');
  return fillTemplate(body, { HOOK: '"$_dos_sync_hook"', ...values });
}

function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const all: Readonly<Record<string, string>> = { ...formatManagersAsShell(), ...values };
  return template.replace(/@([A-Z]+)@/g, (whole, key: string) => all[key] ?? whole);
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Our block in a hook's text; undefined if there is none. @throws Fault `disk` if only half of it
 * is there. */
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

// env's -S splits the rest into words; any other option or NAME=value of env is left to the chained
// form.
const SHEBANG = /^#![ \t]*(?:\S*\/)?(?:env[ \t]+(?:-S[ \t]+)?(?:\S*\/)?)?(?:sh|bash|dash|ksh|zsh|ash)(?:[ \t].*)?\n/;

/** The length of the first line if this is a shell script that a block can stand in; undefined if
 * it is not. */
export function shebangLength(text: string): number | undefined {
  if (text.includes('\r') || text.includes('\0')) return undefined;
  return SHEBANG.exec(text)?.[0].length;
}
