// Measures how long it takes to find the stale sides in a long history with many pairs.
// usage: npm run lab -- measure-provenance [--commits N] [--pairs N] [--drifted N]
//          [--never-equal N]

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { ObjectReader } from '../../src/git/objects.js';
import { openRepository, readCommitId } from '../../src/git/repository.js';
import { readProvenance } from '../../src/history/provenance.js';
import { check } from '../../src/judge/judge-pairs.js';
import { isOutOfSync } from '../../src/judge/types.js';
import { parseManifest } from '../../src/manifest/parse.js';
import { buildRules } from '../../src/rules/build.js';
import { TreeSnapshot } from '../../src/snapshot/tree.js';

interface Shape {
  readonly commits: number;
  readonly pairs: number;
  /** Pairs with an edit of one side somewhere in the history. */
  readonly drifted: number;
  /** Pairs that differ from the start, which need the whole history. */
  readonly neverEqual: number;
}

const FILES_PER_COMMIT = 4;

/**
 * `git fast-import`: all pairs start equal; then commits edit other files, and sometimes one side.
 */
function* history({ commits, pairs, drifted, neverEqual }: Shape): Generator<string> {
  const file = (path: string, content: string) => `M 100644 inline ${path}\ndata ${content.length}\n${content}\n`;
  // The number of the drifted pair, from 1.
  const turn = (at: number) => Math.floor((Math.max(0, at) * (drifted + 1)) / commits);
  for (let at = 0; at < commits; at += 1) {
    yield `commit refs/heads/main\ncommitter m <m@m> ${1_600_000_000 + at * 60} +0000\ndata 1\nc\n`;
    if (at === 0) {
      for (let pair = 0; pair < pairs; pair += 1) {
        yield file(`live/${pair}.md`, `pair ${pair}`);
        yield file(`release/${pair}.md`, pair < neverEqual ? `other ${pair}` : `pair ${pair}`);
      }
    }
    for (let each = 0; each < FILES_PER_COMMIT; each += 1)
      yield file(`src/${(at * 7 + each) % 500}.ts`, `${at} ${each}`);
    if (turn(at) > turn(at - 1)) {
      yield file(`${turn(at) % 2 === 0 ? 'live' : 'release'}/${neverEqual + turn(at)}.md`, `edited ${at}`);
    }
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      commits: { type: 'string', default: '1650' },
      pairs: { type: 'string', default: '930' },
      drifted: { type: 'string', default: '58' },
      'never-equal': { type: 'string', default: '0' },
    },
  });
  const [commits, pairs, drifted] = [values.commits, values.pairs, values.drifted].map(Number) as [
    number,
    number,
    number,
  ];
  const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-measure-'));
  try {
    await execa('git', ['init', '-q', '-b', 'main', scratch]);
    const input = [...history({ commits, pairs, drifted, neverEqual: Number(values['never-equal']) })].join('');
    await execa('git', ['-C', scratch, 'fast-import', '--quiet'], { input });
    await execa('git', ['-C', scratch, 'commit-graph', 'write', '--reachable'], { reject: false });
    await measure(scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function measure(scratch: string): Promise<void> {
  const manifest = { pairs: [{ a: 'live', b: 'release' }], fix_direction: 'live_to_submodule' };
  const parsed = parseManifest(Buffer.from(JSON.stringify(manifest)));
  if (!parsed.ok) throw new Error('the manifest is wrong');
  const repository = await openRepository(scratch);
  const place = { repository, objects: new ObjectReader(repository.git) };
  const after = new TreeSnapshot(place.objects, repository.headTree);
  const verdicts = await check(buildRules(parsed.manifest), { after });
  const outOfSync = verdicts.filter(isOutOfSync);
  const before = process.memoryUsage().rss;
  const start = process.hrtime.bigint();
  const report = await readProvenance(place, outOfSync, { tip: await readCommitId(repository.git, 'HEAD') });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  await place.objects.close();
  const counts = new Map<string, number>();
  for (const { verdict } of report.values()) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const words = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  const grown = Math.round((process.memoryUsage().rss - before) / 1e6);
  process.stdout.write(`${outOfSync.length} of ${verdicts.length} pairs: ${words}\n`);
  process.stdout.write(`${Math.round(milliseconds)} ms, memory ${grown >= 0 ? '+' : ''}${grown} MB\n`);
}

await main();
