// The graph as one self-contained page: places as columns, pairs as lines, the audit as a timeline.
// No script.

import { textOf } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import {
  BAR_WORDS,
  NEWEST_HEADING,
  NO_EVENTS,
  OUT_OF_SYNC_HEADING,
  PLACES_HEADING,
  sayBar,
  sayMoreOutOfSync,
  sayTitle,
  TIMELINE_HEADING,
} from '../messages/graph.js';
import { show } from '../messages/show.js';
import { sayMark } from '../messages/status.js';
import type { AuditRecord } from './audit-record.js';
import { COLOURS, type Graph, type GraphEdge, type GraphNode, verdictsIn } from './graph.js';
import type { Stretch } from './timeline.js';

/** A file pair that is out of sync, and the command that shows how. */
export interface OutOfSyncRow {
  readonly verdict: Verdict;
  readonly command: string;
}

export interface Page {
  /** The name of the repository's directory. */
  readonly repository: string;
  readonly graph: Graph;
  readonly outOfSync: readonly OutOfSyncRow[];
  readonly subtitle: string;
  readonly timeline: readonly Stretch[];
  /** The newest commits that introduced drift. */
  readonly newest: readonly AuditRecord[];
}

const COLUMN = 260;
const NODE = { width: 190, height: 28 };
const LINE = 44;
const TOP = 56;
const LEFT = 16;
const LONGEST = 26;

export function formatHtml({ repository, graph, subtitle, outOfSync, timeline, newest }: Page): string[] {
  const title = escaped(sayTitle(repository));
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style></head><body>`,
    `<h1>${title}</h1><p>${escaped(subtitle)}</p>`,
    `<h2>${PLACES_HEADING}</h2>`,
    ...legend(verdictsIn(graph).map((mark) => [COLOURS[mark], `${mark} ${sayMark(mark)}`])),
    '<div class="wide">',
    ...drawGraph(graph),
    '</div>',
    ...(outOfSync.length === 0 ? [] : [`<h2>${OUT_OF_SYNC_HEADING}</h2>`, ...listOutOfSync(outOfSync)]),
    `<h2>${TIMELINE_HEADING}</h2>`,
    ...(timeline.length === 0 ? [`<p>${NO_EVENTS}</p>`] : drawTimeline(timeline)),
    ...(newest.length === 0 ? [] : [`<h2>${NEWEST_HEADING}</h2>`, ...listNewest(newest)]),
    '</body></html>',
  ];
}

const STYLE = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1f2328; --soft: #57606a; --box: #f6f8fa; --rule: #d0d7de; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --ink: #e6edf3; --soft: #9198a1; --box: #161b22; --rule: #3d444d; }
}
body { background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; margin: 2rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
.wide { overflow-x: auto; } svg { display: block; } svg text { fill: var(--ink); font: 12px ui-monospace, monospace; }
svg .place { font-weight: 600; } svg .soft, .soft { fill: var(--soft); color: var(--soft); }
svg rect.node { fill: var(--box); stroke: var(--rule); } svg path { fill: none; stroke-width: 2; }
svg .ground { stroke: var(--ground); stroke-width: 4; paint-order: stroke; }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; margin: .25rem 0 .75rem; }
ul.legend i { display: inline-block; width: 1.5rem; height: .25rem; margin-right: .4rem; vertical-align: middle; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--rule); }
td code { font: 12px ui-monospace, monospace; }`;

function legend(items: readonly (readonly [string, string])[]): string[] {
  const entries = items.map(([colour, text]) => `<li><i style="background:${colour}"></i>${escaped(text)}</li>`);
  return entries.length > 0 ? [`<ul class="legend">${entries.join('')}</ul>`] : [];
}

function drawGraph({ places, nodes, edges }: Graph): string[] {
  const rows = Math.max(0, ...nodes.map(({ row }) => row + 1));
  const [width, height] = [LEFT + places.length * COLUMN, TOP + rows * LINE];
  const headings = places.map((place, at) => {
    const full = `<title>${escaped(place)}</title>`;
    return `<text class="place" x="${LEFT + at * COLUMN}" y="24">${escaped(shorten(place))}${full}</text>`;
  });
  return [
    `<svg width="${width}" height="${height}" role="img" aria-label="${PLACES_HEADING}">`,
    ...headings,
    ...edges.map(drawEdge),
    ...nodes.map(drawNode),
    '</svg>',
  ];
}

function placeOf({ place, row }: GraphNode): { x: number; y: number } {
  return { x: LEFT + place * COLUMN, y: TOP + row * LINE };
}

function drawNode(node: GraphNode): string {
  const { x, y } = placeOf(node);
  const box = `<rect class="node" x="${x}" y="${y}" width="${NODE.width}" height="${NODE.height}" rx="6"/>`;
  const text = `<text x="${x + 8}" y="${y + 18}">${escaped(shorten(node.label))}</text>`;
  return `<g>${box}${text}<title>${node.paths.map(escaped).join('&#10;')}</title></g>`;
}

/** A line past a middle column bends below the box there. */
function drawEdge({ from, to, verdict, label }: GraphEdge): string {
  const backwards = from.place > to.place;
  const [one, other] = [placeOf(from), placeOf(to)];
  const [x1, x2] = backwards ? [one.x, other.x + NODE.width] : [one.x + NODE.width, other.x];
  const y = one.y + NODE.height / 2;
  const bow = Math.abs(from.place - to.place) > 1 ? LINE / 2 : 0;
  const third = (x2 - x1) / 3;
  const path = `M${x1} ${y} C${x1 + third} ${y + bow} ${x2 - third} ${y + bow} ${x2} ${y}`;
  const middle = `x="${(x1 + x2) / 2}" y="${y + bow * 0.75 - 5}"`;
  return [
    `<g><path d="${path}" stroke="${COLOURS[verdict]}"/>`,
    `<text class="ground" text-anchor="middle" ${middle}>${escaped(label)}</text>`,
    `<title>${escaped(`${from.label}: ${label}`)}</title></g>`,
  ].join('');
}

const TIMELINE = { height: 120, bar: 12, gap: 3 };
const BAR_COLOURS = { introduced: COLOURS['!'], resolved: COLOURS['='], kept: COLOURS['+'] };

/** Introduced drift is above the line, resolved below it; kept pairs are dots on it. */
function drawTimeline(stretches: readonly Stretch[]): string[] {
  const most = Math.max(1, ...stretches.flatMap(({ introduced, resolved }) => [introduced, resolved]));
  const [half, step] = [TIMELINE.height / 2, TIMELINE.bar + TIMELINE.gap];
  const width = LEFT + stretches.length * step;
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
    ...legend(words.map(([kind, word]) => [BAR_COLOURS[kind], word])),
    '<div class="wide">',
    `<svg width="${width}" height="${TIMELINE.height + 24}" role="img" aria-label="${TIMELINE_HEADING}">`,
    `<path d="M${LEFT} ${half} H${width}" stroke="${COLOURS['+']}" stroke-width="1"/>`,
    ...bars,
    day(LEFT, 'start', first?.from),
    day(width, 'end', last?.from),
    '</svg></div>',
  ];
}

