// Groups files that belong together: equal now, or equal once and edited alike since.

import type { CopyEvidence } from './contents.js';
import { Links } from './links.js';
import type { Candidate, Twins } from './types.js';

export function findFamilies({ tree }: CopyEvidence, stepped: readonly Twins[]): readonly (readonly Candidate[])[] {
  const links = new Links();
  const members = new Set<Candidate>();
  const join = (one: Candidate, other: Candidate) => {
    members.add(one).add(other);
    links.link(one.path, other.path);
  };
  for (const [first, ...others] of tree.groups) for (const other of others) if (first) join(first, other);
  for (const [one, other] of stepped) join(one, other);
  const families = new Map<string, Candidate[]>();
  for (const member of members) {
    const root = links.find(member.path);
    const family = families.get(root);
    if (family) family.push(member);
    else families.set(root, [member]);
  }
  return [...families.values()];
}
