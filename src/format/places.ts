// The table of copies: artifacts in rows, places in columns, and the state of each copy against its
// source. Pure.

import { baseOf, type RepoPath, textOf } from '../git/path.js';
import type { Status, Verdict } from '../judge/types.js';
import { matchSide, NO_BINDING, pathOf } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { Rule, Rules } from '../rules/types.js';

/** One mark for each distinct verdict. */
export type Mark = '=' | '!' | '-' | '?' | '~' | '+';

export type Marks = Partial<Record<Mark, number>>;

export interface Cell {
  /** The roots in this place: one, or several copies of a fan-out. */
  readonly roots: readonly RepoPath[];
  /** No pair copies to it. */
  readonly isSource: boolean;
  readonly marks: Marks;
}

/** A copy from one place to another within a row. */
interface PlaceEdge {
  readonly from: number;
  readonly to: number;
  readonly marks: Marks;
}

interface Row {
  readonly artifact: string;
  /** By the place's index; no cell if the artifact has no copy there. */
  readonly cells: ReadonlyMap<number, Cell>;
  readonly edges: readonly PlaceEdge[];
}

export interface PlaceTable {
  /** The common directory of all roots of a column; empty for the top level. */
  readonly places: readonly string[];
  readonly rows: readonly Row[];
}

/** The two roots of a pair or of an instance of a template, with their verdicts. */
interface PlaceInstance {
  readonly rule: Rule;
  readonly a: RepoPath;
  readonly b: RepoPath;
  readonly isDirectory: boolean;
  readonly verdicts: Verdict[];
}

export function buildPlaces(rules: Rules, verdicts: readonly Verdict[]): PlaceTable {
  const instances = collectInstances(rules, verdicts);
  const components = joinByRoots(instances);
  const plan = planColumns(components);
  const rows = components.map((component) => buildRow(component, plan));
  return { places: plan.labels, rows: withOwnNames(rows, components) };
}

/** A pair without files is declared too, and gets an empty row. */
function collectInstances(rules: Rules, verdicts: readonly Verdict[]): readonly PlaceInstance[] {
  const found = new Map<string, PlaceInstance>();
  for (const verdict of verdicts) {
    const { rule, rootA, rootB, a, b } = verdict.pair;
    const key = `${rule.id}\0${rootA}\0${rootB}`;
    const isDirectory = (a !== null && a !== rootA) || (b !== null && b !== rootB);
    const known = found.get(key) ?? { rule, a: rootA, b: rootB, isDirectory, verdicts: [] };
    known.verdicts.push(verdict);
    found.set(key, known);
  }
  const seen = new Set([...found.values()].map(({ rule }) => rule));
  const empty = rules.all.filter((rule) => !seen.has(rule));
  return [
    ...found.values(),
    ...empty.map((rule) => ({ rule, a: sideOf(rule, 'a'), b: sideOf(rule, 'b'), isDirectory: true, verdicts: [] })),
  ];
}

function sourceOf(instance: PlaceInstance): RepoPath {
  return instance[instance.rule.source];
}

function copyOf(instance: PlaceInstance): RepoPath {
  return instance[instance.rule.copy];
}

function sideOf(rule: Rule, side: Side): RepoPath {
  const names = new Map(
    rule[side].segments.flatMap((segment) =>
      typeof segment === 'string' ? [] : [[segment.name, `{${segment.name}}`]],
    ),
  );
  return pathOf(rule[side], names.size > 0 ? (names as Map<string, string>) : NO_BINDING);
}

/** Instances that share a root are one artifact: live -> release -> pack. */
function joinByRoots(instances: readonly PlaceInstance[]): readonly (readonly PlaceInstance[])[] {
  const byRoot = new Map<RepoPath, PlaceInstance[]>();
  for (const instance of instances) {
    for (const root of new Set([instance.a, instance.b])) byRoot.set(root, [...(byRoot.get(root) ?? []), instance]);
  }
  const taken = new Set<PlaceInstance>();
  return instances.flatMap((first) => {
    if (taken.has(first)) return [];
    const component: PlaceInstance[] = [];
    const pending = [first];
    for (let next = pending.shift(); next; next = pending.shift()) {
      if (taken.has(next)) continue;
      taken.add(next);
      component.push(next);
      pending.push(...(byRoot.get(next.a) ?? []), ...(byRoot.get(next.b) ?? []));
    }
    return [component];
  });
}

