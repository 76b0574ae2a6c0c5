// Messages about paths outside the repository, and their consent.

import type { OutsideLack } from '../snapshot/types.js';
import { show } from './show.js';

export function sayOutsideLack(lack: OutsideLack): string {
  switch (lack) {
    case 'not-here':
      return 'one side is outside the repository, so no commit contains it';
    case 'untrusted':
      return 'one side is outside the repository, and you have not trusted the manifest yet: git dos-sync trust';
    case 'lapsed':
      return 'the manifest or an outside path has changed since you trusted it; review it: git dos-sync trust';
    case 'automated':
      return 'one side is outside the repository, where nothing is read while CI is set';
    case 'absent':
      return 'one side is outside the repository, and not on this machine';
  }
}

export function sayConsentsBroken(path: string): string {
  return `${show(path)} is damaged: it does not contain consents that dos-sync wrote.`;
}

export function sayLinkBelow(path: string): string {
  return `${show(path)} is a symlink, and dos-sync follows no symlink below a path outside the repository.`;
}

/** One outside place, and what would be done there. */
export function sayRoot(root: string, real: string | undefined, written: boolean): string {
  const place = real === undefined ? 'not on this machine' : show(real);
  return `  ${written ? 'read and written' : 'read'}:  ${show(root)}  (${place})`;
}

export const NOTHING_OUTSIDE = 'This manifest pairs nothing outside the repository, so there is nothing to trust.';
export const NO_TRUST_IN_CI =
  'CI is set: only a person can trust a manifest, and nothing outside the repository is read here.';
export const TRUST_QUESTION = 'Do you trust this manifest?';
export const TRUST_CHOICES = {
  read: 'read     let dos-sync read these places',
  write: 'write    let it read them, and write them after asking each time',
  abort: 'abort    change nothing',
} as const;
export const WOULD_WRITE_OUTSIDE = 'These files are outside the repository:';
export const WRITE_QUESTION = 'Write them?';
export const WRITE_CHOICES = {
  write: 'write    write these files; git dos-sync undo restores them',
  leave: 'leave    write nothing outside the repository',
} as const;

export function sayWouldWrite(path: string): string {
  return `  ${show(path)}`;
}

export const NOT_TRUSTED = 'Nothing was trusted.';

export function sayReaches(repository: string): string {
  return `The manifest of ${show(repository)} pairs these places outside it:`;
}

export function sayTrusted(write: boolean): string {
  const what = write ? 'reading and writing' : 'reading';
  return `trusted: ${what}, until the manifest or one of these places changes; to revoke it: git dos-sync trust --revoke`;
}

export function sayConsent(repository: string, write: boolean, gone: boolean): string {
  return `${show(repository)}: ${write ? 'read and write' : 'read'}${gone ? ' (the repository no longer exists)' : ''}`;
}

export const NO_CONSENTS = 'You have not trusted any manifest.';

export function sayRevoked(had: boolean): string {
  return had
    ? 'revoked: nothing outside the repository is read or written'
    : 'the manifest of this repository was not trusted';
}
