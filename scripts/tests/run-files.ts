// Runs test files in this process, in sequence, and writes a line of JSON for each finished one.
// usage: node run-files.js OUTCOMES FILE…

import { appendFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { FileOutcome } from './outcome.js';

/**
 * uvu's `.run()` returns for each suite: its errors, and the numbers of passed, skipped and all
 * tests.
 */
type RunSuite = () => Promise<[errors: string | true, passed: number, skipped: number, all: number]>;

const uvu = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: RunSuite[][] };
uvu.UVU_DEFER = 1;
uvu.UVU_QUEUE = [];

async function runFile(file: string, at: number): Promise<FileOutcome> {
  const start = performance.now();
  let [passed, skipped, all] = [0, 0, 0];
  let thrown: string | undefined;
  uvu.UVU_INDEX = at;
  const suites: RunSuite[] = [];
  uvu.UVU_QUEUE[at] = suites;
  try {
    await import(pathToFileURL(file).href);
    for (const run of suites) {
      const [errors, ...counts] = await run();
      if (errors !== true) process.stdout.write(`\n${errors}\n`);
      [passed, skipped, all] = [passed + counts[0], skipped + counts[1], all + counts[2]];
    }
  } catch (error) {
    process.stdout.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    thrown = 'it threw outside its tests';
  }
  const broken = thrown ?? (all === 0 ? 'no test ran' : skipped > 0 ? `${skipped} tests were skipped` : leftBehind());
  return { passed, failed: all - passed, seconds: (performance.now() - start) / 1000, broken };
}

const leftBefore = new Set(readdirSync(process.env['TMPDIR'] ?? '/tmp'));

function leftBehind(): string | undefined {
  // Node's caches do not count as the test's files.
  const left = readdirSync(process.env['TMPDIR'] ?? '/tmp').filter(
    (name) => !leftBefore.has(name) && !name.startsWith('tsx-') && name !== 'node-compile-cache',
  );
  for (const name of left) leftBefore.add(name);
  return left.length > 0 ? `it left ${left.join(', ')}` : undefined;
}

const [outcomes = '', ...files] = process.argv.slice(2);
for (const [at, file] of files.entries()) {
  appendFileSync(outcomes, `${JSON.stringify(await runFile(file, at))}\n`);
}
