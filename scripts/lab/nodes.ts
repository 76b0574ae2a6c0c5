// Runs the tests on Node 20, 22, 24 and 26, or on the named versions. The binaries are npm packages
// for this platform, in a temporary directory.
// usage: npm run lab -- nodes [--record] [VERSION | FILE.ts | unit | git | e2e]…

import { mkdtempSync, rmSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { execa } from 'execa';
import { recordRun } from '../recorded-runs.js';
import { installNode } from './node-binary.js';

const VERSIONS = ['20', '22', '24', '26'];
const SUITES = ['unit', 'git', 'e2e'];
const RECORDS = process.argv.includes('--record');

/** True if every test passed on that version. */
async function test(version: string, words: readonly string[]): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'dos-sync-node-'));
  try {
    const bin = await installNode(`node-${process.platform}-${process.arch}`, version, directory);
    const env = { PATH: [bin, process.env['PATH']].join(delimiter) };
    const { stdout } = await execa('node', ['--version'], { env });
    if (!stdout.startsWith(`v${version}.`)) throw new Error(`asked for Node ${version}, got ${stdout}`);
    process.stdout.write(`== Node ${stdout}\n`);
    const tsx = resolve('node_modules/tsx/dist/cli.mjs');
    // The tests start each file, and the installed hooks, with the first node on PATH.
    const stdio = { stdin: 'inherit', stdout: ['inherit', 'pipe'], stderr: 'inherit' } as const;
    const run = await execa('node', [tsx, 'scripts/test.ts', ...words], { env, reject: false, ...stdio });
    if (RECORDS) await record(stdout.slice(1), words, run.stdout);
    return run.exitCode === 0;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Records the run whose output ends with its counts. */
async function record(node: string, words: readonly string[], output: string): Promise<void> {
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  const { stdout: git } = await execa('git', ['--version']);
  recordRun({
    system: `${process.platform} ${release().split('-')[0]}`,
    node,
    git: git.replace('git version ', ''),
    command: `npm test -- ${words.join(' ')}`,
    passed: Number(passed),
    failed: Number(failed),
    date: new Date().toISOString().slice(0, 10),
  });
}

const words = process.argv.slice(2).filter((word) => word !== '--record');
const chosen = words.filter((word) => /^\d+$/.test(word));
const suites = words.filter((word) => !/^\d+$/.test(word));
let failed = 0;
const versions = chosen.length > 0 ? chosen : VERSIONS;
for (const version of versions) {
  if (!(await test(version, suites.length > 0 ? suites : SUITES))) failed += 1;
}
process.stdout.write(`${versions.length - failed} versions passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
