// The plots of docs/performance.md: cost against paths, manifest size and staged files.

import type { Parts, PathTimes } from './measured.js';
import { drawPlot, type Line } from './plot.js';
import { spreadOf, type Times } from './timer.js';

function lineOf(name: string, runs: Iterable<readonly [number, Times]>, of: string): Line {
  const isOurs = name.startsWith('dos-sync');
  return { name, isOurs, points: [...runs].map(([at, times]) => [at, spreadOf(times.get(of) ?? []).median] as const) };
}

function drawPaths(paths: ReadonlyMap<number, PathTimes>): string {
  const untouched = [...paths].map(([count, times]) => [count, times.untouched] as const);
  const touched = [...paths].map(([count, times]) => [count, times.touched] as const);
  return drawPlot('A commit as the repository grows', 'files in the repository', [
    lineOf('a hook that only asks git the same two questions', untouched, 'bare hook'),
    lineOf('dos-sync, if the commit touches no pair', untouched, 'dos-sync'),
    lineOf('git diff-index alone', touched, 'diff-index'),
    lineOf('dos-sync, if the commit has 10 files of pairs', touched, 'dos-sync'),
  ]);
}

function drawManifests(manifests: Times): string {
  const points = [...manifests].map(([name, times]) => [Number(name), spreadOf(times).median] as const);
  const name = 'dos-sync, if the commit has both files of one pair';
  return drawPlot('A commit as the manifest grows', 'pairs in the manifest', [{ name, isOurs: true, points }]);
}

function drawStaged(staged: ReadonlyMap<number, Times>): string {
  return drawPlot('A commit as more files are staged', 'staged files, whose copies are not staged', [
    lineOf('git alone, looking up the copies (cat-file)', staged, 'cat-file'),
    lineOf('dos-sync', staged, 'dos-sync'),
    lineOf('Node started for nothing, then git diff-index', staged, 'node and diff-index'),
  ]);
}

function drawCheck(check: ReadonlyMap<number, Times>): string {
  return drawPlot('A check of everything, nothing changed', 'files in the working tree', [
    lineOf('git status', check, 'git status'),
    lineOf('dos-sync check', check, 'check'),
  ]);
}

function drawCurves(curves: NonNullable<Parts['curves']>): string {
  const lines = ['fix of every file', 'a commit of every file that is blocked', 'check --json', 'status'];
  return drawPlot(
    'Commands as a pair of directories grows',
    'files in the pair',
    lines.flatMap((name) => {
      const runs = curves.get(name);
      return runs ? [lineOf(`dos-sync ${name}`, runs, 'dos-sync')] : [];
    }),
  );
}

/** Each plot that has numbers, by its name. */
export function drawPlots({ paths, manifests, staged, check, curves }: Parts): readonly (readonly [string, string])[] {
  return [
    ...(paths ? [['paths', drawPaths(paths)] as const] : []),
    ...(manifests ? [['manifest', drawManifests(manifests)] as const] : []),
    ...(staged ? [['staged', drawStaged(staged)] as const] : []),
    ...(check ? [['check', drawCheck(check)] as const] : []),
    ...(curves ? [['curves', drawCurves(curves)] as const] : []),
  ];
}
