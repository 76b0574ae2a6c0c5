// Finds husky's place in a repository, and plans the changes of its files.

import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Checkout, readConfigured, readHooksDirectory } from '../git/porcelain.js';
import * as say from '../messages/install.js';
import { shellWord } from '../messages/show.js';
import { readFoundFile, requireNoLinks } from './disk.js';
import { planHuskyHook, planHuskyRemoval, textBefore } from './husky-line.js';
import { addPrepare, type PackageFacts, parsePackage, removePrepare } from './prepare.js';
import type { InstallState } from './state.js';
import { type FileStep, type FoundFile, HOOK_NAMES, type Origin } from './types.js';

// https://github.com/typicode/husky/releases/tag/v9.0.1
const FIRST_WITH_PREPARE = 9;

/** The place of husky, installed or not. */
export interface HuskyPlace {
  /** The `.husky` directory, absolute, inside the work tree. */
  readonly directory: string;
  /** True if git already starts hooks from it. */
  readonly active: boolean;
  readonly packagePath: string;
  readonly foundPackage: FoundFile;
}

/** The changes of husky mode. `packageJson`: what uninstall needs of it. */
export interface HuskyPlan {
  readonly changes: readonly FileStep[];
  readonly notices: readonly string[];
  readonly packageJson?: NonNullable<InstallState['packageJson']>;
}

/** The place of husky. @throws Fault `git`. */
export async function readHuskyPlace(checkout: Checkout): Promise<HuskyPlace> {
  const { top } = checkout;
  const hooks = await readHooksDirectory(checkout);
  const configured = await readConfigured(checkout, 'core.hooksPath');
  const inside = hooks.startsWith(top + sep) && hooks.endsWith(join(sep, '.husky', '_'));
  const active = configured !== undefined && inside;
  const directory = active ? dirname(hooks) : join(top, '.husky');
  const packagePath = join(dirname(directory), 'package.json');
  return { directory, active, packagePath, foundPackage: readFoundFile(packagePath) };
}

/**
 * True if husky is set up, or package.json lists it. @throws Fault `disk` if package.json is
 * invalid.
 */
export function readUsesHusky({ directory, active, packagePath, foundPackage }: HuskyPlace): boolean {
  if (active || readFoundFile(directory).kind !== 'absent') return true;
  return packageFacts(packagePath, foundPackage)?.husky !== undefined;
}

/**
 * True for a husky before 9, which has other hook files and no program for our `prepare` script;
 * the installed version decides.
 */
export function readIsOldHusky({ active, packagePath, foundPackage }: HuskyPlace): boolean {
  if (active) return false;
  const own = join(dirname(packagePath), 'node_modules/husky/package.json');
  const installed = packageFacts(own, readFoundFile(own))?.version;
  const major = /\d+/.exec(installed ?? packageFacts(packagePath, foundPackage)?.husky ?? '')?.[0];
  return major !== undefined && Number(major) < FIRST_WITH_PREPARE;
}

/** husky 4 of a package below the top: it writes beside its hooks where that is. */
export function readOldHuskyBelow({ top }: Checkout, hooks: string): HuskyPlace | undefined {
  const found = readFoundFile(join(hooks, 'husky.local.sh'));
  const below = found.kind === 'file' ? /^cd "?(.+?)"?$/m.exec(found.text)?.[1] : undefined;
  if (below === undefined) return undefined;
  const directory = join(top, below, '.husky');
  const packagePath = join(top, below, 'package.json');
  const place = { directory, active: false, packagePath, foundPackage: readFoundFile(packagePath) };
  return readIsOldHusky(place) ? place : undefined;
}

function textOf(found: FoundFile & { kind: 'file' }): string {
  return Buffer.from(found.text, 'latin1').toString('utf8');
}

function packageFacts(path: string, found: FoundFile): PackageFacts | undefined {
  return found.kind === 'file' ? parsePackage(textOf(found), path) : undefined;
}

