// Another hook manager: its configuration lists the hooks, and dos-sync is one more entry there.

import type { HookName } from '../types.js';

/** The program that an entry starts. Not npx, so that a commit that touches no pair starts no
 * Node. */
export const HOOK_PROGRAM = 'node_modules/.bin/dos-sync-hook';

/** One manager: how to recognise it, and what to write for it. */
export interface Manager {
  readonly name: string;
  /** Matches the hook files that it writes. */
  readonly signature: RegExp;
  /** Matches the name of its configuration file at the top level; absent if another test finds
   * it. */
  readonly config?: RegExp;
  /** The hooks that it can start dos-sync for. */
  readonly hooks: readonly HookName[];
  /** The lines to add to `config`, the name of its configuration. `version`: see `asksVersion`. */
  snippet(hooks: readonly HookName[], config: string, version?: string): readonly string[];
  /** The program whose `--version` decides about the lines; unknown counts as today's. */
  readonly asksVersion?: string;
  /** The command that installs its hooks. */
  activation(hooks: readonly HookName[]): string;
  /** True if a line of its configuration starts dos-sync for the hook by another name than ours. */
  startsUs?(line: string, hook: HookName): boolean;
}
