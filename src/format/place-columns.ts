// The columns of the table of copies: which place each root belongs to. Pure.

import { type RepoPath, textOf } from '../git/path.js';
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

const TOP_LEVEL = '.';

/**
 * A place is the first segments of a path; if an artifact has several copies there, each copying
 * step is a place.
 */
export function planColumns(components: readonly (readonly PlaceInstance[])[]): ColumnPlan {
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
