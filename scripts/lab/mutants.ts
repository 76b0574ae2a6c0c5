// Takes out each safeguard that the sources register, one at a time, in a copy of the project, and
// runs the test that it names: that has to fail.
// usage: npm run lab -- mutants [--seed N] [--minutes N] [--list] [NAME…]

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
import { findSafeguards, type Safeguard, withoutSafeguard } from './mutants/safeguards.js';

const OPTIONS = {
  seed: { type: 'string', default: '1' },
  minutes: { type: 'string', default: '600' },
  list: { type: 'boolean', default: false },
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
  const file = join(copy, safeguard.file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, withoutSafeguard(text, safeguard));
  try {
    const words = ['node_modules/tsx/dist/cli.mjs', 'scripts/test.ts', `test/${safeguard.test}.test.ts`];
    const { stdout } = await execa('node', words, { cwd: copy, reject: false });
    // A file that cannot even be loaded shows nothing.
    return /^ {3}FAIL {2}/m.test(stdout);
  } finally {
    writeFileSync(file, text);
  }
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

async function takeOut(safeguards: readonly Safeguard[], end: number): Promise<number> {
  const copy = mkdtempSync(join(tmpdir(), 'dos-sync-mutants-'));
  let [noticed, unnoticed] = [0, 0];
  try {
    copyProject(copy);
    for (const safeguard of safeguards) {
      if (Date.now() > end) break;
      const seen = await isNoticed(copy, safeguard);
      if (seen) noticed += 1;
      else unnoticed += 1;
      process.stdout.write(`${seen ? 'ok  ' : 'FAIL'} ${safeguard.name}: ${safeguard.what} (${safeguard.test})\n`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  process.stdout.write(`of ${safeguards.length} safeguards, ${noticed + unnoticed} taken out\n`);
  process.stdout.write(`${noticed} passed, ${unnoticed} failed\n`);
  return unnoticed === 0 && noticed > 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const safeguards = findSafeguards();
  const unknown = positionals.find((name) => !safeguards.some((safeguard) => safeguard.name === name));
  if (unknown !== undefined) throw new Error(`no safeguard is named ${unknown}`);
  const chosen = positionals.length > 0 ? safeguards.filter(({ name }) => positionals.includes(name)) : safeguards;
  if (!values.list) return takeOut(shuffled(chosen, Number(values.seed)), Date.now() + Number(values.minutes) * 60_000);
  for (const { name, what, file, line, test } of safeguards)
    process.stdout.write(`${name}: ${what}  ${file}:${line}  ${test}\n`);
  return 0;
}

process.exitCode = await main();
