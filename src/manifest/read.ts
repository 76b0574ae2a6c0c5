// Reads the manifest: a blob in the index or a commit, or the file in the working tree.

import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObjectReader } from '../git/objects.js';
import type { TreeEntry } from '../git/records.js';
import { Fault } from '../messages/fault.js';
import { formatProblems, sayNotAFile, tooLarge } from '../messages/manifest.js';
import { missingHere } from '../messages/trees.js';
import { parseManifest } from './parse.js';
import { LARGEST_MANIFEST, MANIFEST_NAME, type Manifest } from './types.js';

/**
 * @throws Fault `manifest` unless it is a regular file with a valid manifest; `git` if the blob is
 * not in the store.
 */
export async function readManifestBlob(objects: ObjectReader, { mode, oid }: TreeEntry): Promise<Manifest> {
  // safeguard linked-manifest (T14): a link is no manifest (e2e/attacks: T14: a staged)
  if (!mode.startsWith('100')) throw notAFile(mode === '120000' ? 'link' : 'directory');
  const known = await objects.info(oid);
  if (!known) throw missingHere(`The manifest's object ${oid}`);
  if (known.size > LARGEST_MANIFEST) throw tooLarge();
  const blob = await objects.contents(oid);
  return parsed(blob?.content ?? new Uint8Array());
}

/**
 * The working tree's manifest; undefined if there is none. @throws Fault as
 * {@link readManifestBlob}.
 */
export function readManifestFile(top: string): { readonly manifest: Manifest; readonly source: string } | undefined {
  return readManifestAt(join(top, MANIFEST_NAME));
}

/** As {@link readManifestFile}, for any file that the user names. */
export function readManifestAt(path: string): { readonly manifest: Manifest; readonly source: string } | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  // safeguard odd-manifest (T14): a link on disk is no manifest (e2e/attacks: T14)
  if (!stat.isFile()) throw notAFile(stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'directory' : 'special');
  if (stat.size > LARGEST_MANIFEST) throw tooLarge();
  const source = readFileSync(path);
  return { manifest: parsed(source), source: source.toString('utf8') };
}

function parsed(source: Uint8Array): Manifest {
  const result = parseManifest(source);
  if (result.ok) return result.manifest;
  throw new Fault('manifest', formatProblems(MANIFEST_NAME, result.problems), `edit ${MANIFEST_NAME}, and stage it`);
}

function notAFile(kind: 'link' | 'directory' | 'special'): Fault {
  return new Fault('manifest', sayNotAFile(kind), 'put a regular file there');
}
