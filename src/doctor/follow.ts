// Finds out where each kind of hook starts dos-sync. Pure; does not run the hook's commands.

import { findBlock } from '../install/block.js';
import type { HookName } from '../install/types.js';
import { type Followed, followScript, type Script } from './shell/follow.js';

/** Replaces the checking function in our block, without its body. */
const STAND_IN = '_dos_sync_check() { _dos_sync_starts; }\n';
const CHECK = /^_dos_sync_check\(\) \(\n[\s\S]*?^\)\n/m;
/** The word before `hook`: our program, under any name. */
const OURS = /dos-sync|\.[cm]?js$|\$/;
const INTERPRETER = /^#![ \t]*(\S+)(?:[ \t]+(?:-S[ \t]+)?(\S+))?/;

/** A native hook with our block, or a user's hook with a line that starts dos-sync. */
export function followHook(text: string, hook: HookName): Followed {
  // safeguard other-interpreters: a hook in another language is not read as sh (unit/doctor/follow)
  if (!isShell(text)) return 'cannot follow';
  return followScript({ text: withoutCheck(text), isOurs: startsFor(hook) });
}

/** A file in .husky; husky runs it with `sh -e`. */
export function followHusky(text: string, hook: HookName): Followed {
  return followScript({ text: text.replaceAll('\r\n', '\n'), isOurs: startsFor(hook), errexit: true });
}

/** The starter that husky writes for each hook in .husky/_. */
export function followHuskyStarter(text: string): Followed {
  return followScript({ text, isOurs: ([first, file]) => first === '.' && /\/h$/.test(file ?? '') });
}

/** The user's file that husky sources before each hook. `husky`: HUSKY in the environment. */
export function followHuskyInit(text: string, husky: string): Followed {
  const rest = '\n[ "$HUSKY" = 0 ] && exit 0\n_dos_sync_starts\n';
  return followScript({ text: text + rest, isOurs: isStandIn, variables: { HUSKY: husky } });
}

/** A command in git's configuration; ours sets `_dos_sync_hook` and sources a file. */
export function followConfigHook(text: string, hook: HookName): Followed {
  const starts = startsFor(hook);
  const isOurs: Script['isOurs'] = (words, variables) =>
    (words[0] === '.' && variables.get('_dos_sync_hook') === hook) || starts(words, variables);
  return followScript({ text, isOurs });
}

/** A line of another manager's configuration: a sh command after its key, or alone. */
export function followManagerLine(line: string, hook: HookName): Followed {
  const [, value = ''] = /^\s*(?:-\s+)?(?:["']?[\w-]+["']?\s*[:=]\s+)?(.*?),?\s*$/.exec(line) ?? [];
  const quote = /^["']/.exec(value)?.[0];
  const inner = quote && value.endsWith(quote) ? value.slice(1, -1).replaceAll('\\"', '"') : value;
  return followScript({ text: inner, isOurs: startsFor(hook) });
}

function isStandIn([first]: readonly string[]): boolean {
  return first === '_dos_sync_starts';
}

function startsFor(hook: HookName): Script['isOurs'] {
  return (words) => {
    if (isStandIn(words)) return true;
    if (/^(?::|echo|printf|true|false|test|\[|\[\[|trap)$/.test(words[0] ?? '')) return false;
    return words.some((word, at) => {
      const isProgram = /(?:^|\/)dos-sync-hook$/.test(word) || (word === 'hook' && OURS.test(words[at - 1] ?? ''));
      return isProgram && words[at + 1] === hook;
    });
  };
}

/**
 * The interpreter of the shebang, and for env the program that it starts; undefined without a
 * shebang.
 */
export function readInterpreter(text: string): { readonly path: string; readonly word: string } | undefined {
  const [, path, word] = INTERPRETER.exec(text) ?? [];
  if (path === undefined) return undefined;
  return { path, word: /(?:^|\/)env$/.test(path) ? (word ?? '') : path };
}

/** A file without a shebang is run by sh. */
function isShell(text: string): boolean {
  const word = readInterpreter(text)?.word;
  return word === undefined || /(?:^|\/)(?:sh|bash|dash|ksh|zsh|ash)$/.test(word);
}

function withoutCheck(text: string): string {
  const block = findBlock(text, '');
  if (block === undefined) return text;
  const inner = text.slice(block.start, block.end);
  const short = CHECK.test(inner) ? inner.replace(CHECK, () => STAND_IN) : '_dos_sync_starts || exit $?\n';
  return text.slice(0, block.start) + short + text.slice(block.end);
}
