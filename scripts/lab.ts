// Runs a program of scripts/lab/: long measurements and trials. Without a name it lists them.
// usage: npm run lab [-- NAME [OPTION]…]

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { buildUnlessFresh } from './fresh-build.js';

const PLACE = 'scripts/lab';

/** The files of the programs, by name. */
function findPrograms(): ReadonlyMap<string, string> {
  const files = readdirSync(PLACE).filter((name) => /\.(?:ts|sh)$/.test(name));
  return new Map(files.sort().map((file) => [file.replace(/\.\w+$/, ''), `${PLACE}/${file}`]));
}

/** The first sentence of a program's head comment. */
function summaryOf(file: string): string {
  const lines = readFileSync(file, 'utf8').replace(/^#!.*\n/, '');
  const [head = ''] = /^(?:(?:\/\/|#) .*\n)+/.exec(lines) ?? [];
  const text = head.replace(/^(?:\/\/|#) /gm, '').replaceAll('\n', ' ');
  return /^.*?(?=\. |\.$)/.exec(text)?.[0] ?? text;
}

function list(programs: ReadonlyMap<string, string>): string {
  const width = Math.max(...[...programs.keys()].map((name) => name.length));
  const lines = [...programs].map(([name, file]) => `  ${name.padEnd(width)}  ${summaryOf(file)}\n`);
  return `usage: npm run lab -- NAME [OPTION]…\n\n${lines.join('')}`;
}

/** Runs a program with our terminal and signals. */
function run(file: string, options: readonly string[]): Promise<number> {
  const words = file.endsWith('.sh') ? ['sh', file] : [process.execPath, '--import', 'tsx', file];
  const [command = '', ...args] = [...words, ...options];
  const child = spawn(command, args, { stdio: 'inherit' });
  // Ctrl-C goes to both; this process must not end before the program.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function main([name, ...options]: readonly string[]): Promise<number> {
  const programs = findPrograms();
  const file = programs.get(name ?? '');
  if (file !== undefined) {
    buildUnlessFresh();
    return run(file, options);
  }
  if (name === undefined) {
    process.stdout.write(list(programs));
    return 0;
  }
  process.stderr.write(`scripts/lab has no program ${name}\n\n${list(programs)}`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