const MOST_LISTED = 200;

function listOutOfSync(rows: readonly OutOfSyncRow[]): string[] {
  const lines = rows.slice(0, MOST_LISTED).map(({ verdict, command }) => {
    const mark = verdict.status === 'DRIFT' ? '!' : '-';
    const [a, b] = [verdict.pair.a, verdict.pair.b].map((path) => (path === null ? '' : escaped(show(textOf(path)))));
    const cells = [escaped(sayMark(mark)), a, b, `<code>${escaped(command)}</code>`];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const more = rows.length - MOST_LISTED;
  const rest = more > 0 ? [`<p>${escaped(sayMoreOutOfSync(more))}</p>`] : [];
  return [`<div class="wide"><table>${lines.join('')}</table></div>`, ...rest];
}

function listNewest(newest: readonly AuditRecord[]): string[] {
  const rows = newest.map(({ commit, time, author, subject, introduced }) => {
    const paths = introduced.map(({ a, b }) => escaped(show(a ?? b ?? ''))).join('<br>');
    const cells = [`<code>${commit.slice(0, 10)}</code>`, dayOf(Date.parse(time)), escaped(show(author))];
    return `<tr>${[...cells, escaped(show(subject)), paths].map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return [`<div class="wide"><table>${rows.join('')}</table></div>`];
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 'yyyy-mm-dd'.length);
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, 8)}…${text.slice(9 - LONGEST)}`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
