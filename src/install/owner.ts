// The program that owns a repository's hooks: it writes their files, and would overwrite ours.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkout, readHooksDirectory } from '../git/porcelain.js';
import { readUsesConfigHooks } from './config-hooks.js';
import { readFoundFile } from './disk.js';
import { type HuskyPlace, readHuskyPlace, readIsOldHusky, readOldHuskyBelow, readUsesHusky } from './husky.js';
import { MANAGERS } from './managers/index.js';
import type { Manager } from './managers/manager.js';
import { oldHusky } from './managers/old-husky.js';
import { preCommit, prek } from './managers/pre-commit.js';
import { isInPackage, simpleGitHooks } from './managers/simple-git-hooks.js';
import { type FoundFile, HOOK_NAMES, type HookName } from './types.js';

export type HookOwner =
  | { readonly kind: 'husky' }
  | { readonly kind: 'native' }
  | { readonly kind: 'config' }
  | {
      readonly kind: 'manager';
      readonly manager: Manager;
      /** Its configuration file, absolute. */
      readonly config: string;
      /** Its text; one char per byte. */
      readonly text: string;
    };

/** The manager that made this hook; undefined if unknown. */
export function makerOf(found: FoundFile): Manager | undefined {
  if (found.kind !== 'file') return undefined;
  return MANAGERS.find(({ signature }) => signature.test(found.text));
}

/**
 * The owner of the hooks: the maker of the present hook, else the configured manager.
 * @throws Fault `git`; `disk` if package.json is invalid.
 */
export async function readOwner(checkout: Checkout): Promise<HookOwner> {
  const husky = await readHuskyPlace(checkout);
  if (husky.active) return { kind: 'husky' };
  const hooks = await readHooksDirectory(checkout);
  const old = readIsOldHusky(husky) ? husky : readOldHuskyBelow(checkout, hooks);
  if (old) return readOldHusky(old);
  const maker = makerOf(readFoundFile(join(hooks, 'pre-commit')));
  const configured = readManagers(checkout.top);
  const made = configured.find(({ manager }) => manager === maker || (maker === prek && manager === preCommit));
  if (made) return { ...made, manager: maker ?? made.manager };
  if (readUsesHusky(husky)) return { kind: 'husky' };
  return configured[0] ?? { kind: (await readUsesConfigHooks(checkout)) ? 'config' : 'native' };
}

/** husky 4 is configured in package.json, husky 5 to 8 by the files in .husky. */
function readOldHusky({ directory, packagePath, foundPackage }: HuskyPlace): HookOwner {
  const files = HOOK_NAMES.map((hook) => readFoundFile(join(directory, hook)));
  const texts = files.flatMap((found) => (found.kind === 'file' ? [found.text] : []));
  const byFiles = readFoundFile(directory).kind !== 'absent';
  const inPackage = foundPackage.kind === 'file' ? foundPackage.text : '';
  return {
    kind: 'manager',
    manager: oldHusky,
    config: byFiles ? directory : packagePath,
    text: byFiles ? texts.join('\n') : inPackage,
  };
}

export type Managed = Extract<HookOwner, { kind: 'manager' }>;

function readManagers(top: string): readonly Managed[] {
  const names = readdirSync(top);
  const found = MANAGERS.flatMap((manager) => {
    const name = names.find((each) => manager.config?.test(each));
    return name === undefined ? [] : readConfig(manager, join(top, name));
  });
  const inPackage = readConfig(simpleGitHooks, join(top, 'package.json')).filter(({ text }) => isInPackage(text));
  return [...found, ...inPackage];
}

function readConfig(manager: Manager, config: string): Managed[] {
  const found = readFoundFile(config);
  return found.kind === 'file' ? [{ kind: 'manager', manager, config, text: found.text }] : [];
}

/** The lines of a manager's configuration that run dos-sync for this hook. */
export function ourLines({ text }: Managed, hook: HookName): readonly string[] {
  return linesOf(text).filter((line) => new RegExp(`\\bdos-sync[- ]hook\\s+${hook}\\b`).test(line));
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => !/^\s*#/.test(line));
}

/** True if the configuration runs dos-sync for this hook. */
export function namesOurHook(managed: Managed, hook: HookName): boolean {
  const { manager, text } = managed;
  return ourLines(managed, hook).length > 0 || linesOf(text).some((line) => manager.startsUs?.(line, hook));
}
