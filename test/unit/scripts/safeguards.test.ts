// Guards that sources register, and sources without them.

import { existsSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findSafeguards, safeguardsIn, withoutSafeguard } from '../../../scripts/lab/mutants/safeguards.js';

const test = suite('registered safeguards');

const SOURCE = `export function write(path: string): void {
  // A comment before it.
  // safeguard no-links: a link on the way is not followed (unit/fix/write)
  if (isLink(path)) throw refused(path);
  // safeguard synced: the file is on the disk before it has its name (system/faults)
  sync(path);
  if (other(path)) return;
}
`;

test('name, what, place and test of each', () => {
  assert.equal(safeguardsIn('src/a.ts', SOURCE), [
    { name: 'no-links', what: 'a link on the way is not followed', file: 'src/a.ts', line: 4, test: 'unit/fix/write' },
    {
      name: 'synced',
      what: 'the file is on the disk before it has its name',
      file: 'src/a.ts',
      line: 6,
      test: 'system/faults',
    },
  ]);
});

test('an if never holds, a call is not made, and nothing else changes', () => {
  const [links, synced] = safeguardsIn('src/a.ts', SOURCE);
  assert.ok(links && synced);
  assert.is(withoutSafeguard(SOURCE, links), SOURCE.replace('isLink(path)', 'false'));
  assert.is(withoutSafeguard(SOURCE, synced), SOURCE.replace('sync(path);', ';'));
});

for (const [what, source] of [
  ['without a test', '// safeguard a: b\nif (c) throw d;\n'],
  ['above a declaration', '// safeguard a: b (unit/x)\nconst c = d;\n'],
  ['with a capital', '// safeguard aB: b (unit/x)\nif (c) throw d;\n'],
] as const) {
  test(`a registration ${what} is an error`, () => assert.throws(() => safeguardsIn('src/a.ts', source), 'src/a.ts'));
}

test('those of this project have names of their own, and tests that are there', () => {
  for (const safeguard of findSafeguards()) assert.ok(existsSync(`test/${safeguard.test}.test.ts`), safeguard.name);
});

test.run();
