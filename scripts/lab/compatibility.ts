// Writes docs/compatibility.md from what each way to commit does in each place.
// usage: npm run lab -- compatibility

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FORMS,
  formatPage,
  formatRows,
  observe,
  PLACES,
  Place,
  type PlaceName,
} from '../../test/support/hook-table.js';

function tableOf(name: PlaceName): string {
  const place = new Place(name);
  try {
    return formatRows(FORMS.map((form) => observe(place, form)));
  } finally {
    place.remove();
  }
}

// Isolated from this machine's git.
const home = mkdtempSync(join(tmpdir(), 'home-'));
const config = '[user]\n\tname = A Tester\n\temail = tester@example.invalid\n[init]\n\tdefaultBranch = main\n';
writeFileSync(join(home, '.gitconfig'), `${config}[protocol "file"]\n\tallow = always\n`);
for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
Object.assign(process.env, { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), GIT_CONFIG_NOSYSTEM: '1' });
process.on('exit', () => rmSync(home, { recursive: true }));

writeFileSync('docs/compatibility.md', formatPage(new Map(PLACES.map((name) => [name, tableOf(name)]))));
