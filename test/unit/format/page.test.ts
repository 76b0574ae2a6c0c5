// The page of `graph --format html`: what it says first, and that no name acts in it.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatHtml } from '../../../src/format/graph-html.js';
import { POLICY, SCRIPT } from '../../../src/format/page-script.js';
import { orderRows } from '../../../src/format/place-order.js';
import { buildPlaces } from '../../../src/format/places.js';
import { pathFromText } from '../../../src/git/path.js';
import { isOutOfSync } from '../../../src/judge/types.js';
import { commandsIn, HOSTILE_NAMES } from '../../support/hostile.js';
import { bothSides, type Files, judgeAll, LIVE_RELEASE, rulesOf } from '../../support/states.js';

const test = suite('the page of the graph');

async function pageOf(manifest: object, files: Files, repository = 'here'): Promise<string> {
  const verdicts = await judgeAll(manifest, files);
  const table = orderRows(buildPlaces(rulesOf(manifest), verdicts));
  const outOfSync = verdicts.filter(isOutOfSync).map((verdict) => ({ verdict, command: 'diff x' }));
  const record = { commit: 'c'.repeat(40), time: '2026-01-31T00:00:00Z', author: repository, subject: repository };
  const newest = [{ ...record, introduced: [{ a: repository, b: repository }] }] as never;
  return formatHtml({ repository, table, outOfSync, subtitle: 'The working tree', timeline: [], newest }).join('\n');
}

/** The tags of the page but for the script's text, with the names of their attributes. */
function tagsOf(page: string): string {
  const names = [
    ...page
      .replace(SCRIPT, '')
      .replaceAll('<wbr>', '')
      .matchAll(/<(!?\w+)((?: [\w-]+(?:="[^"<>]*")?)*)\/?>/g),
  ].map(([tag]) => tag);
  return names.map((tag) => tag.replace(/="[^"]*"/g, '')).join('\n');
}

test('no name of a file, a repository, an author or a commit changes the page or acts in a log', async () => {
  const pairs = { pairs: [{ a: 'a', b: 'b' }] };
  const names = [...HOSTILE_NAMES, '"><script>alert(1)</script>', "' onmouseover='alert(1)", '</title><b>', '&lt;'];
  for (const name of names) {
    const files = (each: string) => ({ [pathFromText(`a/${each}`)]: '1', [pathFromText(`b/${each}`)]: '2' });
    const [plain, hostile] = [await pageOf(pairs, files('x'), 'x'), await pageOf(pairs, files(name), name)];
    assert.is(tagsOf(hostile), tagsOf(plain), name);
    assert.equal(commandsIn(hostile), commandsIn(plain), name);
  }
});

test('the script allows only itself, and holds no name', async () => {
  const page = await pageOf(LIVE_RELEASE, bothSides({ x: ['1', '2'] }));
  assert.is(page.split('<script>').length, 2);
  assert.match(page, `<script>${SCRIPT}</script></body></html>`);
  assert.match(page, `content="${POLICY}"`);
});

for (const [says, manifest, files] of [
  ['1 of 1 is out of sync.', LIVE_RELEASE, bothSides({ x: ['1', '2'] })],
  ['Everything is in sync.', LIVE_RELEASE, bothSides({ x: ['1', '1'] })],
  ['Nothing is out of sync; 1 of 1 was not checked.', LIVE_RELEASE, {}],
  ['There is nothing to compare.', {}, {}],
] as const) {
  test(`it says first: ${says}`, async () => {
    const page = await pageOf(manifest, files);
    assert.is(/<p class="state[^>]*>([^<]*)</.exec(page)?.[1], says);
  });
}

test.run();
