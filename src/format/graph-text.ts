// The graph as source text for Mermaid and Graphviz.

import { COLOURS, type Graph } from './graph.js';

/** https://mermaid.js.org/syntax/flowchart.html */
export function formatMermaid({ places, nodes, edges }: Graph): string[] {
  const lines = places.flatMap((place, at) => [
    `  subgraph p${at}[${mermaidText(place)}]`,
    ...nodes.filter((node) => node.place === at).map(({ id, label }) => `    ${id}[${mermaidText(label)}]`),
    '  end',
  ]);
  const links = edges.map(({ from, to, label }) =>
    label === '' ? `  ${from.id} --> ${to.id}` : `  ${from.id} -->|${mermaidText(label)}| ${to.id}`,
  );
  const styles = edges.map(({ verdict }, at) => `  linkStyle ${at} stroke:${COLOURS[verdict]}`);
  return ['flowchart LR', ...lines, ...links, ...styles];
}

/** Encodes everything but letters, digits and a few signs as a numeric entity. */
function mermaidText(text: string): string {
  const safe = text.replace(/[^\p{L}\p{N} ./_@+:~(){}=!?-]/gu, (character) => `#${character.codePointAt(0)};`);
  return `"${safe}"`;
}

/** https://graphviz.org/doc/info/lang.html */
export function formatDot({ places, nodes, edges }: Graph): string[] {
  const clusters = places.flatMap((place, at) => [
    `  subgraph cluster_${at} {`,
    `    label=${dotText(place)}`,
    ...nodes
      .filter((node) => node.place === at)
      .map(({ id, label, paths }) => `    ${id} [label=${dotText(label)}, tooltip=${dotText(paths.join(' '))}]`),
    '  }',
  ]);
  const links = edges.map(({ from, to, verdict, label }) => {
    return `  ${from.id} -> ${to.id} [label=${dotText(label)}, color="${COLOURS[verdict]}"]`;
  });
  return ['digraph copies {', '  rankdir=LR', '  node [shape=box]', ...clusters, ...links, '}'];
}

function dotText(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}
