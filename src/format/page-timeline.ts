// The timeline of the page: the audit of the commits, as bars.

import { BAR_WORDS, sayBar, TIMELINE_HEADING } from '../messages/graph.js';
import { COLOURS } from './graph.js';
import { dayOf, formatLegend } from './page-text.js';
import type { Stretch } from './timeline.js';

const LEFT = 16;
const TIMELINE = { height: 120, bar: 12, gap: 3 };
const BAR_COLOURS = { introduced: COLOURS['!'], resolved: COLOURS['='], kept: COLOURS['+'] };

/** Room for both days. */
const NARROWEST = 220;

/** Introduced drift is above the line, resolved below it; kept pairs are dots on it. */
export function drawTimeline(stretches: readonly Stretch[]): string[] {
  const most = Math.max(1, ...stretches.flatMap(({ introduced, resolved }) => [introduced, resolved]));
  const [half, step] = [TIMELINE.height / 2, TIMELINE.bar + TIMELINE.gap];
  const [width, height] = [Math.max(LEFT + stretches.length * step, NARROWEST), TIMELINE.height + 24];
  const bars = stretches.map(({ from, introduced, resolved, kept }, at) => {
    const x = LEFT + at * step;
    const bar = (y: number, height: number, colour: string) =>
      height > 0 ? `<rect x="${x}" y="${y}" width="${TIMELINE.bar}" height="${height}" fill="${colour}"/>` : '';
    const tall = (count: number) => (count === 0 ? 0 : Math.max(3, Math.round((count / most) * (half - 8))));
    const dot = kept > 0 ? `<circle cx="${x + TIMELINE.bar / 2}" cy="${half}" r="3" fill="${BAR_COLOURS.kept}"/>` : '';
    const title = `<title>${sayBar(dayOf(from), introduced, resolved, kept)}</title>`;
    const up = bar(half - 2 - tall(introduced), tall(introduced), BAR_COLOURS.introduced);
    return `<g>${up}${bar(half + 2, tall(resolved), BAR_COLOURS.resolved)}${dot}${title}</g>`;
  });
  const [first, last] = [stretches[0], stretches[stretches.length - 1]];
  const day = (x: number, anchor: string, from: number | undefined) =>
    `<text class="soft" x="${x}" y="${TIMELINE.height + 16}" text-anchor="${anchor}">${dayOf(from ?? 0)}</text>`;
  const words = Object.entries(BAR_WORDS) as [keyof typeof BAR_WORDS, string][];
  return [
    ...formatLegend(words.map(([kind, word]) => [BAR_COLOURS[kind], word])),
    '<div class="wide">',
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${TIMELINE_HEADING}">`,
    `<path d="M${LEFT} ${half} H${width}" stroke="${COLOURS['+']}" stroke-width="1"/>`,
    ...bars,
    day(LEFT, 'start', first?.from),
    day(width, 'end', last?.from),
    '</svg></div>',
  ];
}
