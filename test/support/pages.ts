// Measures of a page in a browser: what overflows, what has too little contrast, how two pictures
// differ.

import { readFileSync } from 'node:fs';
import type { Browser } from '../../scripts/lab/screenshots/browser.js';

const IN_PAGE = readFileSync('test/support/in-page.js', 'utf8').trim().replace(/;$/, '');

/** How many pixels the page is wider than its window. */
export function overflowOf(browser: Browser): Promise<number> {
  return browser.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

/** Texts with less contrast than WCAG AA asks for. */
export function faintTexts(browser: Browser): Promise<readonly string[]> {
  return browser.evaluate(`${IN_PAGE}.findFaint(4.5)`);
}

/** The share of the area in which two PNGs differ clearly. */
export function differenceOf(browser: Browser, one: Buffer, other: Buffer): Promise<number> {
  const urls = [one, other].map((each) => `data:image/png;base64,${each.toString('base64')}`);
  return browser.evaluate(`${IN_PAGE}.compare(${JSON.stringify(urls)})`);
}
