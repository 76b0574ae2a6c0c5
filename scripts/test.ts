// Runs the tests: test/unit in one process, and one process for each other file. A file passes if
// every test in it ran and passed, and it left no temporary file.
// usage: tsx scripts/test.ts [--timeout SECONDS] [unit | git | e2e | integrations | system | FILE]…

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { globSync } from 'tinyglobby';
import { buildUnlessFresh, stateOfBuild } from './fresh-build.js';
import { makeEnvironment } from './tests/environment.js';
import { brokenFile, type FileOutcome, failuresOf } from './tests/outcome.js';
import { type Transpiled, transpile } from './tests/transpile.js';

const RUN_FILES = resolve('scripts/tests/run-files.ts');
const DEFAULT_SUITES = ['unit', 'git', 'e2e'];

/** The time limit of a process, in seconds. */
const LIMITS = { 'test/system/': 900, 'test/integrations/': 900, '': 600 };

/** Started first, so that all processors are busy until the end. */
const SLOWEST = [
  'e2e/one-rule.test.ts',
  'e2e/submodules.test.ts',
  'e2e/doctor.test.ts',
  'e2e/pre-push.test.ts',
  'git/install/detours.test.ts',
  'e2e/one-rule-doubt.test.ts',
  'e2e/outside.test.ts',
  'e2e/repository-kinds.test.ts',
  'e2e/pre-receive.test.ts',
].map((name) => resolve('test', name));

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly timedOut: boolean;
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { timeout: { type: 'string' } } });
  const files = (positionals.length > 0 ? positionals : DEFAULT_SUITES).flatMap(findFiles);
  const missing = files.filter((file) => !existsSync(file));
  if (files.length === 0 || missing.length > 0) {
    process.stdout.write(`no test file: ${missing.join(', ') || positionals.join(', ')}\n0 passed, 1 failed\n`);
    return 1;
  }
  prepareBuild(files);
  const transpiled = await transpile([RUN_FILES, ...files]);
  try {
    return await runAll(files, transpiled, values.timeout === undefined ? undefined : Number(values.timeout));
  } finally {
    transpiled.remove();
  }
}

/** The test files of a directory of test/, or the file itself. */
function findFiles(word: string): readonly string[] {
  if (word.endsWith('.ts')) return [resolve(word)];
  return globSync(`test/${word}/**/*.test.ts`, { absolute: true }).sort();
}

/** All but the unit tests run the built program; of those only a few use it. */
function prepareBuild(files: readonly string[]): void {
  const state = stateOfBuild();
  if (state === 'stale' && files.every(isUnit)) {
    process.stdout.write('dist/ is older than its sources; a test that reads it sees the old build (npm run build)\n');
  } else {
    buildUnlessFresh();
  }
}

function isUnit(file: string): boolean {
  return file.includes('/test/unit/');
}

async function runAll(files: readonly string[], transpiled: Transpiled, timeout?: number): Promise<number> {
  const units = files.filter(isUnit);
  const others = files.filter((file) => !isUnit(file)).sort((a, b) => rankOf(a) - rankOf(b));
  const queue = [...(units.length > 0 ? [units] : []), ...others.map((file) => [file])];
  let [passed, failed] = [0, 0];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const { outcomes, output } = await runTogether(next, transpiled, (timeout ?? limitOf(next)) * 1000);
      for (const [at, outcome] of outcomes.entries()) report(next[at] ?? '', outcome);
      passed += outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
      const failures = outcomes.reduce((sum, outcome) => sum + failuresOf(outcome), 0);
      if (failures > 0) process.stdout.write(`${output}\n`);
      failed += failures;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

function rankOf(file: string): number {
  const at = SLOWEST.indexOf(file);
  return at < 0 ? SLOWEST.length : at;
}

function limitOf([file = '']: readonly string[]): number {
  const [, limit = 0] = Object.entries(LIMITS).find(([place]) => file.includes(place)) ?? [];
  return limit;
}

async function runTogether(
  files: readonly string[],
  { pathOf }: Transpiled,
  timeout: number,
): Promise<{ readonly outcomes: readonly FileOutcome[]; readonly output: string }> {
  const home = mkdtempSync(join(tmpdir(), 'dos-sync-test-'));
  const written = join(home, '.outcomes');
  try {
    // `detached` starts a new session, so that a test only has a terminal that it opens.
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', ...[RUN_FILES].map(pathOf), written, ...files.map(pathOf)],
      {
        env: makeEnvironment(home),
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const ended = await finish(child, timeout);
    const lines = existsSync(written) ? readFileSync(written, 'utf8').trim().split('\n') : [];
    return {
      outcomes: judge(
        files,
        lines.map((line) => JSON.parse(line) as FileOutcome),
        ended,
      ),
      output: ended.output,
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function finish(child: ChildProcess, timeout: number): Promise<Ended> {
  return new Promise((resolveWith) => {
    const chunks: Buffer[] = [];
    let timedOut = false;
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeout);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolveWith({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8'), timedOut });
    });
  });
}

/** A file without an outcome has failed; so has the last file of a process that failed. */
function judge(files: readonly string[], written: readonly FileOutcome[], { code, timedOut }: Ended): FileOutcome[] {
  return files.map((_, at) => {
    const outcome = written[at];
    if (!outcome) return brokenFile(timedOut ? 'it ran into the time limit' : 'the process ended before its tests did');
    if (at < files.length - 1 || code === 0) return outcome;
    return brokenFile(
      outcome.broken ?? `the process ended with exit code ${code}, or ran into the time limit`,
      outcome,
    );
  });
}

function report(file: string, outcome: FileOutcome): void {
  const { passed, seconds, broken } = outcome;
  const failed = failuresOf(outcome);
  const mark = failed === 0 ? 'ok  ' : 'FAIL';
  const took = `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  process.stdout.write(`${mark} ${relative('.', file)} (${passed} passed, ${failed} failed, ${took})\n`);
  if (broken !== undefined) process.stdout.write(`     ${broken}\n`);
}

process.exitCode = await main();
