// Copies one large file with a fix, and measures the memory.
// usage: npm run lab -- large [--mib N] [--record]

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isolate } from '../../test/support/isolate.js';
import { CLI, pairedRepo, type Repo } from '../../test/support/repo.js';
import { recordMeasured } from '../measured.js';

/** MB; the most that any process of a fix may use. */
const MOST = 200;
const OFTEN = 20;

const { values } = parseArgs({
  options: { mib: { type: 'string', default: '4096' }, record: { type: 'boolean', default: false } },
});

interface Peaks {
  readonly code: number;
  /** MB, of dos-sync and of each git that it starts. */
  readonly own: number;
  readonly gits: number;
}

/** Runs dos-sync and samples its memory and that of its child processes, many times a second. */
function measure(repo: Repo, ...words: string[]): Promise<Peaks> {
  const child = spawn(process.execPath, [CLI, ...words], { cwd: repo.top, stdio: ['ignore', 'ignore', 'inherit'] });
  let [own, gits] = [0, 0];
  const timer = setInterval(() => {
    own = Math.max(own, peakOf(child.pid));
    for (const pid of readChildren(child.pid)) gits = Math.max(gits, peakOf(pid));
  }, OFTEN);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code: code ?? -1, own, gits });
    });
  });
}

/** MB; 0 for a process that has ended.
 * https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
function peakOf(pid: number | undefined): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/status`)) ?? [];
  return Math.round(Number(kilobytes ?? 0) / 1000);
}

function readChildren(parent: number | undefined): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => {
    const stat = readText(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(parent);
  });
}

/** Empty for a process that ends meanwhile. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH') return '';
    throw error;
  }
}

async function copyLarge(size: number): Promise<readonly Peaks[]> {
  const repo = pairedRepo();
  try {
    // A sparse file takes no disk space and reads like any other.
    truncateSync(repo.path('live/skill.md'), size);
    const fixed = await measure(repo, 'fix');
    const copied = statSync(repo.path('release/skill.md')).size;
    // undo replaces a file of the same size, and backs it up too.
    const undone = await measure(repo, 'undo');
    const back = repo.read('release/skill.md') === 'one\n';
    return copied === size && back ? [fixed, undone] : [];
  } finally {
    repo.remove();
  }
}

const { remove } = isolate();
try {
  const runs = await copyLarge(Number(values.mib) * 1024 * 1024);
  const [own, gits] = [Math.max(...runs.map((run) => run.own)), Math.max(...runs.map((run) => run.gits))];
  process.stdout.write(`${values.mib} MiB copied and put back: ${runs.length === 2 ? 'yes' : 'no'}\n`);
  process.stdout.write(`peak memory: dos-sync ${own} MB, its gits ${gits} MB\n`);
  const good = runs.length === 2 && runs.every(({ code }) => code === 0) && own > 0 && gits > 0;
  process.exitCode = good && own < MOST && gits < MOST ? 0 : 1;
  if (values.record && process.exitCode === 0) recordMeasured('large', { mib: Number(values.mib), own, gits });
} finally {
  remove();
}
