// Pairs that only the working tree's manifest declares: no hook checks them until it is staged.

import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashObject, type ObjectFormat, type Oid } from '../git/oid.js';
import { Fault } from '../messages/fault.js';
import { readManifestFile } from './read.js';
import { findRenames } from './renames.js';
import { keyOf, nameOfPlace } from './sides.js';
import { type DeclaredAlias, type DeclaredPair, LARGEST_MANIFEST, MANIFEST_NAME, type Manifest } from './types.js';

/**
 * The keys of the unguarded pairs, in the manifest's order; `unreadable` if the working tree's
 * manifest is invalid.
 */
export type Unguarded = readonly string[] | 'unreadable';

/** The manifest that a hook uses, and its blob; undefined if there is none. Read only if needed. */
export interface JudgedManifest {
  readonly oid: Oid | undefined;
  readonly read: () => Promise<Manifest | undefined>;
}

/**
 * Compares the working tree's manifest with the one that the hooks use. Without a file nothing is
 * unguarded.
 */
export async function readUnguarded(top: string, format: ObjectFormat, judged: JudgedManifest): Promise<Unguarded> {
  if (judged.oid !== undefined && isWorkingManifest(top, format, judged.oid)) return [];
  const guarded = await judged.read();
  try {
    const file = readManifestFile(top);
    return file ? findUnguarded(file.manifest, guarded) : [];
  } catch (error) {
    if (Fault.is(error) && error.kind === 'manifest') return 'unreadable';
    throw error;
  }
}

/**
 * True if the working tree's manifest is this blob. Saves the parsing if git stores the file
 * unconverted.
 */
function isWorkingManifest(top: string, format: ObjectFormat, oid: Oid): boolean {
  const path = join(top, MANIFEST_NAME);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > LARGEST_MANIFEST) return false;
  return hashObject(format, 'blob', readFileSync(path)) === oid;
}

/** Pure. Pairs and aliases that are new, leave out fewer files, or have lost their exception. */
export function findUnguarded(working: Manifest, judged: Manifest | undefined): readonly string[] {
  const known = new Map(judged ? guardedBy(judged).map((each) => [placesOf(each), each]) : []);
  const found = guardedBy(working).filter((each) => pairsMore(each, known.get(placesOf(each))));
  const excepted = new Set(working.aliases.filter(({ exception }) => exception).map(placesOf));
  const gone = judged?.aliases.filter((alias) => alias.exception && !excepted.has(placesOf(alias))) ?? [];
  // Without its exception a file must be equal again only if a pair gives it that partner.
  const renames = findRenames(working.pairs, gone);
  const dropped = gone.filter((alias) => renames.get(alias)?.some(({ restA, restB }) => restA === restB));
  return [...new Set([...found, ...dropped].map(keyOf))];
}

type Declared = DeclaredPair | DeclaredAlias;

function guardedBy({ pairs, aliases }: Manifest): readonly Declared[] {
  return [...pairs, ...aliases.filter(({ exception }) => !exception)];
}

function placesOf({ a, b }: Declared): string {
  return `${nameOfPlace(a)}\0${nameOfPlace(b)}`;
}

function pairsMore(working: Declared, judged: Declared | undefined): boolean {
  if (!judged) return true;
  const still = 'exclude' in working ? working.exclude : [];
  return 'exclude' in judged && judged.exclude.some((glob) => !still.includes(glob));
}
