// Detects pairs that copy in a circle.

import { sayCycle } from '../messages/pairs.js';
import type { Complain } from './complain.js';
import { type Declared, restBelow, standsForFile } from './declared.js';
import { isFanOut, keyOf, placeOf } from './sides.js';
import { PlaceTrie } from './trie.js';

/**
 * Conservative: reports pairs whose targets and sources overlap in a circle, unless exclude breaks
 * a link of it.
 */
export function refuseCycles(declared: readonly Declared[], complain: Complain): void {
  const sources = new PlaceTrie<Declared>();
  for (const each of declared) sources.add(placeOf(each.source), each);
  const done = new Set<Declared>();
  for (const start of declared) {
    const cycle = findCycle(start, sources, done);
    if (!cycle) continue;
    const { message, hint } = sayCycle(cycle.map(keyOf));
    complain(start.at, message, hint);
  }
}

interface CycleStep {
  readonly each: Declared;
  readonly next: Iterator<Declared>;
}

/** Depth first without recursion: a chain may be as long as the manifest. */
function findCycle(start: Declared, sources: PlaceTrie<Declared>, done: Set<Declared>): Declared[] | undefined {
  if (done.has(start)) return undefined;
  const stepTo = (each: Declared): CycleStep => ({ each, next: followers(each, sources) });
  const path: CycleStep[] = [stepTo(start)];
  const onPath = new Set([start]);
  done.add(start);
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const { value, done: exhausted } = top.next.next();
    if (exhausted) {
      onPath.delete(top.each);
      path.pop();
    } else if (onPath.has(value))
      return path.map(({ each }) => each).slice(path.findIndex(({ each }) => each === value));
    else if (!done.has(value)) {
      done.add(value);
      onPath.add(value);
      path.push(stepTo(value));
    }
  }
  return undefined;
}

function* followers(each: Declared, sources: PlaceTrie<Declared>): Generator<Declared> {
  for (const next of sources.overlapping(placeOf(each.target))) {
    if (next === each) continue;
    const [from, to] = [placeOf(each.target), placeOf(next.source)];
    const apart = from.length <= to.length ? each.leavesOut(restBelow(to, from)) : next.leavesOut(restBelow(from, to));
    // safeguard apart: sides that touch are no circle where they stay apart (unit/manifest/parse)
    if (!apart && !(isFanOut(next) && standsForFile(from, to))) yield next;
  }
}
