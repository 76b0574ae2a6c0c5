// `audit`: which commits broke or restored pairs, and their authors; the whole walk, one shard, or
// the merge of shards.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import {
  type AuditHead,
  AuditJson,
  type AuditReport,
  orderShards,
  parseAuditReport,
  type Shard,
} from '../format/audit-json.js';
import { type AuditRecord, AuditTally, buildAuditRecord, isTelling } from '../format/audit-record.js';
import { formatRecord, formatTally } from '../format/audit-text.js';
import { countCommits, type HistoryWalk } from '../git/history.js';
import { hashObject } from '../git/oid.js';
import { readRevisions } from '../git/range.js';
import { readTreeId } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { type AuditedCommit, audit } from '../history/audit.js';
import { MANIFEST_NAME, MANIFEST_PATH, type Manifest } from '../manifest/types.js';
import { noManifestAt, noReportFile, noSuchShard, sayJudgedByHead } from '../messages/audit.js';
import { mergeWithRange } from '../messages/options.js';
import { buildRules } from '../rules/build.js';
import { readManifestIn } from '../snapshot/rules-in.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import type { Output } from './output.js';
import { Progress } from './progress.js';
import { readNamedManifest, withRepository } from './scope.js';
import type { Stage } from './verb.js';

interface AuditFlags {
  readonly allParents?: boolean;
  readonly full?: boolean;
  readonly json?: boolean;
  readonly manifest?: string;
  readonly shard?: string;
  readonly merge?: string[];
}

export function addAudit(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('audit [range]')
    .description(
      'list the commits that brought pairs out of sync, back in sync, or kept them in sync, with their authors; ' +
        'follows first parents from HEAD. All commits are judged by the manifest at the tip of the range, unless --manifest gives another',
    )
    .option('--all-parents', 'also read the commits of merged branches; a merge is judged by what no parent has')
    .option('--full', 'also list the pairs that were kept in sync')
    .option('--json', 'print JSON, for programs')
    .option('--manifest <file>', "judge all commits by this file, instead of the manifest at the range's tip")
    .option('--shard <i/n>', 'read only the i-th of n parts, for a CI matrix; with --json')
    .option('--merge <files...>', 'combine the reports of all shards')
    .action(async (range: string | undefined, flags: AuditFlags) => {
      const { full = false, json = false, allParents = false, merge, manifest, shard } = flags;
      if (merge && (range !== undefined || shard !== undefined || manifest !== undefined || allParents))
        throw mergeWithRange();
      if (merge) finish(runAuditMerge(cwd, merge, { full, json }, output));
      else finish(await runAudit({ cwd, range: range ?? 'HEAD', allParents, full, json, manifest, shard }, output));
    });
}

export interface AuditOptions {
  readonly cwd: string;
  readonly range: string;
  readonly allParents: boolean;
  readonly json: boolean;
  /** Also the pairs that stayed in sync. */
  readonly full: boolean;
  /** A file that replaces the manifest at the tip of the range. */
  readonly manifest?: string | undefined;
  /** `i/n`. */
  readonly shard?: string | undefined;
}

type AuditLayout = Pick<AuditOptions, 'json' | 'full'>;

/** 0, or 2 if no touched pair could be judged. @throws Fault for every other 2. */
export function runAudit(options: AuditOptions, output: Output): Promise<number> {
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  return withRepository(options.cwd, async (place) => {
    const range = await readRevisions(place.repository, options.range);
    const rules = await readRules(place, options, range.tip, output);
    const walk = { ...range, firstParent: !options.allParents };
    const head: AuditHead = {
      range: options.range,
      ...range,
      walk: options.allParents ? 'all-parents' : 'first-parent',
      manifest: { from: rules.from, id: rules.id },
      shard,
    };
    const part = shard && partOf(shard, await countCommits(place.repository.git, walk));
    const report = new Report(head, options, output);
    await walkThrough(place, rules.manifest, { ...walk, ...(part && { part }) }, report);
    return report.end();
  });
}

