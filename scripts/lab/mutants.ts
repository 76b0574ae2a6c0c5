// Takes out each safeguard that the sources register, one at a time, in a copy of the project, and
// runs the test that it names: that has to fail.
// usage: npm run lab -- mutants [--seed N] [--minutes N] [--record] [--list | --page] [NAME…]

import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { execa, execaSync } from 'execa';
import { recordNoticed } from './mutants/page.js';
import { findSafeguards, type Safeguard, withOnly, withoutSafeguard } from './mutants/safeguards.js';

const TSX = 'node_modules/tsx/dist/cli.mjs';
/** The last file of a whole build. */
const TYPES = 'dist/types/src/index.d.ts';

/** In seconds: without its safeguard, a program may wait for ever. */
const LONGEST = '200';

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '600' },
  /** Writes into docs/threats.md which ones were noticed. */
  record: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
  /** Only writes docs/threats.md again. */
  page: { type: 'boolean', default: false },
} as const;

/** The tracked files, with our packages and the build. */
function copyProject(copy: string): void {
  const { stdout } = execaSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  for (const name of stdout.split('\0').filter((each) => each !== '' && existsSync(each))) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    copyFileSync(name, join(copy, name));
  }
  cpSync('dist', join(copy, 'dist'), { recursive: true, preserveTimestamps: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
}

/** True if a test fails without the safeguard. */
async function isNoticed(copy: string, safeguard: Safeguard): Promise<boolean> {
  const test = `test/${safeguard.test}.test.ts`;
  const { begins } = safeguard;
  const restore = [
    rewrite(join(copy, safeguard.file), (text) => withoutSafeguard(text, safeguard)),
    rewrite(join(copy, test), (text) => (begins === undefined ? text : withOnly(text, begins))),
  ];
  try {
    if (!safeguard.test.startsWith('unit/')) await buildIn(copy);
    const { stdout } = await execa('node', [TSX, 'scripts/test.ts', '--timeout', LONGEST, test], {
      cwd: copy,
      reject: false,
    });
    // A file that cannot even be loaded shows nothing.
    return /^ {3}FAIL {2}/m.test(stdout);
  } finally {
    for (const each of restore) each();
  }
}

/** Builds the program without its types: a source without a safeguard may not pass the compiler. */
async function buildIn(copy: string): Promise<void> {
  await execa('node', [TSX, 'scripts/build.ts'], { cwd: copy });
  mkdirSync(dirname(join(copy, TYPES)), { recursive: true });
  writeFileSync(join(copy, TYPES), '');
}

/** Changes a file. @returns what puts it back. */
function rewrite(file: string, change: (text: string) => string): () => void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, change(text));
  return () => writeFileSync(file, text);
}

/** The same order for the same seed: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function shuffled(safeguards: readonly Safeguard[], seed: number): readonly Safeguard[] {
  let state = BigInt(seed);
  const drawn = safeguards.map((safeguard) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) % 2n ** 64n;
    return { safeguard, at: state >> 33n };
  });
  return drawn.sort((one, other) => Number(one.at - other.at)).map(({ safeguard }) => safeguard);
}

interface TakenOut {
  readonly taken: number;
  /** The names of those that a test noticed. */
  readonly noticed: readonly string[];
}

async function takeOut(safeguards: readonly Safeguard[], end: number): Promise<TakenOut> {
  const copy = mkdtempSync(join(tmpdir(), 'dos-sync-mutants-'));
  const noticed: string[] = [];
  let taken = 0;
  try {
    copyProject(copy);
    for (const safeguard of safeguards) {
      if (Date.now() > end) break;
      const seen = await isNoticed(copy, safeguard);
      if (seen) noticed.push(safeguard.name);
      taken += 1;
      process.stdout.write(`${seen ? 'ok  ' : 'FAIL'} ${safeguard.name}: ${safeguard.what} (${safeguard.test})\n`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  return { taken, noticed };
}

function list(safeguards: readonly Safeguard[]): void {
  for (const { name, what, file, line, test } of safeguards)
    process.stdout.write(`${name}: ${what}  ${file}:${line}  ${test}\n`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const safeguards = findSafeguards();
  const unknown = positionals.find((name) => !safeguards.some((safeguard) => safeguard.name === name));
  if (unknown !== undefined) throw new Error(`no safeguard is named ${unknown}`);
  const chosen = positionals.length > 0 ? safeguards.filter(({ name }) => positionals.includes(name)) : safeguards;
  if (values.list) return list(chosen);
  if (values.page) return recordNoticed([]);
  const end = Date.now() + Number(values.minutes) * 60_000;
  const { taken, noticed } = await takeOut(shuffled(chosen, Number(values.seed)), end);
  if (values.record) recordNoticed(noticed);
  process.stdout.write(`of ${chosen.length} safeguards, ${taken} taken out\n`);
  process.stdout.write(`${noticed.length} passed, ${taken - noticed.length} failed\n`);
  process.exitCode = noticed.length === taken && taken > 0 ? 0 : 1;
}

await main();
