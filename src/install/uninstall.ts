// Removes the hooks and restores the previous bytes.

import {
  type Checkout,
  openCheckout,
  readLocalConfig,
  removeLocalSection,
  unsetLocalConfig,
} from '../git/porcelain.js';
import { sayAliasUnset, sayConfigHookGone } from '../messages/install.js';
import { readConfigSections } from './config-hooks.js';
import { removeIfEmpty, removeLeavings, writeChange } from './disk.js';
import { planHuskyUninstall, readHuskyPlace } from './husky.js';
import { planHookRemoval } from './native.js';
import { readAllHookPlaces, readHookTemplates } from './native-place.js';
import { type InstallState, NOTHING_INSTALLED, readState, writeState } from './state.js';
import type { InstallReport } from './types.js';

/**
 * Removes what install wrote, in either mode, and nothing else.
 * @throws Fault `usage` outside a work tree; `disk` if a block is damaged or a link is in the way;
 * `git`. Nothing is written then.
 */
export async function uninstallHooks({ cwd }: { readonly cwd: string }): Promise<InstallReport> {
  const checkout = await openCheckout(cwd);
  const state = readState(checkout);
  const templates = readHookTemplates();
  const native = (await readAllHookPlaces(checkout)).flatMap((place) => planHookRemoval(place, templates) ?? []);
  const husky = planHuskyUninstall(checkout, await readHuskyPlace(checkout), state);

  const actions = [...native.map(({ change }) => change), ...husky].map(writeChange);
  for (const directory of [...state.directories].reverse()) removeIfEmpty(directory);
  const notices = native.flatMap(({ notice }) => notice ?? []);
  for (const section of await readConfigSections(checkout)) {
    await removeLocalSection(checkout, section);
    notices.push(sayConfigHookGone(section));
  }
  if (await removeAlias(checkout, state)) notices.push(sayAliasUnset());
  removeLeavings(checkout.commonDir);
  writeState(checkout.commonDir, NOTHING_INSTALLED);
  return { mode: husky.length > 0 ? 'husky' : 'native', actions, notices, complete: true };
}

async function removeAlias(checkout: Checkout, state: InstallState): Promise<boolean> {
  if (state.alias === undefined) return false;
  if ((await readLocalConfig(checkout, 'alias.dos-sync')) !== state.alias) return false;
  await unsetLocalConfig(checkout, 'alias.dos-sync');
  return true;
}
