// Measures what a commit and a check cost, beside the peers and beside git alone. Writes
// docs/performance.json, and from it docs/performance.md and its plots.
// usage: npm run lab -- bench [--only commits,trace,paths,manifests,staged,check,curves]
//          [--rounds N] [--largest PATHS] [--trace FILE --manifest FILE] [--before CLI]
//          [--curve WORDS]
//        npm run lab -- bench --render       the page alone, from the numbers that are there

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CURVES, timeCurve } from './bench/curves.js';
import { describeEnvironment } from './bench/environment.js';
import { type PartName, type Parts, readMeasured, withPart, writeMeasured } from './bench/measured.js';
import { formatPage } from './bench/page.js';
import { installPeers, peerCommits } from './bench/peers.js';
import { drawPlots } from './bench/plots.js';
import { timeChecks, timeManifests, timePaths, timeStaged } from './bench/scales.js';
import { timeTogether } from './bench/timer.js';
import { timeTrace } from './bench/trace.js';

const ALL: readonly PartName[] = ['commits', 'trace', 'paths', 'manifests', 'staged', 'check', 'curves'];
const PATHS = [2000, 100_000, 1_000_000];
const MANIFESTS = [10, 1000, 100_000];
const STAGED = [1, 10, 50, 500, 10_000];
/** 4,000 pairs of files and nothing else, then whole repositories. */
const CHECKED = [8000, 100_000, 1_000_000];

interface Options {
  readonly only: readonly PartName[];
  readonly rounds: number;
  readonly largest: number;
  readonly trace: string | undefined;
  readonly manifest: string | undefined;
  /** The cli.js of another build, which the curves time too. */
  readonly before: string | undefined;
  /** Only the curves whose name has these words. */
  readonly curve: string;
}

function measure(name: PartName, scratch: string, options: Options): Parts[PartName] {
  const { rounds, largest, trace, manifest } = options;
  const sizes = (all: readonly number[]) => all.filter((count) => count <= largest);
  switch (name) {
    case 'commits':
      return timeCommits(scratch, rounds);
    case 'trace':
      return trace === undefined || manifest === undefined ? undefined : timeTrace(scratch, trace, manifest);
    case 'paths':
      return new Map(sizes(PATHS).map((count) => [count, timePaths(scratch, count, rounds)]));
    case 'manifests':
      return timeManifests(scratch, sizes(MANIFESTS), rounds);
    case 'staged':
      return timeStaged(scratch, STAGED, rounds);
    case 'check':
      return new Map(sizes(CHECKED).map((count) => [count, timeChecks(scratch, count, rounds)]));
    case 'curves':
      return timeCurves(scratch, options);
  }
}

function timeCommits(scratch: string, rounds: number): Parts['commits'] {
  const { commands, requireHooks } = peerCommits(scratch, join(scratch, 'peers'));
  const times = timeTogether(commands, rounds);
  requireHooks();
  return times;
}

function timeCurves(scratch: string, { rounds, before, curve }: Options): NonNullable<Parts['curves']> {
  const chosen = CURVES.filter(({ name }) => name.includes(curve));
  const known = readMeasured()?.parts.curves ?? [];
  return new Map([
    ...known,
    ...chosen.map((each) => [each.name, timeCurve(scratch, each, rounds, { before })] as const),
  ]);
}

function load(): number {
  return loadavg()[0] ?? 0;
}

/** Reads the recorded numbers, so that the page always matches them. */
function render(): void {
  const measured = readMeasured();
  if (!measured) throw new Error('there is no docs/performance.json yet');
  for (const [name, svg] of drawPlots(measured.parts)) writeFileSync(`docs/performance-${name}.svg`, svg);
  writeFileSync('docs/performance.md', formatPage(measured));
}

/** Records each part at once, so that a later failure does not lose it. */
function run(options: Options): void {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'dos-sync-bench-')));
  const clear = () => rmSync(scratch, { recursive: true, force: true });
  const stop = () => {
    clear();
    process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop());
  try {
    const environment = describeEnvironment();
    let measured = readMeasured();
    for (const name of options.only) {
      const peers = name === 'commits' ? { peers: installPeers(join(scratch, 'peers')) } : {};
      const [start, before] = [Date.now(), load()];
      const part = measure(name, scratch, options);
      const seconds = Math.round((Date.now() - start) / 1000);
      process.stdout.write(`${name}: ${part ? `${seconds} s` : 'left out'}, load ${load().toFixed(1)}\n`);
      if (!part) continue;
      const day = new Date(start).toISOString().slice(0, 10);
      const how = { rounds: options.rounds, load: [before, load()] as const, day, ...peers };
      measured = withPart(measured, environment, name, part, how);
      writeMeasured(measured);
      render();
    }
  } finally {
    clear();
  }
}

function parseOptions(): Options & { readonly render: boolean } {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: ALL.join(',') },
      rounds: { type: 'string', default: '11' },
      largest: { type: 'string', default: '1000000' },
      trace: { type: 'string' },
      manifest: { type: 'string' },
      before: { type: 'string' },
      curve: { type: 'string', default: '' },
      render: { type: 'boolean', default: false },
    },
  });
  const only = values.only.split(',') as PartName[];
  const unknown = only.filter((name) => !ALL.includes(name));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: there are ${ALL.join(', ')}`);
  return {
    only,
    rounds: Number(values.rounds),
    largest: Number(values.largest),
    trace: values.trace,
    manifest: values.manifest,
    before: values.before,
    curve: values.curve,
    render: values.render,
  };
}

const options = parseOptions();
if (options.render) render();
else run(options);
