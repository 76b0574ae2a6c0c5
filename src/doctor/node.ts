// Which node a hook finds: runs its lookup with this PATH, and with a graphical client's.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkout, isTracked } from '../git/porcelain.js';
import { runAsHook } from '../git/probe.js';
import { isAtLeast } from '../git/version.js';
import * as say from '../messages/doctor-hooks.js';
import { shellWord } from '../messages/show.js';
import { type Note, note } from './types.js';

/** How a hook starts our program. */
export type HookStart =
  /** Our block in a native hook. */
  | { readonly kind: 'block'; readonly text: string }
  /** A command in git's configuration, with the hook's name as its last word. */
  | { readonly kind: 'command'; readonly text: string }
  /** This sh word, with node_modules/.bin first on PATH. */
  | { readonly kind: 'package'; readonly program: string };

/** The PATH of programs that were not started from a shell. */
const BARE_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

const OLDEST_NODE = [20, 12] as const;

// husky sources this file first; it does not matter for the other managers.
const fromPackage = (program: string): string => `set -e
init="\${XDG_CONFIG_HOME:-$HOME/.config}/husky/init.sh"
[ ! -f "$init" ] || . "$init"
PATH="node_modules/.bin:$PATH"
${program} probe`;

/** The output of `hook probe`. */
interface NodeAnswer {
  readonly node: string;
  readonly version: string;
}

export async function probeNode(checkout: Checkout, start: HookStart): Promise<Note[]> {
  const named = start.kind === 'package' && start.program.includes('/') ? start.program.replaceAll("'", '') : undefined;
  const program = join(checkout.top, named ?? 'node_modules/.bin/dos-sync-hook');
  // Neither a hook nor doctor runs a tracked file.
  if (start.kind === 'package' && existsSync(program) && (await isTracked(checkout, program))) {
    return [note('node', 'problem', say.sayTrackedProgram(program), `git rm --cached ${shellWord(program)}`)];
  }
  const script = probeOf(start);
  const here = await ask(checkout, script, process.env['PATH'] ?? '');
  if ('failed' in here) {
    // The command that the hook itself prints fits the way dos-sync was installed.
    const next = /^ {2}[a-z ]+ (?:back|again): {2}(.*)$/m.exec(here.failed)?.[1] ?? 'npm ci';
    return [note('node', 'problem', say.sayHookFails(checkout.top, inOneLine(here.failed)), next)];
  }
  const found = isAtLeast(here.version, OLDEST_NODE)
    ? note('node', 'ok', say.sayNode(here.version, here.node))
    : note('node', 'problem', say.sayNodeTooOld(here.version, here.node, OLDEST_NODE.join('.')), say.NEW_NODE);
  return [found, await examineBarePath(checkout, script, start)];
}

async function examineBarePath(checkout: Checkout, script: string, start: HookStart): Promise<Note> {
  const bare = await ask(checkout, script, BARE_PATH);
  if ('failed' in bare) {
    const next = start.kind === 'package' ? say.PATH_FOR_HUSKY : 'git dos-sync install';
    return note('node-bare-path', 'warning', say.sayNotFromDesktop(inOneLine(bare.failed)), next);
  }
  if (isAtLeast(bare.version, OLDEST_NODE))
    return note('node-bare-path', 'ok', say.sayFromDesktop(bare.version, bare.node));
  const says = say.sayNodeTooOld(bare.version, bare.node, OLDEST_NODE.join('.'));
  return note('node-bare-path', 'warning', says, say.NEW_NODE);
}

function inOneLine(words: string): string {
  return words
    .split('\n')
    .map((line) => line.trim())
    .join(' ');
}

function probeOf(start: HookStart): string {
  switch (start.kind) {
    case 'package':
      return fromPackage(start.program);
    case 'command':
      return start.text.replace(/(_dos_sync_hook=)[\w-]+|[\w-]+$/, '$1probe');
    case 'block':
      return asProbe(start.text);
  }
}

/** The block, with a hook name that makes our program answer instead of check. */
function asProbe(block: string): string {
  return block.replace(/^(\s*_dos_sync_name=).*$/m, '$1probe');
}

async function ask(
  checkout: Checkout,
  script: string,
  path: string,
): Promise<NodeAnswer | { readonly failed: string }> {
  const { code, stdout, stderr } = await runAsHook(checkout.git, script, path, checkout.top);
  const line = /^\{"dos-sync":.*\}$/m.exec(stdout)?.[0];
  if (code !== 0 || line === undefined) return { failed: stderr.trim() || stdout.trim() || `exit code ${code}` };
  return JSON.parse(line) as NodeAnswer;
}
