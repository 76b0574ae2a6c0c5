// The tests of random blocked states; several test files share the seeds, so that they run in
// parallel.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RandomShape } from './random-shapes.js';
import { type StateOutcome, tryState } from './random-states.js';

const STATES = 6;

/** One test for each seed from `first`. */
export function testStates(first: number, shapes?: readonly RandomShape[]): void {
  const test = suite(`random blocked states from seed ${first}`);
  const outcomes: StateOutcome[] = [];
  for (let seed = first; seed < first + STATES; seed += 1) {
    test(`seed ${seed}: no printed command is refused, or loses an edit unsaid`, () => {
      const outcome = tryState(seed, shapes);
      outcomes.push(outcome);
      assert.is(outcome.faults.length, 0, `${outcome.story.join('\n')}\n\n${outcome.faults.join('\n')}`);
    });
  }
  test('most of the states are blocked, and all of those led to a commit', () => {
    const blocked = outcomes.filter((outcome) => outcome.blocked);
    assert.ok(blocked.length >= STATES / 2, `${blocked.length} of ${outcomes.length}`);
    assert.ok(blocked.every((outcome) => outcome.committed && outcome.typed > 0));
  });
  test.run();
}
