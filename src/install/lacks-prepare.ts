// Whether `npm install` in a fresh clone would leave it without hooks.

import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckout } from '../git/porcelain.js';
import { readFoundFile } from './disk.js';
import { parsePackage } from './prepare.js';

/** True if package.json lists dos-sync and has no prepare script yet, which the user could add. */
export async function readLacksPrepare(cwd: string): Promise<boolean> {
  const { top } = await openCheckout(cwd);
  const path = join(top, 'package.json');
  const found = readFoundFile(path);
  // `npm pkg` edits the package.json of the start directory. Newer yarns run no prepare script.
  if (found.kind !== 'file' || realpathSync(cwd) !== realpathSync(top)) return false;
  if (existsSync(join(top, '.yarnrc.yml'))) return false;
  const { prepare, packages } = parsePackage(Buffer.from(found.text, 'latin1').toString('utf8'), path);
  return prepare === undefined && packages.includes('dos-sync');
}
