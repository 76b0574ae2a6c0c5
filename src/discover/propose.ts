// From a tree and its history to drafts: directories first, then the remaining files.

import type { CopyEvidence } from './contents.js';
import { findDirectories } from './directories.js';
import { draftFanOut, draftFiles, draftStar } from './drafts.js';
import { findFamilies } from './families.js';
import { findFanOuts } from './fan-outs.js';
import { gatherNamed } from './gather.js';
import { Links } from './links.js';
import { isBoilerplate } from './names.js';
import { type Context, findStars } from './stars.js';
import type { Candidate, Draft, Twins } from './types.js';
import { Votes } from './votes.js';

/** The largest group without a template that is listed file by file. */
const LARGEST_SET = 10;

/** Pure. The drafts in order of explanation; later ones may repeat earlier ones. */
export function draftAll(context: Context): readonly Draft[] {
  const { evidence } = context;
  const stepped = evidence.past?.findStepped() ?? [];
  const directories = findDirectories(evidence, collectVotes(evidence, stepped));
  const stars = findStars(context, directories).flatMap((star) => draftStar(context, star));
  const families = findFamilies(evidence, stepped).filter(isLeftBy(stars));
  const fanOuts = findFanOuts(evidence.tree, families, evidence.limits).map((fanOut) => draftFanOut(context, fanOut));
  const sets = families.flatMap((family) => {
    const files = family.filter(({ size }) => size >= evidence.limits.smallestAlone);
    return files.length > 1 && files.length <= LARGEST_SET ? [draftFiles(context, files)] : [];
  });
  const gathered = [...gatherNamed(evidence.tree, stars), ...fanOuts, ...gatherNamed(evidence.tree, sets)];
  return gathered.filter(({ pairs }) => pairs.length > 0);
}

/** True for a group that the stars do not link completely. */
function isLeftBy(stars: readonly Draft[]): (family: readonly Candidate[]) => boolean {
  const links = new Links();
  for (const { mapped } of stars) for (const [one, other] of mapped) links.link(one, other);
  return ([first, ...others]) => others.some(({ path }) => first !== undefined && !links.areLinked(first.path, path));
}

function collectVotes({ tree, limits }: CopyEvidence, stepped: readonly Twins[]) {
  const votes = new Votes();
  for (const group of tree.groups) {
    const [first] = group;
    if (!first || first.size < limits.smallest || isBoilerplate(first.segments.at(-1) ?? '')) continue;
    for (const twins of pairsIn(group, limits.largestGroup)) votes.add(twins);
  }
  for (const twins of stepped) votes.add(twins);
  return votes.outermost;
}

/** All pairs; of a large group only those with its first file. */
function* pairsIn(group: readonly Candidate[], largest: number): Generator<Twins> {
  const firsts = group.length > largest ? group.slice(0, 1) : group;
  for (const [at, one] of firsts.entries()) for (const other of group.slice(at + 1)) yield [one, other];
}
