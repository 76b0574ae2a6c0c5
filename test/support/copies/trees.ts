// What the made-up repositories consist of: trees of files, their copies and edits.

import type { History } from './history.js';

/** Files that are copies of each other. */
export interface CopySet {
  readonly files: readonly string[];
  /** The source, if only one file can be it. */
  readonly source?: string;
}

export interface Shape {
  readonly name: string;
  /** Writes the history. @returns everything that is meant to be kept equal. */
  readonly make: (history: History) => readonly CopySet[];
}

export const NAMES = [
  'alpha',
  'beta',
  'gamma',
  'delta',
  'epsilon',
  'zeta',
  'eta',
  'theta',
  'iota',
  'kappa',
  'lambda',
  'mu',
];
export const FILES = [
  'run.py',
  'guide.md',
  'rules.json',
  'lib/parse.py',
  'lib/emit.py',
  'data/table.csv',
  'steps/one.md',
];

export function under(place: string, names: readonly string[]): string[] {
  return names.map((name) => `${place}/${name}`);
}

/** The copies of a tree, file by file; the first place is the source. */
export function treeSets(places: readonly string[], names: readonly string[], source = places[0]): readonly CopySet[] {
  return names.map((name) => ({
    files: places.map((place) => `${place}/${name}`),
    ...(source !== undefined && { source: `${source}/${name}` }),
  }));
}

export function writeTree(history: History, places: readonly string[], names: readonly string[]): void {
  for (const name of names) history.writeAll(places.map((place) => `${place}/${name}`));
}

/** Edits some of the files in all places at once. */
export function editTogether(
  history: History,
  places: readonly string[],
  names: readonly string[],
  times: number,
): void {
  for (let at = 0; at < times; at += 1) {
    const name = history.random.pick(names);
    history.edit(...places.map((place) => `${place}/${name}`));
    history.commit();
  }
}

/** Unrelated files, with edits. */
export function writeBackground(history: History): void {
  const files = [
    ...under('src/core', FILES),
    ...under(
      'src/web',
      NAMES.map((name) => `${name}.ts`),
    ),
    'README.md',
  ];
  for (const file of files) history.write(file, history.text());
  history.commit();
  for (const file of history.random.some(files, 4)) {
    history.edit(file);
    history.commit();
  }
}
