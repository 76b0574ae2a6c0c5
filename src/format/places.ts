// Builds the table of copies from the verdicts: each copy has the marks of its state against its
// source. Pure.

import { baseOf, type RepoPath, textOf } from '../git/path.js';
import type { UnlikeVerdicts } from '../judge/check-whole.js';
import type { Status, Verdict } from '../judge/types.js';
import { matchSide } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { Rules } from '../rules/types.js';
import { type ColumnPlan, planColumns } from './place-columns.js';
import { collectInstances, copyOf, joinByRoots, type PlaceInstance, sourceOf } from './place-instances.js';
import { dividesCounted, openDirectories } from './place-opened.js';
import type { Mark, Marks, PlaceRow, PlaceTable } from './place-table.js';

export function buildPlaces(rules: Rules, verdicts: readonly Verdict[]): PlaceTable {
  return buildTable(openDirectories(collectInstances(rules, verdicts, [])));
}

/** The same table; undefined if it needs a separate row for a part of an equal directory. */
export function buildCountedPlaces(rules: Rules, { verdicts, instances }: UnlikeVerdicts): PlaceTable | undefined {
  const collected = collectInstances(rules, verdicts, instances);
  const opened = openDirectories(collected);
  return dividesCounted(collected, opened) ? undefined : buildTable(opened);
}

function buildTable(opened: readonly PlaceInstance[]): PlaceTable {
  const components = joinByRoots(opened);
  const plan = planColumns(components);
  const rows = components.map((component) => buildRow(component, plan));
  return { places: plan.labels, rows: withOwnNames(rows, components) };
}

function buildRow(component: readonly PlaceInstance[], { columnOf }: ColumnPlan): PlaceRow {
  const copies = new Set(component.map(copyOf));
  const roots = [...new Set(component.flatMap(({ a, b }) => [a, b]))];
  const at = (root: RepoPath) => columnOf.get(root) ?? 0;
  const cells = new Map<number, { roots: RepoPath[]; isSource: boolean; marks: Marks }>();
  for (const root of roots) {
    const cell = cells.get(at(root)) ?? { roots: [], isSource: true, marks: {} };
    cells.set(at(root), { ...cell, roots: [...cell.roots, root], isSource: cell.isSource && !copies.has(root) });
  }
  const edges = new Map<string, { from: number; to: number; marks: Marks }>();
  for (const instance of component) {
    const [from, to] = [at(sourceOf(instance)), at(copyOf(instance))];
    const edge = edges.get(`${from} ${to}`) ?? { from, to, marks: {} };
    edges.set(`${from} ${to}`, edge);
    if (instance.alike > 0) {
      add(edge.marks, '=', instance.alike);
      add(cells.get(to)?.marks ?? {}, '=', instance.alike);
    }
    for (const verdict of instance.verdicts) {
      add(edge.marks, MARKS[verdict.status]);
      add(cells.get(at(instance[sideToldOf(verdict)]))?.marks ?? {}, MARKS[verdict.status]);
    }
  }
  return { artifact: artifactOf(component, roots), cells, edges: [...edges.values()] };
}

const MARKS: Readonly<Record<Status, Mark>> = {
  SYNCED: '=',
  LINKED: '=',
  DRIFT: '!',
  MISSING_A: '-',
  MISSING_B: '-',
  UNCHECKED: '?',
  EXCEPTION: '~',
  LIVE_ONLY: '+',
  SUBMODULE_ONLY: '+',
};

function add(marks: Marks, mark: Mark, by = 1): void {
  marks[mark] = (marks[mark] ?? 0) + by;
}

/** The place of a verdict in the table: the missing side, otherwise the copy. */
function sideToldOf({ pair, status }: Verdict): Side {
  switch (status) {
    case 'MISSING_A':
    case 'LIVE_ONLY':
      return 'a';
    case 'MISSING_B':
    case 'SUBMODULE_ONLY':
      return 'b';
    case 'UNCHECKED':
    case 'SYNCED':
    case 'LINKED':
    case 'DRIFT':
    case 'EXCEPTION':
      return pair.rule.copy;
  }
}

/**
 * The values of the template's names; else the name that all roots share; else the source's name.
 */
function artifactOf(component: readonly PlaceInstance[], roots: readonly RepoPath[]): string {
  const template = component.find(({ rule }) => rule.shape === 'named');
  const names = template ? [...(matchSide(template.rule.a, template.a)?.binding.values() ?? [])] : [];
  if (names.length > 0) return textOf(names.join('/') as RepoPath);
  const bases = new Set(roots.map(baseOf));
  const [first] = component;
  const [only] = bases.size === 1 || !first ? bases : [baseOf(sourceOf(first))];
  return textOf(only ?? ('' as RepoPath));
}

/** Two artifacts of the same name are distinguished by the directory of their source. */
function withOwnNames(
  rows: readonly PlaceRow[],
  components: readonly (readonly PlaceInstance[])[],
): readonly PlaceRow[] {
  const counts = new Map<string, number>();
  for (const { artifact } of rows) counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
  return rows.map((row, at) => {
    const first = components[at]?.[0];
    return (counts.get(row.artifact) ?? 0) > 1 && first ? { ...row, artifact: textOf(sourceOf(first)) } : row;
  });
}
