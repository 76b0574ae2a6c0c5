// The page of `graph --format html` in Chromium: wide, narrow, light, dark, and on paper. Needs
// chromium.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Browser, type View } from '../../scripts/lab/screenshots/browser.js';
import { buildExample, PICTURES, VIEWS } from '../../scripts/lab/screenshots/example.js';
import { differenceOf, faintTexts, overflowOf } from '../support/pages.js';

interface Context {
  scratch: string;
  browser: Browser;
  /** With 400 skills. */
  large: string;
}

const test = suite<Context>('the page in a browser');

const NAMES = Array.from({ length: 400 }, (_, at) => `skill-${at + 1}`);
const WIDE: View = { width: 1200, height: 900, scheme: 'light' };
const NARROW: View = { width: 500, height: 900, scheme: 'light' };
const A4: View = { width: 718, height: 1000, scheme: 'dark', media: 'print' };

/** The number of texts that are not whole in the picture. */
const OUTSIDE = `(() => {
  const { left, right } = document.querySelector('svg').getBoundingClientRect();
  const boxes = [...document.querySelectorAll('text')].map((each) => each.getBoundingClientRect());
  return boxes.filter((box) => box.width > 0 && (box.left < left || box.right > right)).length;
})()`;

/** Another font differs by this much; a lost style by more. */
const TOLERANCE = 0.06;

test.before(async (context) => {
  context.browser = await Browser.open();
  context.scratch = mkdtempSync(join(tmpdir(), 'page-'));
  context.large = buildExample(context.scratch, NAMES).page;
});
test.after(async ({ browser, scratch }) => {
  await browser.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** The names of the visible rows. */
function rowsOf(browser: Browser, selector = '#copies tbody tr'): Promise<readonly string[]> {
  const visible = `[...document.querySelectorAll('${selector}')].filter((row) => row.getClientRects().length > 0)`;
  return browser.evaluate(`${visible}.map((row) => row.cells[0].textContent)`);
}

function choose(browser: Browser, search: string, kind = ''): Promise<void> {
  const [words, choice] = [search, kind].map((each) => JSON.stringify(each));
  const form = "document.querySelector('form')";
  const event = `${form}.dispatchEvent(new Event('input'))`;
  return browser.evaluate(`${form}.search.value = ${words}; ${form}.kind.value = ${choice}; void ${event}`);
}

for (const { width, height } of [WIDE, NARROW]) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`400 rows at ${width} pixels, ${scheme}: nothing overflows, every text has contrast`, async (context) => {
      const { browser, large } = context;
      await browser.show(large, { width, height, scheme });
      assert.is(await overflowOf(browser), 0);
      assert.equal(await faintTexts(browser), []);
      await browser.evaluate("for (const each of document.querySelectorAll('details')) each.open = !each.open");
      assert.is(await overflowOf(browser), 0);
      assert.equal(await faintTexts(browser), []);
    });
  }
}

test('rows that are out of sync come first, in natural order; rows are low, and the heading stays', async (context) => {
  const { browser, large } = context;
  await browser.show(large, WIDE);
  const kinds: readonly string[] = await browser.evaluate(
    "[...document.querySelectorAll('#copies tbody tr')].map((row) => row.dataset.kind)",
  );
  const out = kinds.filter((kind) => kind === 'out').length;
  assert.ok(out > 10);
  assert.ok(kinds.every((kind, at) => (kind === 'out') === at < out));
  assert.equal((await rowsOf(browser)).slice(0, 3), ['skill-2', 'skill-18', 'skill-26']);
  const height = "document.querySelector('#copies').offsetHeight / document.querySelector('#copies').rows.length";
  assert.ok((await browser.evaluate<number>(height)) < 30);
  await browser.evaluate('window.scrollTo(0, 6000)');
  assert.is(await browser.evaluate("document.querySelector('#copies th').getBoundingClientRect().top"), 0);
});

