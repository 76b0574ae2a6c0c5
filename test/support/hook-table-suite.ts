// The tests of one place of the hook table.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FORMS, formatRows, observe, Place, type PlaceName, type Row, tableIn } from './hook-table.js';

export function testPlace(name: PlaceName): void {
  const test = suite(`the hook table, ${name}`);
  const rows: Row[] = [];
  let place: Place;

  test.before(() => {
    place = new Place(name);
  });
  test.after(() => place.remove());

  test('install installs the hooks', () => {
    assert.is(place.installed.code, 0, place.installed.stderr);
  });

  for (const form of FORMS) {
    const caught = form.caught === 'hook' ? 'is stopped by the hook' : 'goes through, and the next push catches it';
    test(form.caught === 'nothing to catch' ? form.name : `${form.name}: one side alone ${caught}`, () => {
      const row = observe(place, form);
      rows.push(row);
      assert.is(row.inStep.code, 0, row.inStep.stderr);
      assert.not.match(row.inStep.stderr, 'dos-sync');
      assert.is(row.inStep.pushed.code, 0, row.inStep.pushed.stderr);
      assert.is(row.apart.committed, form.caught === 'push', row.apart.stderr);
      assert.is(row.apart.code === 0, form.caught !== 'hook', row.apart.stderr);
      if (form.caught === 'hook') assert.match(row.apart.stderr, /live\/skill\.md .*release\/skill\.md/);
      else assert.is(row.apart.pushed?.code, form.caught === 'push' ? 1 : 0, row.apart.pushed?.stderr);
      if (form.caught === 'push') {
        assert.match(row.apart.pushed?.stderr ?? '', 'live/skill.md and its copy release/skill.md differ');
      }
      assert.equal(row.pushHooks, ['pre-push']);
    });
  }

  test('docs/compatibility.md is current: else npm run lab -- compatibility', () => {
    assert.is(tableIn(readFileSync('docs/compatibility.md', 'utf8'), name), formatRows(rows));
  });

  test.run();
}
