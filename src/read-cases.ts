// From findings to cases: the components around them, and how far a person has been at each of their files.

import { judgeWithEmpty } from './check.js';
import { buildCases, type Case } from './decide/cases.js';
import type { Touches } from './decide/plan.js';
import { readComponents } from './drift/component.js';
import { isFinding, type Judgement } from './drift/types.js';
import type { Workplace } from './fix/apply.js';
import type { PairIndex } from './pairs/types.js';
import type { Span } from './snapshot/select.js';
import { readTouches } from './snapshot/touch.js';

export interface Cases {
  readonly cases: readonly Case[];
  readonly touches: Touches;
}

/** The cases of these judgements. Reads the index and the working tree of the files that are concerned. */
export async function readCases(
  place: Workplace,
  index: PairIndex,
  span: Span,
  judgements: readonly Judgement[],
): Promise<Cases> {
  const components = await readComponents(
    index,
    span,
    (pairs) => judgeWithEmpty(index, span.result, pairs),
    judgements.filter(isFinding),
  );
  const paths = new Set(components.flatMap((component) => [...component.paths]));
  const touches = await readTouches(place.repository, place.objects, [...paths]);
  return { cases: buildCases(index, components, touches), touches };
}
