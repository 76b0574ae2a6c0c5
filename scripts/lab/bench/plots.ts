// The plots of docs/performance.md: cost against paths, manifest size and staged files.

import type { Parts, PathTimes } from './measured.js';
import { drawPlot, type Line } from './plot.js';
import { spreadOf, type Times } from './timer.js';

function lineOf(name: string, runs: Iterable<readonly [number, Times]>, of: string): Line {
  return { name, points: [...runs].map(([at, times]) => [at, spreadOf(times.get(of) ?? []).median] as const) };
}

function drawPaths(paths: ReadonlyMap<number, PathTimes>): string {
  const untouched = [...paths].map(([count, times]) => [count, times.untouched] as const);
  const touched = [...paths].map(([count, times]) => [count, times.touched] as const);
  return drawPlot('One commit', 'paths in the index', [
    lineOf('bare hook', untouched, 'bare hook'),
    lineOf('no pair touched', untouched, 'dos-sync'),
    lineOf('diff-index --raw', touched, 'diff-index'),
    lineOf('10 files staged', touched, 'dos-sync'),
  ]);
}

function drawManifests(manifests: Times): string {
  const points = [...manifests].map(([name, times]) => [Number(name), spreadOf(times).median] as const);
  return drawPlot('A touched commit', 'pairs in the manifest', [{ name: 'dos-sync', points }]);
}

function drawStaged(staged: ReadonlyMap<number, Times>): string {
  return drawPlot('A touched commit', 'staged files', [
    lineOf('cat-file', staged, 'cat-file'),
    lineOf('node + diff-index', staged, 'node and diff-index'),
    lineOf('dos-sync', staged, 'dos-sync'),
  ]);
}

function drawCheck(check: ReadonlyMap<number, Times>): string {
  return drawPlot('check of everything', 'paths in the working tree', [
    lineOf('git status', check, 'git status'),
    lineOf('dos-sync check', check, 'check'),
  ]);
}

/** Each plot that has numbers, by its name. */
export function drawPlots({ paths, manifests, staged, check }: Parts): readonly (readonly [string, string])[] {
  return [
    ...(paths ? [['paths', drawPaths(paths)] as const] : []),
    ...(manifests ? [['manifest', drawManifests(manifests)] as const] : []),
    ...(staged ? [['staged', drawStaged(staged)] as const] : []),
    ...(check ? [['check', drawCheck(check)] as const] : []),
  ];
}
