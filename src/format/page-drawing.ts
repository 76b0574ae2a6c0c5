// The drawing of the page: places as columns, pairs as lines.

import { PLACES_HEADING } from '../messages/graph.js';
import { sayMark } from '../messages/status.js';
import { COLOURS, type Graph, type GraphEdge, type GraphNode, verdictsIn } from './graph.js';
import { escaped, formatLegend } from './page-text.js';

const COLUMN = 260;
const NODE = { width: 190, height: 28 };
const LINE = 44;
const TOP = 56;
const LEFT = 16;
const LONGEST = 24;

export function drawGraph(graph: Graph): string[] {
  const { places, nodes, edges } = graph;
  const rows = Math.max(0, ...nodes.map(({ row }) => row + 1));
  const [width, height] = [LEFT + places.length * COLUMN, TOP + rows * LINE];
  const headings = places.map((place, at) => {
    const full = `<title>${escaped(place)}</title>`;
    return `<text class="place" x="${LEFT + at * COLUMN}" y="24">${escaped(shorten(place))}${full}</text>`;
  });
  return [
    ...formatLegend(verdictsIn(graph).map((mark) => [COLOURS[mark], `${mark} ${sayMark(mark)}`])),
    '<div class="wide">',
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${PLACES_HEADING}">`,
    ...headings,
    ...edges.map(drawEdge),
    ...nodes.map(drawNode),
    '</svg></div>',
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

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, 8)}…${text.slice(9 - LONGEST)}`;
}
