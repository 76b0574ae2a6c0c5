// Measures what a commit and a check cost, beside the peers and beside git alone; writes docs/performance.md and its plots.
// usage: npm run bench -- [--rounds N] [--largest PATHS] [--trace FILE MANIFEST]

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { layOutPage, type Measured } from './bench/page.js';
import { installPeers, peerCommits } from './bench/peers.js';
import { drawPlot, type Line } from './bench/plot.js';
import {
  commit,
  ENVIRONMENT,
  git,
  installDosSync,
  makeRepository,
  stagePaths,
  storeBlob,
} from './bench/repositories.js';
import { timeChecks, timeManifests, timePaths, timeStaged } from './bench/scales.js';
import { spreadOf, type Times, timeTogether } from './bench/timer.js';

const MANIFESTS = [10, 1000, 100_000];
const STAGED = [1, 10, 50, 500, 5000];
const CHECKED = 8000;

function say(words: string): void {
  process.stdout.write(`${words}, load ${loadavg()[0]?.toFixed(1)}\n`);
}

/** A history from a fast-import stream, with a commit of another file and one of a paired file on top. */
function timeTrace(scratch: string, trace: string, manifest: string, rounds: number): Times {
  const top = makeRepository(join(scratch, 'trace'));
  const stream = trace.endsWith('.gz') ? gunzipSync(readFileSync(trace)) : readFileSync(trace);
  const { status } = spawnSync('git', ['fast-import', '--quiet'], { cwd: top, env: ENVIRONMENT, input: stream });
  if (status !== 0) throw new Error(`${trace} could not be loaded`);
  git(top, ['reset', '-q', '--hard', 'main']);
  writeFileSync(join(top, '.dos-sync-manifest.json'), readFileSync(manifest));
  git(top, ['add', '.dos-sync-manifest.json']);
  commit(top);
  installDosSync(top);
  stagePaths(top, ['a file of no pair'], storeBlob(top, 'x\n'));
  const env = ENVIRONMENT;
  const bare = 'git rev-parse HEAD:.dos-sync-manifest.json; git diff-index --cached --quiet HEAD; exit 0';
  return timeTogether(
    [
      { name: 'bare hook', command: 'sh', args: ['-c', bare], cwd: top, env },
      { name: 'dos-sync', command: 'sh', args: ['.git/hooks/pre-commit'], cwd: top, env },
    ],
    rounds,
  );
}

function describeMachine(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${cpus().length} × ${cpu?.model.trim()}, ${memory}, Linux ${release()}`;
}

function versions(peers: ReadonlyMap<string, string>): string {
  const ours = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
  const gitVersion = spawnSync('git', ['--version'], { encoding: 'utf8' }).stdout.trim().replace('git version ', '');
  const others = [...peers].map(([name, version]) => `${name} ${version}`);
  return [`dos-sync ${ours}`, `Node ${process.versions.node}`, `git ${gitVersion}`, ...others].join(', ');
}

function lineOf<Key extends number>(name: string, runs: ReadonlyMap<Key, Times>, of: string): Line {
  const points = [...runs].map(([at, times]): [number, number] => [at, spreadOf(times.get(of) ?? []).median]);
  return { name, points };
}

function drawAll({ paths, manifests, staged }: Measured): void {
  const untouched = new Map([...paths].map(([count, { untouched: times }]) => [count, times]));
  const touched = new Map([...paths].map(([count, { touched: times }]) => [count, times]));
  const plots: [string, string][] = [
    [
      'paths',
      drawPlot('One commit', 'paths in the index', [
        lineOf('bare hook', untouched, 'bare hook'),
        lineOf('no pair touched', untouched, 'dos-sync'),
        lineOf('diff-index --raw', touched, 'diff-index'),
        lineOf('10 files staged', touched, 'dos-sync'),
      ]),
    ],
    [
      'manifest',
      drawPlot('A touched commit', 'pairs in the manifest', [
        { name: 'dos-sync', points: [...manifests].map(([name, times]) => [Number(name), spreadOf(times).median]) },
      ]),
    ],
    [
      'staged',
      drawPlot('A touched commit', 'staged files', [
        lineOf('cat-file', staged, 'cat-file'),
        lineOf('node + diff-index', staged, 'node and diff-index'),
        lineOf('dos-sync', staged, 'dos-sync'),
      ]),
    ],
  ];
  for (const [name, svg] of plots) writeFileSync(`docs/performance-${name}.svg`, svg);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '15' },
      largest: { type: 'string', default: '1000000' },
      trace: { type: 'string' },
    },
  });
  const [rounds, largest] = [Number(values.rounds), Number(values.largest)];
  const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-bench-'));
  try {
    const start = loadavg()[0] ?? 0;
    const peers = installPeers(join(scratch, 'peers'));
    say('peers');
    const commits = timeTogether(peerCommits(scratch, join(scratch, 'peers')), rounds);
    say('trace');
    const [manifest] = positionals;
    const trace =
      values.trace === undefined || manifest === undefined
        ? undefined
        : timeTrace(scratch, resolve(values.trace), resolve(manifest), rounds);
    const sizes = [2000, 100_000, 1_000_000].filter((count) => count <= largest);
    say('paths');
    const paths = new Map(sizes.map((count) => [count, timePaths(scratch, count, rounds)]));
    say('manifests');
    const manifests = timeManifests(scratch, MANIFESTS, rounds);
    say('staged');
    const staged = timeStaged(scratch, STAGED, rounds);
    say('check');
    const few = Math.max(3, Math.floor(rounds / 3));
    const checks = new Map(
      [CHECKED * 2, ...sizes.slice(1)].map((count) => [count, timeChecks(scratch, count, few, count === CHECKED * 2)]),
    );
    const load = [start, loadavg()[0] ?? 0] as const;
    const measured = { commits, trace, paths, manifests, staged, checks, rounds, load };
    drawAll(measured);
    writeFileSync('docs/performance.md', layOutPage(measured, describeMachine(), versions(peers)));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

await main();
