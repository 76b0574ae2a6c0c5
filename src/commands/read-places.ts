// The table of copies, and what was judged for it.

import type { PlaceTable } from '../format/place-table.js';
import { buildCountedPlaces, buildPlaces } from '../format/places.js';
import { alikeByKey, checkUnlike, type Differences } from '../judge/check-whole.js';
import { check } from '../judge/judge-pairs.js';
import type { Opened } from './scope.js';

interface Places extends Differences {
  readonly table: PlaceTable;
}

/** Equal directories are counted, unless the table shows a part of one. */
export async function readPlaces({ rules, change }: Pick<Opened, 'rules' | 'change'>): Promise<Places> {
  const counted = await checkUnlike(rules, change);
  const table = buildCountedPlaces(rules, counted);
  if (table) return { table, verdicts: counted.verdicts, alike: alikeByKey(counted.instances) };
  const verdicts = await check(rules, change);
  return { table: buildPlaces(rules, verdicts), verdicts, alike: new Map() };
}
