// The repositories that the curves are measured in, by size.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ENVIRONMENT, git, makeRepository, type Pair } from './repositories.js';

/** Commits these files and checks them out. */
function importFiles(top: string, files: ReadonlyMap<string, string>, pairs: readonly Pair[]): void {
  makeRepository(top);
  const manifest = `${JSON.stringify({ pairs, fix_direction: 'live_to_submodule' }, null, 1)}\n`;
  const entries = [...files, ['.dos-sync-manifest.json', manifest] as const];
  const lines = entries.map(([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  const head = 'commit refs/heads/main\ncommitter B <b@example.invalid> 1700000000 +0000\ndata 1\nx\n';
  git(top, ['fast-import', '--quiet'], head + lines.join(''));
  git(top, ['reset', '-q', '--hard']);
  // A file written in the same second as the index would be read again each time.
  spawnSync('sleep', ['1.1']);
  git(top, ['update-index', '-q', '--really-refresh']);
}

const fileOf = (at: number) => `d${at % 200}/f${at}.txt`;

export function makeDirectories(top: string, size: number): void {
  const names = Array.from({ length: size }, (_, at) => fileOf(at));
  const files = names.flatMap((name) => ['live', 'release'].map((side) => [`${side}/${name}`, `${name}\n`] as const));
  importFiles(top, new Map(files), [{ a: 'live', b: 'release' }]);
}

export function makeOwn(top: string, size: number): void {
  const pairs = Array.from({ length: size }, (_, at) => ({ a: `live/d${at}/f`, b: `release/d${at}/f` }));
  const files = pairs.flatMap(({ a, b }) => [a, b].map((path) => [path, `${a}\n`] as const));
  importFiles(top, new Map(files), pairs);
}

export function makeFanOut(top: string, size: number): void {
  const copies = Array.from({ length: size }, (_, at) => `packages/p${at}/LICENSE`);
  const files = ['LICENSE', ...copies].map((path) => [path, 'text\n'] as const);
  importFiles(
    top,
    new Map(files),
    copies.map((b) => ({ a: 'LICENSE', b })),
  );
}

/** Every file has changed on the live side only. */
export function makeDrifted(top: string, size: number): void {
  makeDirectories(top, size);
  for (let at = 0; at < size; at += 1) writeFileSync(join(top, 'live', fileOf(at)), `${at} new\n`);
}

export function makeStaged(top: string, size: number): void {
  makeDrifted(top, size);
  git(top, ['add', 'live']);
}

/** Ten files of so many are staged on one side only. */
export function makeTenStaged(top: string, size: number): void {
  makeDirectories(top, size);
  for (let at = 0; at < 10; at += 1) writeFileSync(join(top, 'live', fileOf(at)), `${at} new\n`);
  git(top, ['add', 'live']);
}

export function makeFixed(top: string, size: number): void {
  makeDrifted(top, size);
  const { status, stderr } = spawnSync(process.execPath, [resolve('dist/cli.js'), 'fix'], {
    cwd: top,
    env: ENVIRONMENT,
  });
  if (status !== 0) throw new Error(stderr.toString());
}
