import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseStatus } from '../../../src/git/status.js';
import { Fault } from '../../../src/messages/fault.js';

const test = suite('what git status prints');
const [ONE, TWO, NONE] = ['1'.repeat(40), '2'.repeat(40), '0'.repeat(40)];
const parse = (...records: string[]) => parseStatus(Buffer.from(records.map((each) => `${each}\0`).join(''), 'latin1'));

test('headers, changes, unmerged and untracked paths, whatever bytes their names have', () => {
  const { commit, changes, untracked } = parse(
    `# branch.oid ${ONE}`,
    '# branch.head main',
    `1 M. N... 100644 100755 100755 ${ONE} ${TWO} a b`,
    `1 .D N... 100644 100644 000000 ${ONE} ${ONE} \xe9\n1 x`,
    `u UU N... 100644 100755 100644 100644 ${ONE} ${TWO} ${ONE} c d`,
    '? ? x',
    '? nested/',
  );
  assert.is(commit, ONE);
  assert.equal(
    changes.map(({ path, index, worktreeMode, dirty, unmerged }) => [path, index, worktreeMode, dirty, unmerged]),
    [
      ['a b', { mode: '100755', oid: TWO }, '100755', false, false],
      ['\xe9\n1 x', { mode: '100644', oid: ONE }, '000000', true, false],
      ['c d', { mode: '100755', oid: TWO }, '100644', true, true],
    ],
  );
  assert.equal(untracked, ['? x', 'nested/']);
});

test('before the first commit there is none', () => {
  assert.is(parse('# branch.oid (initial)', `1 A. N... 000000 100644 100644 ${NONE} ${ONE} a`).commit, undefined);
});

test('anything else is a fault, and so is a truncated record', () => {
  assert.throws(
    () => parse('x y'),
    (error: unknown) => Fault.is(error),
  );
  assert.throws(
    () => parseStatus(Buffer.from('? cut')),
    (error: unknown) => Fault.is(error),
  );
});

test.run();
