// From findings to cases: the components around them, and how far a person has been at each of their files.

import { judgeWithEmpty } from './check.js';
import { buildCases, type Case } from './decide/cases.js';
import type { Merge } from './decide/merge.js';
import type { Touches } from './decide/plan.js';
import { type Component, pathsOf, readComponents } from './drift/component.js';
import type { Provenances } from './drift/history.js';
import { isFinding, type Judgement } from './drift/types.js';
import type { Workplace } from './fix/apply.js';
import { isOutside } from './manifest/outside.js';
import { identityOf } from './pairs/identity.js';
import type { PairIndex } from './pairs/types.js';
import { readMerge } from './read-merge.js';
import { HOOK_LIMIT, tellProvenance } from './read-provenance.js';
import { type Ends, requireSameFilters } from './snapshot/filters.js';
import type { Span } from './snapshot/select.js';
import { readTouches, type Writes } from './snapshot/touch.js';

/** Who asks, and what a fix would write. */
export interface Asking {
  readonly asks: 'hook' | 'command';
  readonly writes: Writes;
}

export interface Cases {
  readonly cases: readonly Case[];
  readonly touches: Touches;
  /** What to say where the history could not be read. */
  readonly trouble: readonly string[];
}

/** The cases of these judgements. Reads the index and the working tree of the files that are concerned. */
export async function readCases(
  place: Workplace,
  index: PairIndex,
  span: Span,
  judgements: readonly Judgement[],
  { asks, writes }: Asking,
): Promise<Cases> {
  const components = await readComponents(
    index,
    span,
    (pairs) => judgeWithEmpty(index, span.result, pairs),
    judgements.filter(isFinding),
  );
  const paths = new Set(components.flatMap((component) => [...component.paths]));
  const touches = await readTouches(place, span.result, [...paths], writes);
  const findings = components.flatMap((component) => component.judgements);
  const asked = { judged: writes, ...(asks === 'hook' && { limit: HOOK_LIMIT }) };
  const { provenances, trouble } = await tellProvenance(place, span, findings, asked);
  const merges = asks === 'hook' ? await readMerges(place, index, components, provenances) : new Map();
  return { cases: buildCases(index, components, { touches, provenances, merges, asks }), touches, trouble };
}

/** The merges of what has changed on both sides, where they are clean. */
async function readMerges(
  place: Workplace,
  index: PairIndex,
  components: readonly Component[],
  provenances: Provenances,
): Promise<ReadonlyMap<Component, Merge>> {
  const merges = new Map<Component, Merge>();
  for (const component of components) {
    const apart = component.judgements.some(({ pair }) => provenances.get(identityOf(pair))?.verdict === 'diverged');
    const merge = apart ? await readMerge(place, index, component, provenances) : undefined;
    if (merge?.conflicts.length === 0) merges.set(component, merge);
  }
  return merges;
}

/** @throws Fault `git` where a content differs that git filters differently on the two sides: only then is that asked. */
export async function requireComparable(
  { repository }: Workplace,
  { result }: Span,
  judgements: readonly Judgement[],
  attributes: Writes,
): Promise<void> {
  const ends = judgements.flatMap(({ pair, reason }): Ends[] => {
    // What is outside has no attributes of its own: it is read under its partner's.
    const [a, b, ...others] = pathsOf(pair).filter((path) => !isOutside(path));
    return reason === 'content' && a !== undefined && b !== undefined && others.length === 0 ? [[a, b]] : [];
  });
  await requireSameFilters(repository, ends, attributes, result);
}
