// What `add` requires of a new pair: both sides exist and can be compared.

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Person, wordFor } from '../format/person.js';
import { pathFromText, textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { check } from '../judge/judge-pairs.js';
import { namesOf, pathOf } from '../manifest/sides.js';
import type { Manifest } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { type LackingSide, sayHowToAdd, sayLacking, sayNoCommonName, sayTyped } from '../messages/init.js';
import type { Rule } from '../rules/types.js';
import { hasAny, readInstances } from '../snapshot/instances.js';
import type { Snapshot } from '../snapshot/types.js';
import { nearestSide } from './nearest-path.js';
import { type Opened, openWorktreeBy } from './scope.js';

/** The pair as typed, the user, and whether a side may be missing. */
export interface Typed {
  readonly a: string;
  readonly b: string;
  readonly person: Person;
  readonly missing: boolean;
  /** The other options, as shell words. */
  readonly options: readonly string[];
}

/**
 * Requires it of the manifest's last pair.
 * @throws Fault `usage` with the nearest existing names if a side is missing; `manifest` for a file
 * beside a directory.
 */
export async function requireSides(place: Workplace, manifest: Manifest, typed: Typed): Promise<void> {
  const opened = await openWorktreeBy(place, { ...manifest, pairs: manifest.pairs.slice(-1), aliases: [] });
  const { rules, change } = opened;
  if (!typed.missing) for (const rule of rules.all) await requirePresent(place, opened, rule, typed);
  await check(rules, change);
}

async function requirePresent(place: Workplace, { change }: Opened, rule: Rule, typed: Typed): Promise<void> {
  const lacking = await readLacking(place, change.after, rule);
  if (lacking.length > 0) {
    const words = (['a', 'b'] as const).map((side) => wordOf(typed, side, lacking));
    throw new Fault('usage', sayLacking(lacking), sayHowToAdd(typed.person.program, typed, words));
  }
  if (rule.shape === 'plain' || rule.a.outside || rule.b.outside) return;
  if ((await readInstances([change.after], rule)).length > 0) return;
  throw new Fault('usage', sayNoCommonName(rule.key, rule.shape), sayHowToAdd(typed.person.program, typed, []));
}

/** The sides without files. An empty directory counts as a side if the other one has files. */
async function readLacking(place: Workplace, snapshot: Snapshot, rule: Rule): Promise<readonly LackingSide[]> {
  const { top } = place.repository;
  const lacking: LackingSide[] = [];
  let empty = 0;
  for (const side of ['a', 'b'] as const) {
    const declared = rule[side];
    if (await hasAny(snapshot, declared)) continue;
    const isTemplate = namesOf(declared).length > 0;
    const isEmpty = !isTemplate && isDirectory(join(top, textOf(pathOf(declared))));
    if (isEmpty) empty += 1;
    const nearest = isEmpty ? undefined : await nearestSide(place.repository, declared);
    const why = isEmpty ? 'empty' : isTemplate && nearest === declared.text ? 'no-match' : 'absent';
    lacking.push({ side, text: declared.text, why, nearest });
  }
  return lacking.length === 1 && empty === 1 ? [] : lacking;
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The corrected side to type; undefined if nothing similar exists. */
function wordOf(typed: Typed, side: 'a' | 'b', lacking: readonly LackingSide[]): string | undefined {
  const found = lacking.find((each) => each.side === side);
  if (!found) return sayTyped(typed[side]);
  if (found.why !== 'absent' || found.nearest === undefined) return undefined;
  return wordFor(typed.person)(pathFromText(found.nearest));
}
