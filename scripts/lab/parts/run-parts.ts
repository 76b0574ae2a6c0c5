// Runs a program of the lab in several processes at once, each with a part of the work.

import { spawn } from 'node:child_process';

/**
 * Starts this program again for each part, with `--part N/OF` and the same seed, and awaits what
 * each prints as JSON. @throws if one fails.
 */
export function runParts<Totals>(jobs: number, seed: string): Promise<readonly Totals[]> {
  return Promise.all(Array.from({ length: jobs }, (_, at) => start<Totals>(`${at}/${jobs}`, seed)));
}

function start<Totals>(part: string, seed: string): Promise<Totals> {
  return new Promise((resolve, reject) => {
    const options = [...process.argv.slice(2), '--seed', seed, '--part', part];
    const words = [...process.execArgv, process.argv[1] ?? '', ...options];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Totals);
      else reject(new Error(`part ${part} ended with exit code ${code}`));
    });
  });
}

/** The number of a part, from 0, and how many there are. */
export function parsePart(part: string): readonly [at: number, of: number] {
  const [at = 0, of = 1] = part.split('/').map(Number);
  return [at, of];
}
