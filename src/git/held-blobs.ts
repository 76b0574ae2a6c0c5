// Keeps git from dropping blobs that no index names yet. gc first looks at the index, and later
// drops what was not in it: a blob written in between is lost, unless it is in a kept pack.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openNew, openToRead, withFile } from '../disk/durable.js';
import { errorCode } from '../disk/error-code.js';
import type { Oid } from './oid.js';
import { bytesOf, type RepoPath } from './path.js';
import { objectsOf, type Repository } from './repository.js';
import { type Git, gitFailed, runGitSync } from './run.js';
import { runWriting } from './write.js';

const PRIVATE = 0o600;

/** A blob for the index entry of a path. */
export interface PathBlob {
  readonly path: RepoPath;
  readonly oid: Oid;
}

/** The blobs that HEAD does not have at the same path: gc drops nothing that HEAD has. */
export function notInHead(git: Git, blobs: readonly PathBlob[]): readonly PathBlob[] {
  if (blobs.length === 0) return [];
  const names = blobs.flatMap(({ path }) => [Buffer.from('HEAD:'), bytesOf(path), Buffer.from('\0')]);
  const args = ['cat-file', '--batch-check=%(objectname)', '-z'];
  const result = runGitSync(git, args, { input: Buffer.concat(names) });
  if (result.code !== 0) throw gitFailed(args, result);
  const ids = new Set(result.stdout.toString('latin1').split('\n'));
  return blobs.filter(({ oid }) => !ids.has(oid));
}

/**
 * Packs the blobs, which have to be in the store, and keeps the pack until the returned function is
 * called. `owner`: a word that names the writer, of which there is one at a time; `temporary`: the
 * absolute path of a file to use meanwhile.
 * @throws Fault `git` if a blob is not there.
 */
export function holdBlobs(repository: Repository, oids: readonly Oid[], owner: string, temporary: string): () => void {
  if (oids.length === 0) return () => undefined;
  try {
    packInto(repository.git, oids, temporary);
    const kept = keepPack(repository, owner, temporary);
    return () => (kept === undefined ? undefined : rmSync(kept, { force: true }));
  } finally {
    rmSync(temporary, { force: true });
  }
}

function packInto(git: Git, oids: readonly Oid[], file: string): void {
  rmSync(file, { force: true });
  withFile(openNew(file, PRIVATE), (output) => {
    const input = Buffer.from(oids.map((oid) => `${oid}\n`).join(''));
    // Deltas would cost more than they save.
    const args = ['pack-objects', '-q', '--stdout', '--window=0'];
    const result = runGitSync(git, args, { input, output });
    if (result.code !== 0) throw gitFailed(args, result);
  });
}

/**
 * git makes the pack's `.keep` before the pack. @returns its path; undefined if somebody else keeps
 * the same pack.
 */
function keepPack(repository: Repository, owner: string, file: string): string | undefined {
  const args = ['index-pack', '--stdin', `--keep=${messageOf(owner)}`];
  const result = withFile(openToRead(file), (input) => runWriting(repository.git, args, { input }));
  if (result.code !== 0) throw gitFailed(args, result);
  const [, id] = /^keep\t([0-9a-f]+)$/m.exec(result.stdout.toString('latin1')) ?? [];
  return id === undefined ? undefined : join(packsOf(repository), `pack-${id}.keep`);
}

/** Lets go what a killed process with that name still keeps. */
export function letGoHeldBlobs(repository: Repository, owner: string): void {
  const packs = packsOf(repository);
  for (const name of existsSync(packs) ? readdirSync(packs) : []) {
    const path = join(packs, name);
    if (name.endsWith('.keep') && readMessage(path) === messageOf(owner)) rmSync(path);
  }
}

/** Undefined if it is gone, or another user's: git lets nobody else read it. */
function readMessage(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function messageOf(owner: string): string {
  return `dos-sync ${owner}`;
}

function packsOf(repository: Repository): string {
  return join(objectsOf(repository), 'pack');
}
