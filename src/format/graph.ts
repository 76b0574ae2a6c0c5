// The copies as a graph, for all drawing formats. Pure.

import { textOf } from '../git/path.js';
import { show } from '../messages/show.js';
import { MARKS_IN_ORDER, sayPlace, sayRoots } from '../messages/status.js';
import type { Cell, Mark, Marks, PlaceTable } from './place-table.js';
import { formatMarks } from './status.js';

export interface GraphNode {
  /** Letters and digits. */
  readonly id: string;
  readonly row: number;
  readonly place: number;
  readonly label: string;
  /** All paths of the node. */
  readonly paths: readonly string[];
}

export interface GraphEdge {
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** The most serious verdict. */
  readonly verdict: Mark;
  readonly label: string;
}

export interface Graph {
  readonly places: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export function buildGraph({ places, rows }: PlaceTable): Graph {
  const nodes = new Map<string, GraphNode>();
  for (const [row, { artifact, cells }] of rows.entries()) {
    for (const [place, cell] of cells) {
      const id = `n${row}p${place}`;
      const paths = cell.roots.map((root) => show(textOf(root)));
      nodes.set(id, { id, row, place, label: labelOf(artifact, cell), paths });
    }
  }
  const edges = rows.flatMap((row, at) =>
    row.edges.flatMap(({ from, to, marks }) => {
      const ends = [nodes.get(`n${at}p${from}`), nodes.get(`n${at}p${to}`)] as const;
      // Copies in the same place as their source have no line.
      if (!ends[0] || !ends[1] || from === to) return [];
      return [{ from: ends[0], to: ends[1], verdict: worstOf(marks), label: formatMarks(marks) }];
    }),
  );
  return { places: places.map(sayPlace), nodes: [...nodes.values()], edges };
}

function labelOf(artifact: string, { roots }: Cell): string {
  return roots.length > 1 ? `${show(artifact)} (${sayRoots(roots.length)})` : show(artifact);
}

function worstOf(marks: Marks): Mark {
  const order: readonly Mark[] = ['!', '-', '~', '?', '+', '='];
  return order.find((mark) => marks[mark]) ?? '?';
}

/** By verdict, for a light and a dark background. */
export const COLOURS: Readonly<Record<Mark, string>> = {
  '!': '#d1242f',
  '-': '#bc4c00',
  '?': '#8250df',
  '~': '#9a6700',
  '+': '#57606a',
  '=': '#1a7f37',
};

/** The verdicts in the graph, in legend order. */
export function verdictsIn({ edges }: Graph): readonly Mark[] {
  const drawn = new Set(edges.map(({ verdict }) => verdict));
  return MARKS_IN_ORDER.filter((mark) => drawn.has(mark));
}
