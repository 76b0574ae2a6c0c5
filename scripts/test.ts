// Runs the tests: each file in a process of its own, and green only if uvu says that every test of it ran and passed.
// usage: tsx scripts/test.ts [--timeout SECONDS] (unit | git | e2e | integrations | system | FILE)…

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { globSync } from 'tinyglobby';

interface Outcome {
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
  /** How long it ran, in seconds. */
  readonly seconds: number;
  /** Why the file counts as broken, though no test of it failed. */
  readonly broken?: string | undefined;
  readonly output: string;
}

const DEFAULT_TIMEOUT = '300';

const CONFIG = `[user]
	name = A Tester
	email = tester@example.invalid
[init]
	defaultBranch = main
[commit]
	gpgSign = false
[gc]
	auto = 0
[maintenance]
	auto = false
[protocol "file"]
	allow = always
`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { timeout: { type: 'string', default: DEFAULT_TIMEOUT } },
  });
  const files = positionals.flatMap(findFiles);
  if (files.length === 0) {
    process.stdout.write('no test files\n0 passed, 1 failed\n');
    return 1;
  }
  const outcomes: Outcome[] = [];
  const queue = [...files];
  const work = async (): Promise<void> => {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const outcome = await runFile(file, Number(values.timeout) * 1000);
      outcomes.push(outcome);
      report(outcome);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}

/** The files of a directory of test/, or the file itself. */
function findFiles(word: string): readonly string[] {
  if (word.endsWith('.ts')) return [resolve(word)];
  return globSync(`test/${word}/**/*.test.ts`, { absolute: true }).sort();
}

async function runFile(file: string, timeout: number): Promise<Outcome> {
  const home = mkdtempSync(join(tmpdir(), 'dos-sync-test-'));
  const start = performance.now();
  try {
    const outcome = await runIn(home, file, timeout);
    return { ...outcome, seconds: Math.round((performance.now() - start) / 1000) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function runIn(home: string, file: string, timeout: number): Promise<Omit<Outcome, 'seconds'>> {
  const scratch = join(home, 'tmp');
  mkdirSync(scratch);
  writeFileSync(join(home, '.gitconfig'), CONFIG);
  // `detached` makes a session of its own, so that a test has a terminal only where it opens one.
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env: isolated(home, scratch),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, output, timedOut } = await finish(child, timeout);
  // Node's own caches are not the test's.
  const left = readdirSync(scratch).filter((name) => !name.startsWith('tsx-') && name !== 'node-compile-cache');
  const broken = timedOut ? 'it ran into the time limit' : left.length > 0 ? `it left ${left.join(', ')}` : undefined;
  return judge(file, code, output, broken);
}

/** The environment of a test: nothing of this machine's git, terminal, language or home. */
function isolated(home: string, scratch: string): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SHELL', 'NODE_EXTRA_CA_CERTS', 'SYSTEMROOT'];
  const env = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  return {
    ...env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    TERM: 'dumb',
    TMPDIR: scratch,
  };
}

function finish(child: ChildProcess, timeout: number): Promise<{ code: number; output: string; timedOut: boolean }> {
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

// uvu exits 0 where `before` throws, where `after.each` throws after a failing test, and where `.run()` was forgotten.
function judge(file: string, code: number, output: string, broken: string | undefined): Omit<Outcome, 'seconds'> {
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
  const [, total, passed, skipped] = /Total:\s+(\d+)\s+Passed:\s+(\d+)\s+Skipped:\s+(\d+)/.exec(plain) ?? [];
  const summaries = plain.match(/^\s+Total:\s+\d+$/gm)?.length ?? 0;
  const [all, good, left] = [Number(total ?? 0), Number(passed ?? 0), Number(skipped ?? 0)];
  const why =
    broken ??
    (summaries !== 1 ? 'uvu printed no summary, or more than one' : undefined) ??
    (all === 0 ? 'no test ran' : undefined) ??
    (left > 0 ? `${left} tests were skipped` : undefined) ??
    (code !== 0 && good === all ? `it ended with exit code ${code}` : undefined);
  const failed = Math.max(all - good, why === undefined ? 0 : 1);
  return { file, passed: good, failed, broken: why, output };
}

function report({ file, passed, failed, seconds, broken, output }: Outcome): void {
  const name = file.slice(process.cwd().length + 1);
  process.stdout.write(
    `${failed === 0 ? 'ok  ' : 'FAIL'} ${name} (${passed} passed, ${failed} failed, ${seconds} s)\n`,
  );
  if (failed === 0) return;
  if (broken !== undefined) process.stdout.write(`     ${broken}\n`);
  process.stdout.write(`${output}\n`);
}

process.exitCode = await main();
