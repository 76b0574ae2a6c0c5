// The directory of native hooks, and its files.

import { dirname, join, sep } from 'node:path';
import { type Checkout, isTracked, readConfigured, readHooksDirectory } from '../git/porcelain.js';
import { saySharedHooks, sayTrackedHook, sayUnderHusky } from '../messages/install.js';
import { readFoundFile, requireNoLinks } from './disk.js';
import { chainedPath, type HookPlace, type HookTemplates } from './native.js';
import { readTemplate } from './templates.js';
import { HOOK_NAMES } from './types.js';

export function readHookTemplates(): HookTemplates {
  return { block: readTemplate('hook-block.sh'), chain: readTemplate('hook-chain.sh') };
}

/** The files at our hooks' names. @throws Fault `disk` if the directory is a symbolic link. */
export function readHookPlaces(checkout: Checkout, directory: string): HookPlace[] {
  const base = directory.startsWith(checkout.top + sep) ? checkout.top : dirname(directory);
  requireNoLinks(base, directory, 'hooks');
  return HOOK_NAMES.map((hook) => {
    const path = join(directory, hook);
    const chained = chainedPath(path);
    return { hook, path, found: readFoundFile(path), chained, foundChained: readFoundFile(chained) };
  });
}

/** Notices about the directory that affect the hooks in it. */
export async function readHooksNotices(checkout: Checkout, directory: string): Promise<string[]> {
  const configured = await readConfigured(checkout, 'core.hooksPath');
  const notices: string[] = [];
  if (configured !== undefined && configured.scope !== 'local' && configured.scope !== 'worktree') {
    notices.push(saySharedHooks(directory, configured.scope));
  }
  if (directory.endsWith(join(sep, '.husky', '_'))) notices.push(sayUnderHusky(directory));
  for (const hook of HOOK_NAMES) {
    const path = join(directory, hook);
    if (readFoundFile(path).kind !== 'absent' && (await isTracked(checkout, path))) notices.push(sayTrackedHook(path));
  }
  return notices;
}

/** Every place where native hooks may be: git's present hooks directory, and the default one. */
export async function readAllHookPlaces(checkout: Checkout): Promise<HookPlace[]> {
  const directories = new Set([await readHooksDirectory(checkout), join(checkout.commonDir, 'hooks')]);
  return [...directories].flatMap((directory) => readHookPlaces(checkout, directory));
}
