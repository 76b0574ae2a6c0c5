// The cost of a commit as paths, manifests and staged files grow, beside the least that git needs.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  commit,
  ENVIRONMENT,
  git,
  installDosSync,
  makeRepository,
  pathsHalfPaired,
  removeRepository,
  stageManifest,
  stagePaths,
  storeBlob,
} from './repositories.js';
import { type Timed, type Times, timeTogether } from './timer.js';

const BARE =
  'git rev-parse HEAD:.dos-sync-manifest.json >/dev/null; git diff-index --cached --quiet HEAD -- live release';
const FLOOR = 'node -e 0; git diff-index --cached --raw HEAD >/dev/null';

function timed(top: string, name: string, command: string, args: readonly string[], input?: string): Timed {
  return {
    name,
    command,
    args,
    cwd: top,
    env: ENVIRONMENT,
    accept: [0, 1],
    ...(input && { input: Buffer.from(input) }),
  };
}

const hook = (top: string, name: string): Timed => ({
  ...timed(top, name, 'sh', ['.git/hooks/pre-commit']),
  accept: [0],
});

function half(scratch: string, count: number): string {
  const top = makeRepository(join(scratch, `paths-${count}`));
  const blob = storeBlob(top, 'one\n');
  stagePaths(top, pathsHalfPaired(count), blob);
  stageManifest(top, [{ a: 'live', b: 'release' }]);
  commit(top);
  installDosSync(top);
  return top;
}

/** One repository per number of paths: a commit of other files, and one of ten paired files. */
export function timePaths(
  scratch: string,
  count: number,
  rounds: number,
): { untouched: Times; touched: Times; memory: number } {
  const top = half(scratch, count);
  const blob = storeBlob(top, 'two\n');
  const paths = pathsHalfPaired(count);
  stagePaths(top, [paths.at(-1) ?? ''], blob);
  const untouched = timeTogether([timed(top, 'bare hook', 'sh', ['-c', BARE]), hook(top, 'dos-sync')], rounds);
  const staged = Array.from({ length: 5 }, (_, at) => [`live/d0/e0/f${at}.txt`, `release/d0/e0/f${at}.txt`]).flat();
  stagePaths(top, staged, blob);
  const diff = timed(top, 'diff-index', 'git', ['diff-index', '--cached', '--raw', 'HEAD']);
  const touched = timeTogether(
    [diff, timed(top, 'node and diff-index', 'sh', ['-c', FLOOR]), hook(top, 'dos-sync')],
    rounds,
  );
  const memory = peakMemory(scratch, top);
  removeRepository(top);
  return { untouched, touched, memory };
}

