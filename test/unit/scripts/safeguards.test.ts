// Guards that sources register, and sources without them.

import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findSafeguards, safeguardsIn, withOnly, withoutSafeguard } from '../../../scripts/lab/mutants/safeguards.js';

const test = suite('registered safeguards');

const SOURCE = `export function write(path: string): void {
  // A comment before it.
  // safeguard no-links (T7, R1): a link on the way is not followed (unit/fix/write: a link)
  if (isLink(path)) throw refused(path);
  // safeguard synced: the file is on the disk before it has its name (system/faults)
  sync(path);
  if (other(path)) return;
  const options = [
    '--quiet',
    // safeguard literal: a name is no pattern (unit/fix/write)
    '--literal-pathspecs',
  ];
  for (const path of options) {
    // safeguard thrown: what is not expected ends the work (unit/fix/write)
    throw unexpected(path);
  }
  // safeguard shown: no name acts on a terminal (unit/fix/write)
  return path.replace(UNSAFE, escaped).trim();
}
`;

/** The source without the safeguard of that name. */
function without(name: string): string {
  const found = safeguardsIn('src/a.ts', SOURCE).find((each) => each.name === name);
  assert.ok(found);
  return withoutSafeguard(SOURCE, found);
}

test('name, what, place, rows and test of each', () => {
  const [links, synced, ...others] = safeguardsIn('src/a.ts', SOURCE);
  assert.equal(links, {
    name: 'no-links',
    what: 'a link on the way is not followed',
    file: 'src/a.ts',
    line: 4,
    rows: ['T7', 'R1'],
    test: 'unit/fix/write',
    begins: 'a link',
  });
  assert.equal(synced, {
    name: 'synced',
    what: 'the file is on the disk before it has its name',
    file: 'src/a.ts',
    line: 6,
    rows: [],
    test: 'system/faults',
    begins: undefined,
  });
  assert.equal(
    others.map(({ name }) => name),
    ['literal', 'thrown', 'shown'],
  );
});

for (const [name, from, to] of [
  ['no-links', 'isLink(path)', 'false'],
  ['synced', 'sync(path);', ';'],
  ['literal', "'--literal-pathspecs',", ''],
  ['thrown', 'throw unexpected(path);', ';'],
  ['shown', 'path.replace(UNSAFE, escaped).trim()', 'path'],
] as const) {
  test(`${name} is taken out, and nothing else changes`, () =>
    assert.is(
      without(name),
      SOURCE.replace(from, () => to),
    ));
}

test('only the tests with that beginning are left', () => {
  const tests =
    "test('a link', run);\nfor (const each of all) {\n  test(\n    `a link, twice`,\n    run,\n  );\n}\ntest('other', run);\n";
  const only = tests.replace("test('a", "test.only('a").replace('test(\n', 'test.only(\n');
  assert.is(withOnly(tests, 'a link'), only);
  assert.throws(() => withOnly(tests, 'a file'), 'no test begins with "a file"');
});

for (const [what, source] of [
  ['without a test', '// safeguard a: b\nif (c) throw d;\n'],
  ['above a declaration', '// safeguard a: b (unit/x)\nconst c = d;\n'],
  ['with a capital', '// safeguard aB: b (unit/x)\nif (c) throw d;\n'],
] as const) {
  test(`a registration ${what} is an error`, () => assert.throws(() => safeguardsIn('src/a.ts', source), 'src/a.ts'));
}

test('those of this project have names of their own, and tests that are there', () => {
  for (const { name, test: file, begins } of findSafeguards()) {
    assert.ok(existsSync(`test/${file}.test.ts`), name);
    if (begins !== undefined) withOnly(readFileSync(`test/${file}.test.ts`, 'utf8'), begins);
  }
});

test.run();