/** `audit --merge`: the report that one walk over all shards would have made. */
export function runAuditMerge(cwd: string, files: readonly string[], layout: AuditLayout, output: Output): number {
  const read = (name: string): AuditReport => {
    if (!existsSync(resolve(cwd, name))) throw noReportFile(name);
    return parseAuditReport(name, readFileSync(resolve(cwd, name), 'utf8'));
  };
  const shards = orderShards(files.map(read));
  const { range, tip, excluded, walk, manifest } = shards[0] as AuditReport;
  const report = new Report({ range, tip, excluded, walk, manifest, shard: null }, layout, output);
  for (const { commits, totals } of shards) report.take(commits, totals);
  return report.end();
}

/** Prints each record at once, so that memory does not grow with the history. */
class Report {
  readonly #json = new AuditJson();
  readonly #tally = new AuditTally();
  readonly #progress = new Progress();
  readonly #layout: AuditLayout;
  readonly #output: Output;

  constructor(head: AuditHead, layout: AuditLayout, output: Output) {
    this.#layout = layout;
    this.#output = output;
    if (layout.json) output.print(this.#json.begin(head));
  }

  get progress(): Progress {
    return this.#progress;
  }

  add(audited: AuditedCommit): void {
    this.#tally.addWalked(audited.touched, audited.unchecked, audited.unjudged.length);
    if (isTelling(audited)) this.#print(buildAuditRecord(audited));
    this.#progress.step();
  }

  /** The records of a shard; its totals also count what the records leave out. */
  take(records: readonly AuditRecord[], totals: AuditReport['totals']): void {
    const { commits, commits_touching, touched, unchecked, unjudged } = totals;
    this.#tally.addTotals({ commits, commits_touching, touched, unchecked, unjudged });
    for (const record of records) this.#print(record);
  }

  #print(record: AuditRecord): void {
    this.#tally.addRecord(record);
    const lines = this.#layout.json ? this.#json.record(record) : formatRecord(record, this.#layout.full);
    if (lines.length === 0) return;
    this.#progress.clear();
    this.#output.print(lines);
  }

  end(): number {
    this.#progress.clear();
    this.#output.print(this.#layout.json ? this.#json.end(this.#tally) : formatTally(this.#tally));
    return this.#tally.exitCode;
  }
}

async function walkThrough(place: Workplace, manifest: Manifest, walk: HistoryWalk, report: Report): Promise<void> {
  const { progress } = report;
  const counting = progress.isSeen
    ? countCommits(place.repository.git, walk).then((total) => {
        progress.total = walk.part?.count ?? total;
      })
    : Promise.resolve();
  try {
    for await (const audited of audit(place, buildRules(manifest), walk)) report.add(audited);
  } finally {
    await counting;
    progress.clear();
  }
}

interface AuditRules {
  readonly manifest: Manifest;
  readonly from: string;
  readonly id: string;
}

/** One manifest for the whole history: the given file, the one at the range's tip, or HEAD's. */
async function readRules(
  place: Workplace,
  { cwd, manifest: file, range }: AuditOptions,
  tip: string,
  output: Output,
): Promise<AuditRules> {
  if (file !== undefined) {
    const known = readNamedManifest(resolve(cwd, file));
    const id = hashObject(place.repository.format, 'blob', Buffer.from(known.source, 'utf8'));
    return { manifest: known.manifest, from: file, id };
  }
  const atTip = await readRulesIn(place, tip, range);
  if (atTip) return atTip;
  // A range from before the manifest.
  const now = await readRulesIn(place, 'HEAD', 'HEAD');
  if (!now) throw noManifestAt(range);
  output.complain([sayJudgedByHead(range)]);
  return now;
}

async function readRulesIn(place: Workplace, revision: string, name: string): Promise<AuditRules | undefined> {
  const tree = new TreeSnapshot(place.objects, await readTreeId(place.repository.git, revision));
  const manifest = await readManifestIn(tree, place.objects);
  const entry = await tree.readEntry(MANIFEST_PATH);
  return manifest && entry.kind === 'file' ? { manifest, from: `${name}:${MANIFEST_NAME}`, id: entry.oid } : undefined;
}

function parseShard(words: string): Shard {
  const [, index = '0', of = '0'] = /^(\d{1,6})\/(\d{1,6})$/.exec(words) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index < 1 || shard.index > shard.of) throw noSuchShard(words);
  return shard;
}

function partOf({ index, of }: Shard, commits: number): { skip: number; count: number } {
  const [start, end] = [index - 1, index].map((each) => Math.floor((each * commits) / of)) as [number, number];
  return { skip: start, count: end - start };
}
