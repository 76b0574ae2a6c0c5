// Makes the pictures of docs/screenshots/ from real runs: the status at a terminal, and the page of
// the graph in Chromium.
// usage: npm run lab -- screenshots

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { record } from '../recording.js';
import { drawLines } from '../screen.js';
import { Browser } from './screenshots/browser.js';
import { buildExample, PICTURES, VIEWS } from './screenshots/example.js';

async function picturePage(page: string): Promise<void> {
  const browser = await Browser.open();
  try {
    for (const [name, view] of Object.entries(VIEWS)) {
      await browser.show(page, view);
      writeFileSync(`${PICTURES}/page-${name}.png`, await browser.capture());
    }
  } finally {
    await browser.close();
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-screenshots-'));
try {
  const { repository, env, page } = buildExample(scratch);
  mkdirSync(PICTURES, { recursive: true });
  const lines = await record('git dos-sync status', repository, env);
  writeFileSync(`${PICTURES}/status.svg`, drawLines('git dos-sync status', lines));
  await picturePage(page);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
