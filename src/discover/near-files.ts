// Reads the texts of HEAD that could be near-copies.

import { isText, LARGEST_TEXT } from '../differences/text-rule.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import { baseOf, parentOf } from '../git/path.js';
import type { TreeFile } from '../git/tree-files.js';
import { isAsset, isBoilerplate } from './names.js';
import { hashLines } from './near-lines.js';
import { groupByName } from './near-pairs.js';
import type { NearText } from './near-types.js';
import { isRecorded } from './places.js';
import { isCandidate } from './tree.js';

const MOST_FILES = 20_000;
const MOST_BYTES = 256 * 1024 * 1024;
/** Lines that say something; a shorter file is no copy. */
const FEWEST_LINES = 3;
/** Contents that are asked for at once. */
const BATCH = 200;

/** Groups of texts with one name; `skipped`: files that were too many. */
export async function readNearFiles(
  objects: ObjectReader,
  files: readonly TreeFile[],
): Promise<{ readonly groups: readonly (readonly NearText[])[]; readonly skipped: number }> {
  const named = groupByName(files.filter(isWritten)).filter((group) => new Set(group.map(({ oid }) => oid)).size > 1);
  const all = [...named].sort((one, other) => one.length - other.length).flat();
  const some = all.slice(0, MOST_FILES);
  const { lines, skipped } = await readLines(objects, [...new Set(some.map(({ oid }) => oid))]);
  const texts = some.flatMap(({ path, mode, oid }): NearText[] => {
    const known = lines.get(oid);
    return known ? [{ path, mode, oid, lines: known }] : [];
  });
  return { groups: groupByName(texts), skipped: skipped + all.length - some.length };
}

/** A file that the project's people write, and not every project has. */
function isWritten(file: TreeFile): boolean {
  const name = baseOf(file.path);
  return isCandidate(file) && !isBoilerplate(name) && !isAsset(name) && !isRecorded(parentOf(file.path));
}

async function readLines(objects: ObjectReader, oids: readonly Oid[]) {
  const lines = new Map<Oid, Int32Array>();
  const fitting = await fittingOf(objects, oids);
  for (let start = 0; start < fitting.length; start += BATCH) {
    await Promise.all(
      fitting.slice(start, start + BATCH).map(async (oid) => {
        const content = (await objects.contents(oid))?.content;
        const hashes = content && isText(content) ? hashLines(content) : undefined;
        if (hashes && hashes.length >= FEWEST_LINES) lines.set(oid, hashes);
      }),
    );
  }
  return { lines, skipped: fitting.skipped };
}

/** Those that are small enough, up to a sum. */
async function fittingOf(objects: ObjectReader, oids: readonly Oid[]) {
  const infos = await Promise.all(oids.map((oid) => objects.info(oid)));
  const small = infos.flatMap((info) => (info && info.size <= LARGEST_TEXT ? [info] : []));
  let bytes = 0;
  const fitting = small.filter(({ size }) => {
    bytes += size;
    return bytes <= MOST_BYTES;
  });
  return Object.assign(
    fitting.map(({ oid }) => oid),
    { skipped: small.length - fitting.length },
  );
}