/** @throws Fault `disk` if a husky file or a directory above it is a symbolic link. */
export function planHusky(checkout: Checkout, place: HuskyPlace, origin: Origin): HuskyPlan {
  const program = programUnder(checkout, origin);
  const changes: FileStep[] = [];
  const script = packageFacts(place.packagePath, place.foundPackage)?.huskyScript ?? 'prepare';
  const notices: string[] = place.active ? [] : [say.sayHuskyNotActive(script)];
  for (const hook of HOOK_NAMES) {
    const path = join(place.directory, hook);
    const found = readRealFile(checkout, path);
    changes.push(planHuskyHook(path, hook, program, found));
    const before = textBefore(found);
    if (/^[ \t]*(?:exit|exec)\b/m.test(before)) notices.push(say.sayEndsEarly(path));
    if (hook === 'pre-push' && before.trim() !== '') notices.push(say.sayReadsInput(path));
  }
  const prepare = planPrepare(checkout, place);
  return { ...prepare, changes: [...changes, ...prepare.changes], notices: [...notices, ...prepare.notices] };
}

/** The program in our line: husky puts only the top level's node_modules/.bin on PATH. */
function programUnder({ top }: Checkout, { kind, root }: Origin): string {
  const below = kind === 'dependency' && root !== '.' && !root.startsWith('..');
  const program = `${root}/node_modules/.bin/dos-sync-hook`;
  return below && existsSync(join(top, program)) ? shellWord(program) : 'dos-sync-hook';
}

function readRealFile(checkout: Checkout, path: string): FoundFile {
  requireNoLinks(checkout.top, path, 'file');
  const found = readFoundFile(path);
  if (found.kind === 'other') throw say.notRegular(path);
  return found;
}

function planPrepare(checkout: Checkout, place: HuskyPlace): HuskyPlan {
  const { packagePath: path } = place;
  const found = readRealFile(checkout, path);
  if (found.kind !== 'file') return { changes: [], notices: [say.sayNoPackageJson()] };
  const facts = parsePackage(textOf(found), path);
  const known = facts.name === 'dos-sync' || facts.packages.includes('dos-sync');
  const notices = known ? [] : [say.sayNotDependency()];
  if (facts.huskyScript !== undefined) return { changes: [{ step: 'keep', path }], notices };
  if (facts.prepare !== undefined) {
    return { changes: [{ step: 'keep', path }], notices: [...notices, say.sayPrepareLeft(facts.prepare)] };
  }
  // husky must start at the top level; a package below it needs a script by its owner.
  if (relative(checkout.top, path) !== 'package.json') return { changes: [], notices };
  const text = Buffer.from(addPrepare(textOf(found), path), 'utf8').toString('latin1');
  const change: FileStep = { step: 'write', path, before: found, text, mode: found.mode, what: 'changed' };
  return {
    changes: [change],
    notices: [...notices, say.sayPrepareAdded()],
    packageJson: { path, before: found.text, after: text },
  };
}

/** The changes that restore husky's files. @throws Fault `disk` as {@link planHusky}. */
export function planHuskyUninstall(checkout: Checkout, place: HuskyPlace, state: InstallState): FileStep[] {
  const changes = HOOK_NAMES.map((hook) => {
    const path = join(place.directory, hook);
    const found = readFoundFile(path);
    const change = planHuskyRemoval(path, found);
    if (change !== undefined) requireNoLinks(checkout.top, path, 'file');
    return change;
  });
  const restored = state.packageJson === undefined ? undefined : planPackageBack(checkout, state.packageJson);
  return [...changes, restored].filter((each) => each !== undefined);
}

function planPackageBack(checkout: Checkout, known: NonNullable<InstallState['packageJson']>): FileStep | undefined {
  const { path, before, after } = known;
  const found = readRealFile(checkout, path);
  if (found.kind !== 'file') return undefined;
  const asText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');
  const edited = (): string => removePrepare(textOf(found), asText(before), path);
  const text = found.text === after ? before : Buffer.from(edited(), 'utf8').toString('latin1');
  return text === found.text
    ? undefined
    : { step: 'write', path, before: found, text, mode: found.mode, what: 'restored' };
}
