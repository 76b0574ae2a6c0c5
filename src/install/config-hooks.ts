// Hooks in git's configuration: hook.<name>.event and hook.<name>.command, which work alongside
// hook files.

import { type Checkout, type ConfigEntry, isGitAtLeast, readConfigEntries, readConfigured } from '../git/porcelain.js';
import { sayAgain } from './origin.js';
import { startLine } from './starter.js';
import { HOOK_NAMES, type HookName, type Recorded } from './types.js';

/** The first git with hooks in its configuration: https://git-scm.com/docs/git-hook */
export const CONFIG_HOOKS_SINCE = [2, 54] as const;

/** One of our hooks in the configuration. */
export interface ConfigHook {
  readonly command: string;
  /** True if git starts it for its event. */
  readonly inForce: boolean;
  /** Disabled by hook.<name>.enabled. */
  readonly off: boolean;
}

/** A section of the configuration, and its new content. */
export interface ConfigChange {
  readonly section: string;
  readonly values: Readonly<Partial<Record<'event' | 'command' | 'enabled', string>>>;
}

/**
 * True if hooks belong in the configuration: because this repository has some there, or because its
 * hooks directory is shared by all of the user's repositories.
 */
export async function readUsesConfigHooks(checkout: Checkout): Promise<boolean> {
  if (!(await isGitAtLeast(checkout, CONFIG_HOOKS_SINCE))) return false;
  const own = (await readHookEntries(checkout)).filter(({ scope }) => scope === 'local' || scope === 'worktree');
  if (own.some(({ key, value }) => key.endsWith('.event') && (HOOK_NAMES as readonly string[]).includes(value))) {
    return true;
  }
  const directory = await readConfigured(checkout, 'core.hooksPath');
  return directory?.scope === 'global' || directory?.scope === 'system';
}

function readHookEntries(checkout: Checkout): Promise<readonly ConfigEntry[]> {
  return readConfigEntries(checkout, '^hook\\.');
}

/** Our section of the configuration for this hook. */
function sectionOf(hook: HookName): string {
  return `hook.dos-sync-${hook}`;
}

/** Our hooks in the configuration. */
export async function readConfigHooks(checkout: Checkout): Promise<ReadonlyMap<HookName, ConfigHook>> {
  const [entries, starts] = [await readHookEntries(checkout), await isGitAtLeast(checkout, CONFIG_HOOKS_SINCE)];
  const found = new Map<HookName, ConfigHook>();
  for (const hook of HOOK_NAMES) {
    const valuesOf = (key: string) =>
      entries.filter((entry) => entry.key === `${sectionOf(hook)}.${key}`).map(({ value }) => value);
    const command = valuesOf('command').at(-1);
    if (command === undefined) continue;
    // An empty event clears the earlier ones.
    const events = valuesOf('event');
    const counted = events.slice(events.lastIndexOf('') + 1);
    const off = ['false', 'no', 'off', '0'].includes((valuesOf('enabled').at(-1) ?? 'true').toLowerCase());
    found.set(hook, { command, off, inForce: starts && counted.includes(hook) && !off && command !== '' });
  }
  return found;
}

/**
 * The new sections: each of our hooks sources the sh in the git directory, and blocks if that is
 * missing.
 */
export async function planConfigHooks(checkout: Checkout, { origin }: Recorded): Promise<readonly ConfigChange[]> {
  const changes: ConfigChange[] = [];
  const again = sayAgain(checkout, origin);
  const present = await readConfigHooks(checkout);
  for (const hook of HOOK_NAMES) {
    const known = present.get(hook);
    const on = known?.off ? { enabled: 'true' } : {};
    const values = { event: hook, command: startLine(hook, again), ...on };
    if (known?.command !== values.command || !known.inForce) changes.push({ section: sectionOf(hook), values });
  }
  return changes;
}

/** Our sections in this repository's configuration. */
export async function readConfigSections(checkout: Checkout): Promise<readonly string[]> {
  const local = (await readHookEntries(checkout)).filter(({ scope }) => scope === 'local');
  return HOOK_NAMES.map(sectionOf).filter((section) => local.some(({ key }) => key.startsWith(`${section}.`)));
}
