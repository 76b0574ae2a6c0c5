// Messages about outside places, and their consent.

import { show } from './show.js';

/** Why an outside side was not read. */
export type OutsideLack =
  /** Only the working tree and the index are compared with the disk. */
  | 'not-here'
  /** There is no consent. */
  | 'untrusted'
  /** The consent was for another state. */
  | 'lapsed'
  /** An automated run, without a user to consent. */
  | 'automated'
  /** It is not on this machine. */
  | 'absent';

export function sayOutsideLack(lack: OutsideLack): string {
  switch (lack) {
    case 'not-here':
      return 'one side is outside the repository, where commits hold nothing';
    case 'untrusted':
      return 'one side is outside the repository, and you have not agreed to that yet: git dos-sync trust';
    case 'lapsed':
      return 'what is outside the repository is not what you agreed to any more: git dos-sync trust';
    case 'automated':
      return 'one side is outside the repository, which is never read where CI is set';
    case 'absent':
      return 'one side is outside the repository, and not on this machine';
  }
}

export function CONSENTS_BROKEN(path: string): string {
  return `${show(path)} does not hold consents that dos-sync wrote.`;
}

export function sayLinkBelow(path: string): string {
  return `${show(path)} is a symlink, and below a place outside the repository none is followed.`;
}

/** One outside place, and what would be done there. */
export function sayRoot(root: string, real: string | undefined, written: boolean): string {
  const place = real === undefined ? 'not on this machine' : show(real);
  return `  ${written ? 'read and written' : 'read'}:  ${show(root)}  (${place})`;
}

export const NOTHING_OUTSIDE = 'This manifest reaches nothing outside the repository; there is nothing to agree to.';
export const NO_TRUST_IN_CI = 'CI is set: consent is a person’s to give, and nothing outside is read here.';
export const TRUST_QUESTION = 'Do you agree?';
export const TRUST_CHOICES = {
  read: 'read     let dos-sync read these places',
  write: 'write    let it read them, and write them after asking each time',
  abort: 'abort    leave everything as it is',
} as const;
export const WOULD_WRITE_OUTSIDE = 'These files are outside the repository:';
export const WRITE_QUESTION = 'Write them?';
export const WRITE_CHOICES = {
  write: 'write    write these files; git dos-sync undo puts back what they held',
  leave: 'leave    write nothing outside',
} as const;

export function sayWouldWrite(path: string): string {
  return `  ${show(path)}`;
}

export const NOT_TRUSTED = 'Nothing was agreed to.';

export function sayReaches(repository: string): string {
  return `The manifest of ${show(repository)} reaches these places outside it:`;
}

export function sayTrusted(write: boolean): string {
  const what = write ? 'reading and writing' : 'reading';
  return `agreed: ${what}, until the manifest or one of these places changes; take it back: git dos-sync trust --revoke`;
}

export function sayConsent(repository: string, write: boolean, gone: boolean): string {
  return `${show(repository)}: ${write ? 'read and write' : 'read'}${gone ? ' (the repository is not there any more)' : ''}`;
}

export const NO_CONSENTS = 'You have agreed to nothing outside any repository.';

export function sayRevoked(had: boolean): string {
  return had ? 'taken back: nothing outside is read or written' : 'there was no consent for this repository';
}
