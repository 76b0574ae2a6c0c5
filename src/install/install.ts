// Installs the hooks alongside existing ones; everything is planned before anything is written.

import { statSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import {
  type Checkout,
  isGitAtLeast,
  isOnPath,
  isTracked,
  openCheckout,
  readConfigured,
  readHooksDirectory,
  writeLocalConfig,
} from '../git/porcelain.js';
import { readProgramVersion } from '../git/program-version.js';
import {
  CONFIG_HOOKS_KEPT,
  foreignProgram,
  missingFile,
  noConfigHooks,
  sayAliasSet,
  sayConfigHook,
  trackedProgram,
} from '../messages/install.js';
import { sayForManager, sayManagerKnows } from '../messages/managers.js';
import { CONFIG_HOOKS_SINCE, type ConfigChange, planConfigHooks } from './config-hooks.js';
import { writeChange, writeDirectory } from './disk.js';
import { planHusky, readHuskyPlace } from './husky.js';
import { oldHusky } from './managers/old-husky.js';
import { planHook } from './native.js';
import { readHookPlaces, readHooksNotices, readHookTemplates } from './native-place.js';
import { originOf, sayAgain } from './origin.js';
import { readForeign } from './own-program.js';
import { type Managed, namesOurHook, readOwner } from './owner.js';
import { startLine, writeStarter } from './starter.js';
import { type InstallState, readState, writeState } from './state.js';
import type { FileStep, InstallMode, InstallReport, Recorded } from './types.js';

export interface InstallOptions extends Omit<Recorded, 'origin'> {
  readonly cwd: string;
  /** If missing, the program that owns the hooks decides. */
  readonly mode?: Exclude<InstallMode, 'printed'>;
}

interface Planned extends InstallOptions, Recorded {}

interface InstallPlan {
  readonly mode: InstallMode;
  readonly changes: readonly FileStep[];
  readonly config?: readonly ConfigChange[];
  readonly notices: readonly string[];
  readonly packageJson?: NonNullable<InstallState['packageJson']>;
  readonly complete: boolean;
}

/**
 * Installs pre-commit, pre-merge-commit and pre-push in the repository around `cwd`. Idempotent.
 * @throws Fault `usage` outside a work tree or for a program that is missing or tracked here;
 * `disk` if a file is in the way; `git`. Nothing is written then.
 */
export async function installHooks(given: InstallOptions): Promise<InstallReport> {
  const checkout = await openCheckout(given.cwd);
  const options = {
    ...given,
    program: given.program.split(sep).join('/'),
    origin: originOf(given.program, checkout.top),
  };
  await requireTrustworthy(checkout, given);
  const state = readState(checkout);
  const plan = await makePlan(checkout, options);
  const alias = await planAlias(checkout, options, state);

  const wanted = new Set(plan.changes.filter(({ step }) => step !== 'keep').map(({ path }) => dirname(path)));
  const next: InstallState = {
    ...state,
    ...(plan.packageJson === undefined ? {} : { packageJson: plan.packageJson }),
    ...(alias === undefined ? {} : { alias }),
  };
  // The state is written first, because uninstall could not restore a file without it.
  writeState(checkout.commonDir, next);
  writeStarter(checkout, options);
  const made = [...wanted].flatMap(writeDirectory);
  if (made.length > 0) writeState(checkout.commonDir, { ...next, directories: [...state.directories, ...made] });
  const actions = plan.changes.map(writeChange);
  const { mode, complete, notices } = plan;
  for (const { section, values } of plan.config ?? []) {
    for (const [key, value] of Object.entries(values)) await writeLocalConfig(checkout, `${section}.${key}`, value);
  }
  if (alias === undefined) return { mode, actions, notices, complete };
  await writeLocalConfig(checkout, 'alias.dos-sync', alias);
  return { mode, actions, notices: [...notices, sayAliasSet()], complete };
}

async function requireTrustworthy(checkout: Checkout, { node, program }: InstallOptions): Promise<void> {
  for (const [what, path] of [
    ['node', node],
    ['program', program],
  ] as const) {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw missingFile(what, path);
  }
  if (await isTracked(checkout, node)) throw trackedProgram(node);
  const foreign = await readForeign(checkout, program);
  // safeguard foreign-package (T6): a tracked package is refused (git/install/detours: install r)
  if (foreign)
    throw foreign.repository === undefined
      ? trackedProgram(foreign.path)
      : foreignProgram(foreign.path, foreign.repository);
}

async function makePlan(checkout: Checkout, options: Planned): Promise<InstallPlan> {
  const asked = options.mode;
  const owner = asked === undefined || asked === 'husky' ? await readOwner(checkout) : undefined;
  // With `--husky` too: the hook files of an old husky are not ours to write.
  const isPrinted = owner?.kind === 'manager' && (asked === undefined || owner.manager === oldHusky);
  if (isPrinted) return planPrinted(checkout, owner);
  if (asked === 'husky' || owner?.kind === 'husky') {
    return { mode: 'husky', complete: true, ...planHusky(checkout, await readHuskyPlace(checkout), options.origin) };
  }
  if (asked === 'config' || owner?.kind === 'config') return planConfig(checkout, options);
  const directory = await readHooksDirectory(checkout);
  const templates = readHookTemplates();
  const planned = readHookPlaces(checkout, directory).map((place) => planHook(place, templates, options));
  const notices = planned.flatMap(({ notice }) => notice ?? []);
  return {
    mode: 'native',
    complete: true,
    changes: planned.map(({ change }) => change),
    notices: [...notices, ...(await readHooksNotices(checkout, directory))],
  };
}

async function planConfig(checkout: Checkout, options: Planned): Promise<InstallPlan> {
  const old = !(await isGitAtLeast(checkout, CONFIG_HOOKS_SINCE));
  if (old) throw noConfigHooks(CONFIG_HOOKS_SINCE.join('.'));
  const config = await planConfigHooks(checkout, options);
  const notices = config.length === 0 ? [CONFIG_HOOKS_KEPT] : config.map(({ section }) => sayConfigHook(section));
  return { mode: 'config', complete: true, changes: [], config, notices };
}

/** The lines for the manager's configuration, as long as it lacks them. */
function planPrinted({ top }: Checkout, owner: Managed): InstallPlan {
  const lacks = owner.manager.hooks.filter((hook) => !namesOurHook(owner, hook));
  const { asksVersion } = owner.manager;
  const version = asksVersion === undefined || lacks.length === 0 ? undefined : readProgramVersion(asksVersion, top);
  const lines = sayForManager(owner.manager, relative(top, owner.config), lacks, version);
  const notices = lacks.length === 0 ? [sayManagerKnows(owner.manager)] : lines;
  return { mode: 'printed', changes: [], notices, complete: lacks.length === 0 };
}

/** The alias to set; undefined if none is needed. An alias that is not ours is kept. */
async function planAlias(checkout: Checkout, { origin }: Recorded, state: InstallState): Promise<string | undefined> {
  if (isOnPath(checkout, 'git-dos-sync')) return undefined;
  const alias = `!${startLine('', sayAgain(checkout, origin))}`;
  const present = await readConfigured(checkout, 'alias.dos-sync');
  if (present === undefined) return alias;
  return present.value === state.alias && present.value !== alias ? alias : undefined;
}
