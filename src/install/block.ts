// The marked block of a native hook: build, find, insert and remove. Pure.

import { asShellPath } from '../disk/system.js';
import { formatManagersAsShell } from '../git/package-manager.js';
import { damagedBlock, unquotable } from '../messages/install.js';
import { GLOBALLY } from './origin.js';
import type { BlockKind, HookName, Origin, Recorded } from './types.js';

const BEGIN = /^# >>> dos-sync hook \((created|added|chained)\) >>>.*\n/m;
const END = '# <<< dos-sync hook <<<\n';
const MARK = /^# (?:>>>|<<<) dos-sync hook\b/m;

/** The offsets of a hook's block in its text. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly kind: BlockKind;
}

/** The bytes quoted as one sh word. */
function quoteForShell(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * The block, one char per byte. @throws Fault `usage` if a recorded path contains the block's
 * marker.
 */
export function buildBlock(template: string, hook: HookName, kind: BlockKind, recorded: Recorded): string {
  const { node, program, origin } = recorded;
  const broken = [node, program].find((path) => MARK.test(path) || path.includes('\0'));
  if (broken !== undefined) throw unquotable(broken);
  return fillTemplate(template, {
    HOOK: hook,
    KIND: kind,
    NODE: quotePath(node),
    PROGRAM: quotePath(program),
    ...valuesOf(origin),
  });
}

/** The values with which the sh records how dos-sync was installed. */
function valuesOf({ root, fetch, again }: Origin): Readonly<Record<string, string>> {
  const quoted = (text: string): string => quoteForShell(asBytes(text));
  return { ROOT: quoted(root), FETCH: quoted(fetch), AGAIN: quoted(again) };
}

/**
 * The sh of the block by itself, for `git dos-sync` and for hooks in git's configuration, which set
 * `_dos_sync_hook`. One char per byte.
 */
export function buildStarter(template: string, { node, program, origin }: Recorded): string {
  const head = '#!/bin/sh\n# Read by alias.dos-sync and by hooks in .git/config; written by: git dos-sync install\n';
  return `${head}${fillBody(template, { NODE: quotePath(node), PROGRAM: quotePath(program), ...valuesOf(origin) })}\n`;
}

/** The same as a program of the package, with its own path in `_dos_sync_place`. */
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

function quotePath(path: string): string {
  return quoteForShell(asBytes(asShellPath(path)));
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/**
 * Our block in a hook's text; undefined if there is none. @throws Fault `disk` if it is incomplete.
 */
export function findBlock(text: string, path: string): Block | undefined {
  const begin = BEGIN.exec(text);
  // safeguard damaged-block (R4): half a block is not rewritten (unit/doctor/follow)
  if (begin === null) {
    if (MARK.test(text)) throw damagedBlock(path);
    return undefined;
  }
  const end = text.indexOf(`\n${END}`, begin.index);
  if (end < 0) throw damagedBlock(path);
  return { start: begin.index, end: end + 1 + END.length, kind: begin[1] as BlockKind };
}

export function withoutBlock(text: string, block: Block): string {
  return text.slice(0, block.start) + text.slice(block.end);
}

export function replaceBlock(text: string, block: Block, next: string): string {
  return text.slice(0, block.start) + next + text.slice(block.end);
}

// env's -S splits the rest into words; for other options of env, and NAME=value, the chained form
// is used.
const SHEBANG = /^#![ \t]*(?:\S*\/)?(?:env[ \t]+(?:-S[ \t]+)?(?:\S*\/)?)?(?:sh|bash|dash|ksh|zsh|ash)(?:[ \t].*)?\n/;

/** The length of the first line of a shell script that can hold a block; otherwise undefined. */
export function shebangLength(text: string): number | undefined {
  if (text.includes('\r') || text.includes('\0')) return undefined;
  return SHEBANG.exec(text)?.[0].length;
}
