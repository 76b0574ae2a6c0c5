// What init and add say.

import { show } from './show.js';

export function sayStarted(): string[] {
  return [
    'started .dos-sync-manifest.json, and staged it',
    '  declare a pair:     git dos-sync add <a> <b>',
    '  put the hooks in:   git dos-sync install',
  ];
}

export function sayAdded(a: string, b: string): string[] {
  return [
    `added ${show(a)} -> ${show(b)} to .dos-sync-manifest.json`,
    '  put it in force:    git add .dos-sync-manifest.json',
  ];
}
