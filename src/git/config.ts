// Our keys in git's configuration: one table for the readers, doctor and the manual page.

import { isAbsolute } from 'node:path';
import { Fault } from '../messages/fault.js';
import { sayBadValue, sayHowToSet } from '../messages/settings.js';
import { readConfig } from './repository.js';
import type { Git } from './run.js';

/**
 * One key. `scope` says where it counts: a repository's configuration cannot set a `global` one.
 */
interface Common {
  readonly default: string;
  readonly scope: 'any' | 'global';
  /** One line for the manual page. */
  readonly doc: string;
}

/** git parses `expiry` and `directory` values itself. */
export type Setting = Common &
  (
    | { readonly type: 'choice'; readonly values: readonly string[] }
    | { readonly type: 'seconds'; readonly most: number }
    | { readonly type: 'expiry' }
    | { readonly type: 'directory' }
  );

export const SETTINGS = {
  fix: {
    type: 'choice',
    values: ['prompt', 'never', 'always'],
    default: 'prompt',
    scope: 'any',
    doc: 'What a blocked commit does: ask at a terminal; only print the commands; or stage each fix that loses nothing.',
  },
  partialCommit: {
    type: 'choice',
    values: ['print', 'mend'],
    default: 'print',
    scope: 'any',
    doc: 'For git commit -- PATH: print the commands, or also write the fix to the index that remains after the commit.',
  },
  prePush: {
    type: 'choice',
    values: ['tip', 'each'],
    default: 'tip',
    scope: 'any',
    doc: 'What pre-push checks: the last commit of each pushed ref, or every new commit.',
  },
  receiveTimeLimit: {
    type: 'seconds',
    // The largest delay that a timer accepts, in seconds.
    most: 2_000_000,
    default: '60',
    scope: 'any',
    doc: 'How long pre-receive may take, in seconds, before it refuses the push.',
  },
  backupExpire: {
    type: 'expiry',
    default: '30.days.ago',
    scope: 'any',
    doc: 'How long undo keeps the files that a fix replaced, as a time that git understands, or never.',
  },
  home: {
    type: 'directory',
    default: '~',
    scope: 'global',
    doc: 'The directory that ~ means in a manifest. Read only from the global configuration.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** The names of the settings with a fixed set of values. */
type ChoiceName = { [N in SettingName]: (typeof SETTINGS)[N] extends { values: unknown } ? N : never }[SettingName];
type Choice<Name extends ChoiceName> = (typeof SETTINGS)[Name]['values'][number];

/** The key as users write it: `dosSync.fix`. */
export function keyOf(name: SettingName): string {
  return `dosSync.${name}`;
}

/** Pure. False for a value that the key cannot have; an expiry date is only checked by git. */
export function isPossible(setting: Setting, value: string): boolean {
  switch (setting.type) {
    case 'choice':
      return setting.values.includes(value);
    case 'seconds':
      return /^(?:\d+\.?\d*|\.\d+)$/.test(value) && Number(value) > 0 && Number(value) <= setting.most;
    case 'directory':
      return isAbsolute(value);
    case 'expiry':
      return true;
  }
}

/** @throws Fault `usage` for an invalid value. */
export async function readChoice<Name extends ChoiceName>(git: Git, name: Name): Promise<Choice<Name>> {
  return (await readText(git, name)) as Choice<Name>;
}

/** @throws Fault `usage` as {@link readChoice}. */
export async function readSeconds(git: Git, name: 'receiveTimeLimit'): Promise<number> {
  return Number(await readText(git, name));
}

async function readText(git: Git, name: SettingName): Promise<string> {
  const value = (await readConfig(git, keyOf(name))) ?? SETTINGS[name].default;
  if (!isPossible(SETTINGS[name], value)) throw badValue(name, value);
  return value;
}

/** The Fault for an invalid value. */
export function badValue(name: SettingName, value: string): Fault {
  const setting = SETTINGS[name];
  return new Fault('usage', sayBadValue(keyOf(name), value, setting), sayHowToSet(keyOf(name), setting));
}