/** The peak resident memory of our program in a touched commit, in MB. */
function peakMemory(scratch: string, top: string): number {
  const [note, probe] = [join(scratch, 'rss'), join(scratch, 'rss.cjs')];
  writeFileSync(
    probe,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(note)}, String(process.resourceUsage().maxRSS)));`,
  );
  const env = { ...ENVIRONMENT, NODE_OPTIONS: `--require ${probe}` };
  const { status } = spawnSync('sh', ['.git/hooks/pre-commit'], { cwd: top, env });
  if (status !== 0) throw new Error('the hook failed');
  return Number(readFileSync(note, 'utf8')) / 1024;
}

/** The same 200,000 paths under manifests of 10, 1,000, 100,000 pairs of files: one pair
 * touched. */
export function timeManifests(scratch: string, sizes: readonly number[], rounds: number): Times {
  const most = Math.max(...sizes);
  const tops = sizes.map((size) => {
    const top = makeRepository(join(scratch, `manifest-${size}`));
    const blob = storeBlob(top, 'one\n');
    const names = Array.from({ length: most }, (_, at) => `d${Math.floor(at / 100)}/f${at}`);
    stagePaths(
      top,
      names.flatMap((name) => [`live/${name}`, `release/${name}`]),
      blob,
    );
    stageManifest(
      top,
      names.slice(0, size).map((name) => ({ a: `live/${name}`, b: `release/${name}` })),
    );
    commit(top);
    installDosSync(top);
    stagePaths(top, ['live/d0/f1', 'release/d0/f1'], storeBlob(top, 'two\n'));
    return top;
  });
  const times = timeTogether(
    tops.map((top, at) => hook(top, String(sizes[at]))),
    rounds,
  );
  tops.forEach(removeRepository);
  return times;
}

/** Staged files with partners only in HEAD, beside a cat-file of the same partners. */
export function timeStaged(scratch: string, counts: readonly number[], rounds: number): ReadonlyMap<number, Times> {
  const most = Math.max(...counts);
  const names = Array.from({ length: 10000 }, (_, at) => `d${Math.floor(at / 100)}/f${at}`);
  return new Map(
    counts.map((count) => {
      const top = makeRepository(join(scratch, `staged-${count}`));
      const [old, fresh] = [storeBlob(top, 'one\n'), storeBlob(top, 'two\n')];
      stagePaths(
        top,
        names.map((name) => `release/${name}`),
        fresh,
      );
      stagePaths(
        top,
        names.slice(0, most).map((name) => `live/${name}`),
        old,
      );
      stageManifest(top, [{ a: 'live', b: 'release' }]);
      commit(top);
      installDosSync(top);
      stagePaths(
        top,
        names.slice(0, count).map((name) => `live/${name}`),
        fresh,
      );
      const tree = git(top, ['rev-parse', 'HEAD^{tree}']);
      const asked = names
        .slice(0, count)
        .map((name) => `${tree}:release/${name}\n`)
        .join('');
      const cat = timed(top, 'cat-file', 'git', ['cat-file', '--batch-check'], asked);
      const times = timeTogether(
        [cat, timed(top, 'node and diff-index', 'sh', ['-c', FLOOR]), hook(top, 'dos-sync')],
        rounds,
      );
      removeRepository(top);
      return [count, times];
    }),
  );
}

/** Bytes of each file where the comparison is with hashing. */
const FILE_SIZE = 16 * 1024;
/** The largest count that is hashed. */
const MOST_HASHED = 10_000;

/** `check` of unchanged files, beside git status; for few files also beside hashing them all. */
export function timeChecks(scratch: string, count: number, rounds: number): Times {
  const hashes = count <= MOST_HASHED;
  const top = hashes ? allPaired(scratch, count) : half(scratch, count);
  git(top, ['reset', '-q', '--hard']);
  // A file written in the same second as the index would be read again each time.
  spawnSync('sleep', ['1.1']);
  git(top, ['update-index', '-q', '--really-refresh']);
  const program = resolve('dist/cli.js');
  const check = { ...timed(top, 'check', process.execPath, [program, 'check']), accept: [0] };
  const commands = [timed(top, 'git status', 'git', ['status', '--porcelain']), check];
  if (hashes) {
    const list = `${git(top, ['ls-files', 'live', 'release'])}\n`;
    commands.push(timed(top, 'hash-object', 'git', ['hash-object', '--stdin-paths'], list));
    commands.push(timed(top, 'sha256sum', 'sh', ['-c', 'git ls-files -z live release | xargs -0 sha256sum']));
    commands.push(timed(top, 'sha256 in Node', process.execPath, ['-e', SHA256, top], list));
  }
  // In a larger repository the rounds differ less.
  const times = timeTogether(commands, count >= 1_000_000 ? Math.min(rounds, 5) : rounds);
  removeRepository(top);
  return times;
}

/** What a script without git would do. */
const SHA256 = `
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const sums = new Map();
for (const path of readFileSync(0, 'utf8').split('\\n').filter(Boolean))
  sums.set(path, createHash('sha256').update(readFileSync(process.argv[1] + '/' + path)).digest('hex'));
for (const [path, sum] of sums) if (path.startsWith('live/') && sums.get('release' + path.slice(4)) !== sum) process.exitCode = 1;
`;

/** That many paths, only live/ and release/, each pair with different content. */
function allPaired(scratch: string, count: number): string {
  const top = makeRepository(join(scratch, `paired-${count}`));
  const filler = 'The quick brown fox jumps over the lazy dog.\n'.repeat(Math.ceil(FILE_SIZE / 45)).slice(0, FILE_SIZE);
  for (let at = 0; at < count / 2; at += 1) {
    for (const side of ['live', 'release']) {
      const directory = join(top, side, `d${Math.floor(at / 100)}`);
      mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, `f${at}`), `${at}\n${filler}`);
    }
  }
  git(top, ['add', 'live', 'release']);
  stageManifest(top, [{ a: 'live', b: 'release' }]);
  commit(top);
  return top;
}
