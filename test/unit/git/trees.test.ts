import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Oid } from '../../../src/git/oid.js';
import { parseTree } from '../../../src/git/records.js';

const test = suite('the content of a tree object');

function content(bytes: number, ...entries: string[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => [Buffer.from(`${entry}\0`, 'latin1'), Buffer.alloc(bytes, 0x2f)]));
}

const SHA1 = 'a'.repeat(40) as Oid;
const SHA256 = 'a'.repeat(64) as Oid;

test('names and modes, in ids of either length', () => {
  for (const tree of [SHA1, SHA256]) {
    const found = parseTree(tree, content(tree.length / 2, '100644 f', '40000 f.d', '120000 \xe9'));
    assert.equal(
      [...found].map(([name, { mode, oid }]) => [name, mode, oid.length]),
      [
        ['f', '100644', tree.length],
        ['f.d', '040000', tree.length],
        ['\xe9', '120000', tree.length],
      ],
    );
  }
});

const DAMAGED: readonly (readonly [string, readonly string[], string])[] = [
  ['two files', ['100644 f', '100644 f'], 'contains the name f twice'],
  ['two directories', ['40000 d', '40000 d'], 'contains the name d twice'],
  ['a file and a directory, in the order of git', ['100644 a', '100644 a.b', '40000 a'], 'contains the name a twice'],
  ['a slash', ['100644 web/x'], 'contains the name web/x, which has a slash in it'],
  ['a slash alone', ['40000 /'], 'which has a slash in it'],
  ['a name with a line break', ['100644 a\nb', '100644 a\nb'], 'contains the name a\\nb twice'],
];

for (const [name, entries, words] of DAMAGED) {
  test(`damaged: ${name}`, () => {
    assert.throws(
      () => parseTree(SHA1, content(20, ...entries)),
      (error: Error) => error.message.includes(words) && error.message.includes(SHA1),
    );
  });
}

test('truncated input is an error', () => {
  assert.throws(() => parseTree(SHA1, Buffer.from('100644 f')), /cannot be read/);
});

test.run();
