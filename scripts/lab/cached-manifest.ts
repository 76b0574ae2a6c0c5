// Measures whether the cached manifest of the hooks pays: the rules for one path, from the manifest
// itself and from the cache. Each is a fresh process; the figures are milliseconds.
// usage: npm run lab -- cached-manifest [ROUNDS]

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parseManifest } from '../../src/manifest/parse.js';
import { formatCachedManifest } from '../../src/rules/cached-manifest.js';
import { spreadOf, type Timed, timeTogether } from './bench/timer.js';

const SIZES = [20, 200, 2_000, 20_000];
const ROUNDS = 21;

const COMMON = `import { readFileSync } from 'node:fs';
import { buildRules } from './src/rules/build.js';
const [file, path] = process.argv.slice(2);
const bytes = readFileSync(file);
`;
const PROGRAMS = {
  manifest: `${COMMON}import { parseManifest } from './src/manifest/parse.js';
if (buildRules(parseManifest(bytes).manifest).lookUp(path).length !== 1) process.exit(1);`,
  cache: `${COMMON}import { CachedManifest } from './src/rules/cached-manifest.js';
if (buildRules(new CachedManifest(bytes).narrow([path])).lookUp(path).length !== 1) process.exit(1);`,
};

type ProgramName = keyof typeof PROGRAMS;

async function bundle(name: ProgramName, place: string): Promise<string> {
  const outfile = join(place, `${name}.mjs`);
  await build({
    stdin: { contents: PROGRAMS[name], resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    outfile,
  });
  return outfile;
}

/** Writes a manifest of plain pairs of files, and its cache. */
function writeFiles(pairs: number, place: string): Readonly<Record<ProgramName, string>> {
  const list = Array.from({ length: pairs }, (_, at) => ({
    a: `live/${at % 100}/${at}`,
    b: `release/${at % 100}/${at}`,
  }));
  const text = JSON.stringify({ pairs: list, fix_direction: 'live_to_submodule' }, null, 2);
  const parsed = parseManifest(Buffer.from(text));
  const cached = parsed.ok ? formatCachedManifest(parsed.manifest) : undefined;
  if (cached === undefined) throw new Error(`no cache for ${pairs} pairs`);
  const files = { manifest: join(place, `${pairs}.json`), cache: join(place, `${pairs}.cache`) };
  writeFileSync(files.manifest, text);
  writeFileSync(files.cache, cached, 'latin1');
  return files;
}

async function main(rounds: number): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), 'dos-sync-lab-'));
  try {
    const names = Object.keys(PROGRAMS) as ProgramName[];
    const programs = new Map(await Promise.all(names.map(async (name) => [name, await bundle(name, place)] as const)));
    process.stdout.write(`node ${process.version}, ${rounds} rounds; median (middle half)\n`);
    for (const size of SIZES) {
      const files = writeFiles(size, place);
      const timed = names.map((name): Timed => {
        const args = [programs.get(name) ?? '', files[name], 'live/7/7'];
        return { name, command: process.execPath, args, cwd: place, env: process.env };
      });
      const times = timeTogether(timed, rounds);
      const cells = names.map((name) => {
        const { median, low, high } = spreadOf(times.get(name) ?? []);
        return `${name} ${median.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)})`;
      });
      process.stdout.write(`${String(size).padStart(6)} pairs: ${cells.join(', ')}\n`);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

await main(Number(process.argv[2] ?? ROUNDS));
