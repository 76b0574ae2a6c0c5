// The meaning of `~` in a manifest: the user's home, unless their global git configuration sets
// another directory.

import { homedir } from 'node:os';
import { badValue, isPossible, keyOf, SETTINGS } from './config.js';
import { type Git, readGit } from './run.js';

/**
 * The directory that `~` means. Only the global configuration counts: a repository must not change
 * it. @throws Fault.
 */
export async function readHome(git: Git): Promise<string> {
  const args = ['config', '--global', '--type=path', '--get', keyOf('home')];
  // Without a global configuration file git exits with 1, as for an unset key.
  const configured = (await readGit(git, args, undefined, [0, 1])).toString('utf8').replace(/\n$/, '');
  const home = configured === '' ? homedir() : configured;
  if (isPossible(SETTINGS.home, home)) return home;
  throw badValue('home', home);
}
