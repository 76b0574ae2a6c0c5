// Reads the templates that are copied into users' repositories.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noTemplate } from '../messages/install.js';

/** A file of templates/, one char per byte. @throws Fault `disk` if this installation lacks it. */
export function readTemplate(name: string): string {
  // The bundle and the sources have this module at different depths of the package.
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    const path = join(directory, 'templates', name);
    if (existsSync(path)) return readFileSync(path, 'latin1');
    if (directory === dirname(directory)) throw noTemplate(name);
  }
}