test('search and filter leave the rows that match, and say how many', async ({ browser, large }) => {
  await browser.show(large, WIDE);
  const all = await rowsOf(browser);
  assert.is(all.length, 401);
  await choose(browser, 'SKILL-39');
  const found = ['skill-39', ...Array.from({ length: 10 }, (_, at) => `skill-${390 + at}`)];
  assert.equal(await rowsOf(browser), found);
  const count = "document.querySelector('#copies-count').textContent";
  assert.is(await browser.evaluate(count), '11 of 401 rows');
  await choose(browser, 'packages/web');
  assert.equal(await rowsOf(browser), ['LICENSE']);
  await choose(browser, '', 'out');
  const state: string = await browser.evaluate("document.querySelector('.state').textContent");
  assert.is(`${(await rowsOf(browser)).length} of 401 are out of sync.`, state);
  await choose(browser, '');
  assert.equal(await rowsOf(browser), all);
});

test('without its script the page shows everything but the search', async ({ browser, large, scratch }) => {
  const page = readFileSync(large, 'utf8');
  const changed = join(scratch, 'changed.html');
  // The policy does not allow a script with any other text.
  writeFileSync(changed, page.replace('<script>', '<script>document.title = "ran";'));
  await browser.show(changed, WIDE);
  assert.is(await browser.evaluate('document.title'), 'Copies in team-skills');
  assert.is((await rowsOf(browser)).length, 401);
  assert.is(await browser.evaluate("document.querySelector('form').getClientRects().length"), 0);
});

test('on paper: no controls, black on white, every command, and few sheets', async ({ browser, large }) => {
  await browser.show(large, A4);
  assert.is(await overflowOf(browser), 0);
  assert.equal(await faintTexts(browser), []);
  const display = (selector: string) =>
    browser.evaluate(`getComputedStyle(document.querySelector('${selector}')).display`);
  assert.equal(await Promise.all(['form', '.drawing', '#copies thead'].map(display)), [
    'none',
    'none',
    'table-header-group',
  ]);
  assert.is(
    await browser.evaluate("getComputedStyle(document.querySelector('.drifted')).backgroundColor"),
    'rgba(0, 0, 0, 0)',
  );
  const commands = await rowsOf(browser, '#files tbody tr');
  assert.ok(commands.length > 10);
  const pdf = await browser.print();
  const sheets = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  assert.ok(sheets > 2 && sheets < 20, `${sheets} sheets`);
});

test('every chart and picture of the documentation can be read on a light and on a dark page', async (context) => {
  const { browser, scratch } = context;
  const pictures = ['docs/recording.svg', `${PICTURES}/status.svg`, ...globSync('docs/performance-*.svg')];
  assert.ok(pictures.length > 2, 'no chart was found');
  for (const picture of pictures) {
    const page = join(scratch, 'picture.html');
    writeFileSync(page, `<!doctype html><body>${readFileSync(picture, 'utf8')}</body>`);
    for (const scheme of ['light', 'dark'] as const) {
      await browser.show(page, { ...WIDE, scheme });
      // The first rectangle is the ground of the whole picture.
      await browser.evaluate("document.body.style.background = getComputedStyle(document.querySelector('rect')).fill");
      assert.equal(await faintTexts(browser), [], `${picture}, ${scheme}`);
      const outside: number = await browser.evaluate(OUTSIDE);
      assert.is(outside, 0, picture);
    }
  }
});

test('the pictures in the documentation show the page (npm run lab -- screenshots makes them)', async (context) => {
  const { browser, scratch } = context;
  const { page } = buildExample(mkdtempSync(join(scratch, 'example-')));
  const pictures = new Map<string, Buffer>();
  for (const [name, view] of Object.entries(VIEWS)) {
    await browser.show(page, view);
    pictures.set(name, await browser.capture());
  }
  await browser.show('/dev/null', WIDE);
  const [light = Buffer.from(''), dark = Buffer.from('')] = [pictures.get('light'), pictures.get('dark')];
  assert.ok((await differenceOf(browser, light, dark)) > 0.9);
  for (const [name, picture] of pictures) {
    const share = await differenceOf(browser, picture, readFileSync(`${PICTURES}/page-${name}.png`));
    assert.ok(share < TOLERANCE, `${name}: ${share}`);
  }
});

test.run();
