// Messages about our keys in git's configuration.

import type { Setting } from '../git/config.js';
import { show } from './show.js';

export function sayBadValue(key: string, value: string, { type }: Setting): string {
  const said = `${key} is ${value === '' ? 'empty' : show(value)}`;
  switch (type) {
    case 'choice':
      return `${said}.`;
    case 'seconds':
      return `${said}, which is not a number of seconds.`;
    case 'expiry':
      return `${said}, which is not a time that git understands.`;
    case 'directory':
      return `${said}, which is not an absolute path.`;
  }
}

/** The command that sets the key. `likely`: the value that was probably meant. */
export function sayHowToSet(key: string, setting: Setting, likely?: string): string {
  if (setting.type === 'directory') return `git config --global ${key} /…`;
  const value = likely ?? setting.default;
  const others = (setting.type === 'choice' ? setting.values : []).filter((each) => each !== value);
  const rest = setting.type === 'seconds' ? 'seconds' : others.map((each) => `or ${each}`).join(', ');
  return `git config ${key} ${value}${rest === '' ? '' : `   (${rest})`}`;
}
