// Reads a snapshot's manifest and its rules.

import { modeOf } from '../git/entry.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { readManifestBlob } from '../manifest/read.js';
import { MANIFEST_NAME, MANIFEST_PATH, type Manifest } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { buildRules } from '../rules/build.js';
import type { Rules } from '../rules/types.js';
import type { Snapshot } from './types.js';

/**
 * The manifest in a snapshot; undefined if there is none. @throws Fault `manifest` if it is
 * invalid.
 */
export async function readManifestIn(snapshot: Snapshot, objects: ObjectReader): Promise<Manifest | undefined> {
  const entry = await snapshot.readEntry(MANIFEST_PATH);
  if (entry.kind === 'absent') return undefined;
  if (entry.kind === 'directory')
    throw new Fault('manifest', `${MANIFEST_NAME} is a directory.`, 'put the manifest there');
  if (entry.kind === 'unread') throw new Fault('bug', 'the manifest is looked for inside a submodule.');
  return readManifestBlob(objects, { mode: modeOf(entry), oid: entry.oid });
}

/** Parses each manifest once, so that snapshots with the same manifest share their rules. */
export class RulesReader {
  readonly #objects: ObjectReader;
  readonly #known = new Map<Oid, Rules>();

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /** Undefined if there is no manifest. @throws Fault `manifest` if it is invalid. */
  async read(snapshot: Snapshot): Promise<Rules | undefined> {
    const entry = await snapshot.readEntry(MANIFEST_PATH);
    const oid = entry.kind === 'file' ? entry.oid : undefined;
    const known = oid && this.#known.get(oid);
    if (known) return known;
    const manifest = await readManifestIn(snapshot, this.#objects);
    const rules = manifest && buildRules(manifest);
    if (rules && oid) this.#known.set(oid, rules);
    return rules;
  }

  /** The rules before a change; an absent or invalid manifest has none. */
  async readOld(snapshot: Snapshot | undefined): Promise<Rules | undefined> {
    try {
      return snapshot && (await this.read(snapshot));
    } catch (error) {
      if (Fault.is(error) && error.kind === 'manifest') return undefined;
      throw error;
    }
  }
}
