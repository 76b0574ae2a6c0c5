import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('docs/threats.md');
const LAST = { T: 24, R: 25 };

const rows = readFileSync('docs/threats.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| [TR]\d+ /.test(line));

test('has a row for each attack and each fault', () => {
  const ids = rows.map((row) => /^\| (\S+) /.exec(row)?.[1]);
  const wanted = Object.entries(LAST).flatMap(([letter, last]) =>
    Array.from({ length: last }, (_, at) => `${letter}${at + 1}`),
  );
  assert.equal(ids, wanted);
});

test('names tests that are there, by their own names', () => {
  for (const row of rows) {
    const cited =
      row
        .split(' | ')
        .at(-1)
        ?.replace(/\s*\|\s*$/, '')
        .split('<br>') ?? [];
    assert.ok(cited.length > 0, row);
    for (const each of cited) {
      const [, file = '', name = ''] = /^\[[^\]]+\]\(\.\.\/([^)]+)\): (.+)$/.exec(each) ?? [];
      const source = readFileSync(file, 'utf8').replaceAll("\\'", "'");
      assert.ok(
        ['"', "'", '`'].some((mark) => source.includes(`${mark}${name}${mark}`)),
        `${file}: ${name}`,
      );
    }
  }
});

test.run();
