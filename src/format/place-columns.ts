// The columns of the table of copies: which place each root belongs to. Pure.

import { groupBy } from '../git/group-by.js';
import { baseOf, parentOf, type RepoPath, textOf } from '../git/path.js';
import { matchSide } from '../manifest/sides.js';
import { copyOf, type PlaceInstance, sourceOf } from './place-instances.js';

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

export interface ColumnPlan {
  readonly labels: readonly string[];
  readonly columnOf: ReadonlyMap<RepoPath, number>;
}

interface PlacedRoot {
  readonly root: RepoPath;
  readonly component: number;
  readonly depth: number;
  /** The first segment; the top level for a file there. */
  readonly top: string;
  /** The directory in which the artifact's own name is. */
  readonly directory: string;
  /** The same for all copies of one fan-out, which are shown together. */
  readonly origin: RepoPath | number;
}

const TOP_LEVEL = '.';

/** The most columns for the copies of one artifact below one top directory. */
const MOST_PLACES = 8;

/**
 * A place is the first segment of a path. It is divided if an artifact has several copies there:
 * by copying step, then by directory, or else by path.
 */
export function planColumns(components: readonly (readonly PlaceInstance[])[]): ColumnPlan {
  const roots = components.flatMap(placeRoots);
  const stepsOf = groupBy(roots, ({ top, component }) => `${component}\0${top}`);
  const split = new Set([...stepsOf.values()].filter(hasSteps).map(([first]) => first?.top));
  const byTop = groupBy(roots, ({ top, depth }) => (split.has(top) ? `${top}\0${depth}` : top));
  const columns = [...byTop.values()]
    .flatMap(divide)
    .map((column) => ({ depth: Math.min(...column.map(({ depth }) => depth)), roots: column.map(({ root }) => root) }));
  const ordered = columns.sort((one, other) => one.depth - other.depth);
  return {
    labels: ordered.map((column) => labelOf(column.roots)),
    columnOf: new Map(ordered.flatMap((column, at) => column.roots.map((root) => [root, at] as const))),
  };
}

function placeRoots(instances: readonly PlaceInstance[], component: number): readonly PlacedRoot[] {
  const directories = new Set(instances.filter((each) => each.isDirectory).flatMap(({ a, b }) => [a, b]));
  const fanouts = instances.filter(({ rule }) => rule.shape === 'fanout');
  const origins = new Map(fanouts.map((each) => [each.b, each.rule.id] as const));
  const name = nameOf(instances);
  return [...depthsOf(instances)].map(([root, depth]) => ({
    ...{ root, component, depth, origin: origins.get(root) ?? root },
    ...{ top: topOf(root, directories.has(root)), directory: directoryOf(root, name) },
  }));
}

function hasSteps(roots: readonly PlacedRoot[]): boolean {
  return new Set(roots.map(({ depth }) => depth)).size > 1;
}

/** One column, or several so that each shows one copy of an artifact, if these are few. */
function divide(roots: readonly PlacedRoot[]): readonly (readonly PlacedRoot[])[] {
  const ways = [() => '', ({ directory }: PlacedRoot) => directory, ({ root }: PlacedRoot) => root];
  const divisions = ways.map((way) => [...groupBy(roots, way).values()]);
  return divisions.find((groups) => groups.length <= MOST_PLACES && groups.every(isOneEach)) ?? [roots];
}

function isOneEach(roots: readonly PlacedRoot[]): boolean {
  return [...groupBy(roots, ({ component }) => `${component}`).values()].every(
    (own) => new Set(own.map(({ origin }) => origin)).size === 1,
  );
}

/** The name by which the artifact's paths differ from those of others. */
function nameOf(instances: readonly PlaceInstance[]): string | undefined {
  const [first] = instances;
  const template = instances.find(({ rule }) => rule.shape === 'named');
  if (template) return [...(matchSide(template.rule.a, template.a)?.binding.values() ?? [])][0];
  return first && baseOf(sourceOf(first));
}

function directoryOf(root: RepoPath, name: string | undefined): string {
  const segments = root.split('/');
  const at = segments.lastIndexOf(name ?? '');
  return at < 0 ? parentOf(root) : segments.slice(0, at).join('/');
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
