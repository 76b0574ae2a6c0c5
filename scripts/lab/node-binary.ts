// Node's binaries, which are npm packages for each system.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

/** Installs `node-PLATFORM-ARCH` of that version. @returns the directory with its program. */
export async function installNode(name: string, version: string, directory: string): Promise<string> {
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n');
  // --force: also the binary of another system.
  const words = ['install', '--silent', '--no-save', '--ignore-scripts', '--force', `${name}@${version}`];
  await execa('npm', words, { cwd: directory });
  return join(directory, 'node_modules', name, 'bin');
}