/** The number of copies between the artifact's source and each root. */
function depthsOf(component: readonly PlaceInstance[]): ReadonlyMap<RepoPath, number> {
  const parents = new Map(component.map((instance) => [copyOf(instance), sourceOf(instance)]));
  const depth = (root: RepoPath): number => {
    let steps = 0;
    // The manifest has no cycles; the bound is for templates that overlap by chance.
    for (let at = parents.get(root); at !== undefined && steps < component.length; at = parents.get(at)) steps += 1;
    return steps;
  };
  return new Map(component.flatMap(({ a, b }) => [a, b]).map((root) => [root, depth(root)]));
}

interface ColumnPlan {
  readonly labels: readonly string[];
  readonly columnOf: ReadonlyMap<RepoPath, number>;
}

const TOP_LEVEL = '.';

/**
 * A place is the first segments of a path; if an artifact has several copies there, each copying
 * step is a place.
 */
function planColumns(components: readonly (readonly PlaceInstance[])[]): ColumnPlan {
  const roots = components.flatMap((component) => {
    const depths = depthsOf(component);
    const directories = new Set(component.filter((each) => each.isDirectory).flatMap(({ a, b }) => [a, b]));
    return [...depths].map(([root, depth]) => ({ root, depth, component, top: topOf(root, directories.has(root)) }));
  });
  const steps = new Map<string, Set<number>>();
  for (const { top, depth, component } of roots) {
    const key = `${components.indexOf(component)}\0${top}`;
    steps.set(key, (steps.get(key) ?? new Set()).add(depth));
  }
  const split = new Set([...steps].filter(([, depths]) => depths.size > 1).map(([key]) => key.split('\0')[1]));
  const columns = new Map<string, { depth: number; roots: RepoPath[] }>();
  for (const { root, depth, top } of roots) {
    const key = split.has(top) ? `${top}\0${depth}` : top;
    const column = columns.get(key) ?? { depth, roots: [] };
    columns.set(key, { depth: Math.min(column.depth, depth), roots: [...column.roots, root] });
  }
  const ordered = [...columns.values()].sort((one, other) => one.depth - other.depth);
  return {
    labels: ordered.map((column) => labelOf(column.roots)),
    columnOf: new Map(ordered.flatMap((column, at) => column.roots.map((root) => [root, at] as const))),
  };
}

function topOf(root: RepoPath, isDirectory: boolean): string {
  const [first = ''] = root.split('/');
  return first === root && !isDirectory ? TOP_LEVEL : first;
}

function labelOf(roots: readonly RepoPath[]): string {
  const [first = [], ...rest] = roots.map((root) => root.split('/'));
  let length = rest.length === 0 ? first.length : 0;
  while (rest.length > 0 && length < first.length && rest.every((each) => each[length] === first[length])) length += 1;
  return textOf(first.slice(0, length).join('/') as RepoPath);
}

function buildRow(component: readonly PlaceInstance[], { columnOf }: ColumnPlan): Row {
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
    for (const verdict of instance.verdicts) {
      add(edge.marks, MARKS[verdict.status]);
      add(cells.get(at(instance[sideToldOf(verdict)]))?.marks ?? {}, MARKS[verdict.status]);
    }
  }
  const [first] = component;
  return { artifact: first ? artifactOf(first, roots) : '', cells, edges: [...edges.values()] };
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

function add(marks: Marks, mark: Mark): void {
  marks[mark] = (marks[mark] ?? 0) + 1;
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
function artifactOf(instance: PlaceInstance, roots: readonly RepoPath[]): string {
  const { rule, a } = instance;
  const names = rule.shape === 'named' ? [...(matchSide(rule.a, a)?.binding.values() ?? [])] : [];
  if (names.length > 0) return textOf(names.join('/') as RepoPath);
  const bases = new Set(roots.map(baseOf));
  const [only] = bases.size === 1 ? bases : [baseOf(sourceOf(instance))];
  return textOf(only ?? a);
}

/** Two artifacts of the same name are distinguished by the directory of their source. */
function withOwnNames(rows: readonly Row[], components: readonly (readonly PlaceInstance[])[]): readonly Row[] {
  const counts = new Map<string, number>();
  for (const { artifact } of rows) counts.set(artifact, (counts.get(artifact) ?? 0) + 1);
  return rows.map((row, at) => {
    const first = components[at]?.[0];
    return (counts.get(row.artifact) ?? 0) > 1 && first ? { ...row, artifact: textOf(sourceOf(first)) } : row;
  });
}
