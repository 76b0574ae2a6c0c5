// A recorded history: a `git fast-import` stream, loaded into a scratch repository, and its
// manifest.

import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { execa } from 'execa';
import { emptyTree, type Oid, parseOid } from '../../src/git/oid.js';
import type { Repository } from '../../src/git/repository.js';
import { readGit } from '../../src/git/run.js';
import { parseManifest } from '../../src/manifest/parse.js';
import type { Manifest } from '../../src/manifest/types.js';

export interface TraceCommit {
  readonly oid: Oid;
  readonly tree: Oid;
  /** Its first parent's tree. */
  readonly base: Oid;
  /** The commit's original id: its message, 12 digits. */
  readonly original: string;
}

/** Loads the stream, calls `use` with the top level of its repository, and removes everything. */
export async function withTrace<Result>(trace: string, use: (scratch: string) => Promise<Result>): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-replay-'));
  try {
    // Git variables of our own hooks must not reach the scratch repository.
    for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
    await execa('git', ['init', '-q', '-b', 'main', scratch]);
    const file = createReadStream(resolve(trace));
    const input = trace.endsWith('.gz') ? file.pipe(createGunzip()) : file;
    await execa('git', ['-C', scratch, 'fast-import', '--quiet'], { input });
    return await use(scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The first parents of `main`, oldest first. */
export async function readTraceCommits({ git, format }: Repository): Promise<readonly TraceCommit[]> {
  const log = await readGit(git, ['log', '--first-parent', '--reverse', '-z', '--format=%H %T %s', 'main']);
  const lines = log
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '');
  return lines.map((line, at) => {
    const [oid = '', tree = '', original = ''] = line.split(' ');
    const before = lines[at - 1]?.split(' ')[1];
    const base = before === undefined ? emptyTree(format) : parseOid(before);
    return { oid: parseOid(oid), tree: parseOid(tree), base, original: original.slice(0, 12) };
  });
}

/** @throws Error with every problem of the manifest. */
export function parseTraceManifest(source: Uint8Array): Manifest {
  const result = parseManifest(source);
  if (result.ok) return result.manifest;
  throw new Error(JSON.stringify(result.problems, null, 1));
}

export function readTraceManifest(path: string): Manifest {
  return parseTraceManifest(readFileSync(resolve(path)));
}
