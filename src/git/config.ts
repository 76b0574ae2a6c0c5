// Our own keys in git's configuration: one table, which the readers, doctor and the manual page
// share.

import { isAbsolute } from 'node:path';
import { Fault } from '../messages/fault.js';
import { sayBadValue, sayHowToSet } from '../messages/settings.js';
import { readConfig } from './repository.js';
import type { Git } from './run.js';

/** One key. `scope` says where it counts: a repository must not be able to set what is `global`. */
interface Common {
  readonly default: string;
  readonly scope: 'any' | 'global';
  /** One line for the manual page. */
  readonly doc: string;
}

/** `expiry` and `directory` are read by git itself, in its own words for them. */
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
    // The longest that a timer takes.
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

/** The names whose value is one of a few words. */
type ChoiceName = { [N in SettingName]: (typeof SETTINGS)[N] extends { values: unknown } ? N : never }[SettingName];
type Choice<Name extends ChoiceName> = (typeof SETTINGS)[Name]['values'][number];

/** As a person writes it: `dosSync.fix`. */
export function keyOf(name: SettingName): string {
  return `dosSync.${name}`;
}

/** Pure: false for a value that the key cannot have. Of an expiry date only git can tell. */
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

/** @throws Fault `usage` for a value that the key cannot have. */
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

/** What to throw for a value that the key cannot have. */
export function badValue(name: SettingName, value: string): Fault {
  const setting = SETTINGS[name];
  return new Fault('usage', sayBadValue(keyOf(name), value, setting), sayHowToSet(keyOf(name), setting));
}
