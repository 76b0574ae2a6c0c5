// Pairs with nothing to compare: they must be reported, because they can never be out of sync.

import type { Entry } from '../git/entry.js';
import type { RepoPath } from '../git/path.js';
import type { Rule, Rules } from '../rules/types.js';
import { hasAny } from './instances.js';
import type { Snapshot } from './types.js';

/**
 * `neither`: no side exists. `no-copy`: a fan-out without copies, which is fine. `no-match`:
 * something exists, but no name is on both sides, or every file is left out.
 */
export type Emptiness = 'neither' | 'no-copy' | 'no-match';

/** Why no pair of this rule was found. */
async function readEmptiness(snapshot: Snapshot, rule: Rule): Promise<Emptiness> {
  const [a, b] = await Promise.all([hasAny(snapshot, rule.a), hasAny(snapshot, rule.b)]);
  if (rule.shape === 'fanout') return a ? 'no-copy' : 'neither';
  return a || b ? 'no-match' : 'neither';
}

/** The same for each of these rules, by its key. */
export async function readEmpty(snapshot: Snapshot, rules: Iterable<Rule>): Promise<Map<string, Emptiness>> {
  const empty = new Map<string, Emptiness>();
  for (const rule of rules) empty.set(rule.key, await readEmptiness(snapshot, rule));
  return empty;
}

/** The same for every key without pairs; an alias inside a pair is not a rule. */
export async function readAllEmpty(
  { keys, all }: Rules,
  snapshot: Snapshot,
  found: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Emptiness>> {
  const empty = new Map<string, Emptiness>(keys.filter((key) => !found.has(key)).map((key) => [key, 'neither']));
  const known = await readEmpty(
    snapshot,
    all.filter(({ key }) => empty.has(key)),
  );
  for (const [key, why] of known) empty.set(key, why);
  return empty;
}

/** The keys of the pairs whose last file these changes delete. */
export async function readEmptied(
  rules: Rules,
  snapshot: Snapshot,
  changes: ReadonlyMap<RepoPath, Entry>,
): Promise<readonly string[]> {
  const deleted = [...changes].flatMap(([path, entry]) => (entry.kind === 'absent' ? [path] : []));
  const ruleList = new Set(
    deleted.flatMap((path) => [
      ...rules.lookUp(path).map(({ rule }) => rule),
      ...rules.below(path).map(({ rule }) => rule),
    ]),
  );
  const own = [...ruleList].filter(({ exception }) => !exception);
  return [...(await readEmpty(snapshot, own))].flatMap(([key, why]) => (why === 'neither' ? [key] : []));
}
