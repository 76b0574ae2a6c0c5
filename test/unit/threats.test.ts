import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { currentPage, readRows } from '../../scripts/lab/mutants/page.js';
import { findSafeguards } from '../../scripts/lab/mutants/safeguards.js';

const test = suite('docs/threats.md');
const LAST = { T: 24, R: 25 };

const { attacks, faults } = readRows();
const rows = [...attacks, ...faults];

test('is made from its rows and the registered safeguards (npm run lab -- mutants --page)', () => {
  assert.is(readFileSync('docs/threats.md', 'utf8'), currentPage());
});

test('has a row for each attack and each fault', () => {
  const wanted = Object.entries(LAST).flatMap(([letter, last]) =>
    Array.from({ length: last }, (_, at) => `${letter}${at + 1}`),
  );
  assert.equal(
    rows.map(({ id }) => id),
    wanted,
  );
});

test('names tests that are there, by their own names', () => {
  for (const { id, tests } of rows) {
    assert.ok(tests.length > 0, id);
    for (const { file, name } of tests) {
      const source = readFileSync(file, 'utf8').replaceAll("\\'", "'");
      assert.ok(
        ['"', "'", '`'].some((mark) => source.includes(`${mark}${name}${mark}`)),
        `${file}: ${name}`,
      );
    }
  }
});

test('each safeguard stands for rows that are there', () => {
  const ids = rows.map(({ id }) => id);
  for (const { name, rows: own } of findSafeguards()) for (const id of own) assert.ok(ids.includes(id), name);
});

test.run();
