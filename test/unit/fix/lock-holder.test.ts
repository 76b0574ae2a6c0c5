// What is known of a lock's holder, by what the lock and the system say.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeHolder } from '../../../src/fix/lock-holder.js';

const test = suite("the holder of a store's lock");

const HERE = { boot: 'this', host: 'here', space: 'pid:[9]' };
const HOLDER = { ...HERE, pid: 7, start: '100' };
const NOBODY = { boot: '', host: '', space: '' };

type Shown = 'same' | 'later' | 'zombie' | 'hidden' | 'gone';

/** What the system says of process 7. */
function show(shown: Shown): Parameters<typeof judgeHolder>[3] {
  const start = shown === 'later' ? '200' : '100';
  const seen = shown !== 'hidden' && shown !== 'gone';
  return {
    read: () => (seen ? { start, ended: shown === 'zombie', foreground: false } : undefined),
    answers: () => shown !== 'gone',
  };
}

for (const [what, holder, shown, expected] of [
  ['runs', {}, 'same', 'seen'],
  ['ended; its number has another program now', {}, 'later', 'ended'],
  ['ended; nobody asked for its exit code yet', {}, 'zombie', 'ended'],
  ['is gone', {}, 'gone', 'ended'],
  ['is hidden (hidepid), or this is Windows', {}, 'hidden', 'unseen'],
  ['did not say when it began, and its number is in use', { start: '' }, 'same', 'unseen'],
  ['did not say when it began, and is gone', { start: '' }, 'gone', 'ended'],
  ['had no /proc', { ...NOBODY, start: '' }, 'same', 'unseen'],
  ['wrote its lock with an earlier version', { host: '', space: '' }, 'same', 'seen'],
  ['ran before this boot', { boot: 'before' }, 'same', 'ended'],
  ['ran before this boot, in another container', { boot: 'before', space: 'pid:[1]' }, 'same', 'ended'],
  ['is in a container on this machine', { space: 'pid:[1]' }, 'gone', 'elsewhere'],
  ['is in a container with its own host name', { space: 'pid:[1]', host: 'box' }, 'later', 'elsewhere'],
  ['runs, and the machine got another name', { host: 'earlier' }, 'same', 'seen'],
  ['is on another machine', { boot: 'other', host: 'there' }, 'gone', 'elsewhere'],
  ['is on another machine without boot ids', { ...NOBODY, host: 'there' }, 'gone', 'elsewhere'],
] as const) {
  test(what, () => assert.is(judgeHolder({ ...HOLDER, ...holder }, HERE, false, show(shown)), expected));
}

test('this system does not say which boot it is: the time of the lock tells', () => {
  const here = { ...HERE, boot: '', space: '' };
  for (const boot of ['', 'this']) {
    assert.is(judgeHolder({ ...HOLDER, boot }, here, true, show('same')), 'ended');
    assert.is(judgeHolder({ ...HOLDER, boot }, here, false, show('same')), 'seen');
    assert.is(judgeHolder({ ...HOLDER, boot }, here, false, show('hidden')), 'unseen');
  }
});

test.run();
