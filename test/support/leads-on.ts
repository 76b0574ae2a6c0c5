// Runs every printed command: each must do what its line says, and lose nothing that it does not
// name.

import { existsSync, readFileSync } from 'node:fs';
import { type PrintedLine, printedLines } from './printed.js';
import type { Repo, Result } from './repo.js';

/** A blocked commit, or a check with findings. Edits are tokens, so that a lost one is noticed. */
export interface Refused {
  readonly repo: Repo;
  /** The paired files. */
  readonly files: readonly string[];
  readonly result: Result;
}

const TOKEN = /token\d+\./g;
const MARKERS = /^(<{7}|={7}|>{7}).*\n/gm;
const MOST_ROUNDS = 8;

/** The tokens in the paired files, on disk or in the index. */
export function tokensIn(repo: Repo, files: readonly string[]): ReadonlySet<string> {
  const onDisk = files.map((path) => (existsSync(repo.path(path)) ? readFileSync(repo.path(path), 'utf8') : ''));
  const names = files.map((path) => `:${path}\n`).join('');
  const staged = repo.run('git', ['cat-file', '--batch'], { input: names }).stdout;
  return new Set([...onDisk, staged].join('\n').match(TOKEN) ?? []);
}

/** Keeps both sides of every conflict. */
export function withoutMarkers(content: string): string {
  return content.replace(MARKERS, '');
}

function typeIn(repo: Repo, { command }: PrintedLine): Result {
  return repo.run('sh', ['-c', command]);
}

function isShowing({ command }: PrintedLine): boolean {
  return / (diff|explain|check) /.test(` ${command} `) && !/ && /.test(command);
}

/** What is wrong with the printed commands, each run in a copy of the same state. */
export function faultsOfEach({ repo, files, result }: Refused): string[] {
  const lines = printedLines(result);
  if (lines.length === 0) return [`nothing is printed:\n${result.stderr}`];
  const before = tokensIn(repo, files);
  const firstThatWrites = lines.find((line) => !isShowing(line));
  return lines.flatMap((line) => {
    const copy = repo.copy();
    Object.assign(copy.env, repo.env);
    try {
      const typed = typeIn(copy, line);
      const after = tokensIn(copy, files);
      const lost = [...before].filter((token) => !after.has(token));
      return faultsOf(line, typed, lost, line === firstThatWrites);
    } finally {
      copy.remove();
    }
  });
}

function faultsOf(line: PrintedLine, typed: Result, lost: readonly string[], isFirst: boolean): string[] {
  const said = `${line.command}   # ${line.what}`;
  const expected = isShowing(line) ? [0, 1] : /markers/.test(line.what) ? [1] : [0];
  const faults: string[] = [];
  if (!expected.includes(typed.code)) faults.push(`refused (${typed.code}): ${said}\n${typed.stdout}${typed.stderr}`);
  if (lost.length > 0 && !/discards|deletes/.test(line.what)) faults.push(`lost ${lost.join(' ')}: ${said}`);
  if (lost.length > 0 && isFirst) faults.push(`the first discards ${lost.join(' ')}: ${said}`);
  return faults;
}

/**
 * Runs the first command that writes, then commits again, until that passes. Markers are resolved
 * by keeping both sides. @returns what prevented it.
 */
export function faultsOfWayOn({ repo, files, result }: Refused, commit: () => Result): string[] {
  let last = result;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const line = printedLines(last).find((each) => !isShowing(each));
    if (!line) return [`no way on in round ${round}:\n${last.stderr}`];
    const typed = typeIn(repo, line);
    if (typed.code === 0 && / && git commit/.test(line.command)) return [];
    for (const path of files.filter((each) => repo.exists(each))) {
      if (!/^<{7} /m.test(repo.read(path))) continue;
      repo.write(path, withoutMarkers(repo.read(path)));
      repo.git('add', '--', path);
    }
    last = commit();
    if (last.code === 0 || /nothing (added )?to commit|no changes added/.test(last.stdout)) return [];
  }
  return [`blocked after ${MOST_ROUNDS} commands:\n${last.stderr}`];
}
