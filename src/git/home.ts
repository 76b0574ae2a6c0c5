// What `~` means in a manifest: the user's home, unless their own git configuration moves it.

import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { Fault } from '../messages/fault.js';
import { type Git, readGit } from './run.js';

/** The directory that `~` stands for. Only the global configuration counts: a repository must not move it. @throws Fault. */
export async function readHome(git: Git): Promise<string> {
  const args = ['config', '--global', '--type=path', '--get', 'dosSync.home'];
  // Without a global configuration file git ends with 1 as for a key that is not set.
  const configured = (await readGit(git, args, undefined, [0, 1])).toString('utf8').replace(/\n$/, '');
  const home = configured === '' ? homedir() : configured;
  if (isAbsolute(home)) return home;
  throw new Fault(
    'usage',
    `dosSync.home is ${home}, which is no absolute path.`,
    'git config --global dosSync.home /…',
  );
}
