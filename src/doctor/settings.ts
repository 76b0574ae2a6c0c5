// Our keys in git's configuration: unknown names, invalid values, and scopes that are not read.

import { isPossible, keyOf, SETTINGS, type Setting, type SettingName } from '../git/config.js';
import { readHome } from '../git/home.js';
import { type Checkout, type ConfigEntry, readConfigEntries } from '../git/porcelain.js';
import { readExpiry } from '../git/repository.js';
import { nearestOf } from '../manifest/nearest.js';
import * as say from '../messages/doctor.js';
import { Fault } from '../messages/fault.js';
import { sayBadValue, sayHowToSet } from '../messages/settings.js';
import { type Note, note } from './types.js';

const SECTION = 'dosSync';
const NAMES = Object.keys(SETTINGS) as SettingName[];
/** In letters; `dos-sync` and `dosync` are close enough. */
const FARTHEST_SECTION = 2;

/** One note for each key without the intended effect. */
export async function examineSettings(checkout: Checkout): Promise<Note[]> {
  const entries = await readConfigEntries(checkout, '^d[a-z-]*\\.');
  const notes: Note[] = [];
  // The last value of a repeated key counts.
  for (const entry of new Map(entries.map((each) => [`${each.key} ${each.scope}`, each])).values()) {
    const found = await examineEntry(checkout, entry);
    if (found) notes.push(found);
  }
  return notes;
}

async function examineEntry(checkout: Checkout, entry: ConfigEntry): Promise<Note | undefined> {
  const [section = '', ...rest] = entry.key.split('.');
  const name = rest.join('.');
  if (section !== SECTION.toLowerCase()) {
    const meant = nearestOf(section, [SECTION], FARTHEST_SECTION) ? nearestOf(name, NAMES) : undefined;
    return meant === undefined ? undefined : unknown(entry, entry.key, keyOf(meant as SettingName));
  }
  const known = NAMES.find((each) => each.toLowerCase() === name);
  const near = nearestOf(name, NAMES) as SettingName | undefined;
  if (!known) return unknown(entry, `${SECTION}.${name}`, near && keyOf(near));
  if (SETTINGS[known].scope === 'global' && entry.scope !== 'global') {
    const next = `git config --global ${keyOf(known)} /…`;
    return note('settings', 'problem', say.sayWrongScope(keyOf(known), entry.scope), next);
  }
  return examineValue(checkout, known, entry);
}

function unknown(entry: ConfigEntry, key: string, meant: string | undefined): Note {
  const says = say.sayUnknownSetting(key, meant);
  return note('settings', 'problem', says, say.sayHowToRename(entry.scope, key, meant, entry.value));
}

async function examineValue(checkout: Checkout, name: SettingName, { value }: ConfigEntry): Promise<Note | undefined> {
  const setting: Setting = SETTINGS[name];
  const good = setting.type === 'choice' || setting.type === 'seconds' ? isPossible(setting, value) : undefined;
  if (good ?? (await canBeRead(checkout, name))) return undefined;
  const likely = setting.type === 'choice' ? nearestOf(value, setting.values) : undefined;
  const next = sayHowToSet(keyOf(name), setting, likely);
  return note('settings', 'problem', sayBadValue(keyOf(name), value, setting), next);
}

/** What only git can decide: whether a time is valid, and where a path leads. */
async function canBeRead({ git }: Checkout, name: SettingName): Promise<boolean> {
  try {
    if (name === 'home') await readHome(git);
    else readExpiry(git, keyOf(name), SETTINGS[name].default);
    return true;
  } catch (error) {
    if (Fault.is(error) && error.kind !== 'bug') return false;
    throw error;
  }
}
