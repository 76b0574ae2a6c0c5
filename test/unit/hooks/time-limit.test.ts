// The time limit of pre-receive: what its message says of the work that was done.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { WorkDone, withinLimit } from '../../../hooks/time-limit.js';
import { sayReceiveLimit } from '../../../src/messages/push.js';

const test = suite('the time limit of a received push');
const LIMIT = 'The check took longer than 0.05 s (dosSync.receiveTimeLimit), so the push was refused.';

async function messageAfter(progress: WorkDone): Promise<string> {
  try {
    await withinLimit(0.05, progress, () => new Promise(() => undefined));
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

test('names how much was checked, and what was next', async () => {
  const progress = new WorkDone();
  assert.is(await messageAfter(progress), `${LIMIT} It was still looking for the commits to check.`);
  progress.set(3, 9, 'refs/heads/x');
  assert.is(await messageAfter(progress), `${LIMIT} Commits checked until then: 3 of 9. Next: refs/heads/x.`);
});

test('the counts are in memory that another thread reads', () => {
  const progress = new WorkDone();
  progress.set(3, 9, '');
  assert.ok(progress.counts.buffer instanceof SharedArrayBuffer);
  assert.equal([...progress.counts], [3, 9]);
  const told = { done: '@DONE', all: '@ALL', next: '' };
  assert.match(sayReceiveLimit(1, told), 'Commits checked until then: @DONE of @ALL.');
});

test.run();
