// Selects the file pairs of some paths, in the order of a full listing, without listing the others.

import { groupBy } from '../git/group-by.js';
import { below, type RepoPath } from '../git/path.js';
import { agree, type Binding } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { FilePair, Membership, Rule, Rules } from '../rules/types.js';
import { addInstance, PairSet } from './instance-pairs.js';
import { readInstances } from './instances.js';
import { type Change, readAllPairs, snapshotsOf } from './select.js';

/** Paths below one rule. Without a side all paths of the instances with this binding. */
type Asked = Pick<Membership, 'binding'> & Partial<Pick<Membership, 'side' | 'rest'>>;

/** More paths than this are not worth a listing of their own. */
const MOST_PATHS = 100;

/** The bytes of U+FFFD. Node puts this character where a typed path is not UTF-8. */
const REPLACEMENT = '\xef\xbf\xbd';

/** All pairs with a path at or below one of these, and possibly others. */
export async function readPairsAt(
  rules: Rules,
  change: Change,
  paths: readonly RepoPath[],
): Promise<readonly FilePair[]> {
  const everywhere = paths.some((path) => path === '' || path.includes(REPLACEMENT));
  if (everywhere || paths.length > MOST_PATHS) return readAllPairs(rules, change);
  const found = new PairSet();
  for (const [rule, asked] of askedByRule(rules, paths)) {
    const bindings = asked.map(({ binding }) => binding);
    for (const binding of await readInstances(snapshotsOf(change), rule, bindings)) {
      const own = asked.filter((each) => agree(each.binding, binding));
      const instance = { rule, binding, rest: '' as RepoPath };
      await addInstance(rules, change.after, instance, found, { wants: wantsOf(rules, rule, binding, own) });
    }
  }
  return found.all;
}

/** In the order of the rules. */
function askedByRule(rules: Rules, paths: readonly RepoPath[]): readonly (readonly [Rule, readonly Asked[]])[] {
  const all = paths.flatMap((path): (Asked & Pick<Membership, 'rule'>)[] => [
    ...rules.lookUp(path).map((each) => (each.rest === '' ? { rule: each.rule, binding: each.binding } : each)),
    ...rules.below(path),
  ]);
  return [...groupBy(all, ({ rule }) => rule)].sort(([one], [other]) => one.id - other.id);
}

/** True for what is at, above or below an asked path, or a partner of it. */
function wantsOf(
  rules: Rules,
  rule: Rule,
  binding: Binding,
  asked: readonly Asked[],
): (side: Side, rest: RepoPath) => boolean {
  const rests: Record<Side, RepoPath[]> = { a: [], b: [] };
  for (const { side, rest } of asked) {
    if (side === undefined || rest === undefined) return () => true;
    rests[side].push(rest);
    rests[side === 'a' ? 'b' : 'a'].push(...rules.restsBeside({ rule, side, binding, rest }));
  }
  return (side, rest) => rests[side].some((each) => below(rest, each) !== undefined || below(each, rest) !== undefined);
}
