import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Progress } from '../../../src/commands/progress.js';

const test = suite('progress');

/** A display with a manual clock. */
function display(isTerminal: boolean) {
  const written: string[] = [];
  const clock = { time: 0 };
  return { isTerminal, written, clock, write: (text: string) => written.push(text), now: () => clock.time };
}

test('nothing is shown in the first second, then a line that is rewritten, at most five times a second', () => {
  const screen = display(true);
  const progress = new Progress(screen);
  progress.step();
  screen.clock.time = 999;
  progress.step();
  assert.equal(screen.written, []);
  screen.clock.time = 1000;
  progress.step();
  progress.total = 12_000;
  screen.clock.time = 1100;
  progress.step();
  screen.clock.time = 1200;
  progress.step();
  assert.equal(screen.written, ['\r\u001b[Kdos-sync: 3 commits', '\r\u001b[Kdos-sync: 5 of 12,000 commits']);
});

test('the line is cleared once, and only if there is one', () => {
  const screen = display(true);
  const progress = new Progress(screen);
  progress.clear();
  screen.clock.time = 2000;
  progress.step();
  progress.clear();
  progress.clear();
  assert.equal(screen.written.slice(1), ['\r\u001b[K']);
});

test('without a terminal nothing is ever shown', () => {
  const screen = display(false);
  const progress = new Progress(screen);
  screen.clock.time = 5000;
  progress.step();
  progress.clear();
  assert.equal(screen.written, []);
});

test.run();
