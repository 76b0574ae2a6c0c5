// git's own hooks from its configuration: hook.<name>.event and hook.<name>.command, beside
// whatever hook files there are.

import { type Checkout, type ConfigEntry, isGitAtLeast, readConfigEntries, readConfigured } from '../git/porcelain.js';
import { sayAgain } from './origin.js';
import { startLine } from './starter.js';
import { HOOK_NAMES, type HookName, type Recorded } from './types.js';

/** The first git that starts hooks which its configuration names:
 * https://git-scm.com/docs/git-hook */
export const CONFIG_HOOKS_SINCE = [2, 54] as const;

/** A hook of ours as the configuration has it. */
export interface ConfigHook {
  readonly command: string;
  /** Whether git starts it for the event that it is for. */
  readonly inForce: boolean;
  /** Turned off by hook.<name>.enabled. */
  readonly off: boolean;
}

/** A section of the configuration, and what is to stand in it. */
export interface ConfigChange {
  readonly section: string;
  readonly values: Readonly<Partial<Record<'event' | 'command' | 'enabled', string>>>;
}

/**
 * True where hooks are kept in the configuration: because this repository has some, ours or not, or
 * because its hooks directory belongs to every repository of this user.
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

/** The section of the configuration that is ours for this hook. */
function sectionOf(hook: HookName): string {
  return `hook.dos-sync-${hook}`;
}

/** The hooks of ours that the configuration has. */
export async function readConfigHooks(checkout: Checkout): Promise<ReadonlyMap<HookName, ConfigHook>> {
  const [entries, starts] = [await readHookEntries(checkout), await isGitAtLeast(checkout, CONFIG_HOOKS_SINCE)];
  const found = new Map<HookName, ConfigHook>();
  for (const hook of HOOK_NAMES) {
    const valuesOf = (key: string) =>
      entries.filter((entry) => entry.key === `${sectionOf(hook)}.${key}`).map(({ value }) => value);
    const command = valuesOf('command').at(-1);
    if (command === undefined) continue;
    // An empty event takes back those before it.
    const events = valuesOf('event');
    const counted = events.slice(events.lastIndexOf('') + 1);
    const off = ['false', 'no', 'off', '0'].includes((valuesOf('enabled').at(-1) ?? 'true').toLowerCase());
    found.set(hook, { command, off, inForce: starts && counted.includes(hook) && !off && command !== '' });
  }
  return found;
}

/** What to set: each of our hooks reads the sh in the git directory, and git blocks where that is
 * gone. */
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

/** The sections of ours that this repository's own configuration has. */
export async function readConfigSections(checkout: Checkout): Promise<readonly string[]> {
  const local = (await readHookEntries(checkout)).filter(({ scope }) => scope === 'local');
  return HOOK_NAMES.map(sectionOf).filter((section) => local.some(({ key }) => key.startsWith(`${section}.`)));
}
