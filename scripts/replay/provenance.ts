// Looks up the stale side at each commit of a recorded history that caused drift: if the two had
// been equal and one of them changed, it must name the other one.

import { ObjectReader } from '../../src/git/objects.js';
import type { RepoPath } from '../../src/git/path.js';
import { parsePaths, parseRawDiff } from '../../src/git/records.js';
import { openRepository, type Repository } from '../../src/git/repository.js';
import { readGit } from '../../src/git/run.js';
import { readProvenance } from '../../src/history/provenance.js';
import type { Provenance } from '../../src/history/types.js';
import { check, judge } from '../../src/judge/judge-pairs.js';
import { isOutOfSync } from '../../src/judge/types.js';
import type { Manifest } from '../../src/manifest/types.js';
import { buildRules } from '../../src/rules/build.js';
import { identityOf } from '../../src/rules/identity.js';
import type { FilePair, Rules } from '../../src/rules/types.js';
import { TreeSnapshot } from '../../src/snapshot/tree.js';
import { readTraceCommits, readTraceManifest, type TraceCommit, withTrace } from './trace.js';

/**
 * The state before a drift event. Determined by checks alone, commit by commit, so that it can
 * contradict provenance.
 */
const BEFORE = [
  'equal, one side moved',
  'equal, both sides moved',
  'equal under earlier names',
  'never equal',
] as const;

type Before = (typeof BEFORE)[number];

interface Place {
  readonly repository: Repository;
  readonly objects: ObjectReader;
}

interface Outcome {
  readonly before: Before;
  readonly right: boolean;
  readonly says: string;
}

async function askEachCommit(scratch: string, manifest: Manifest): Promise<number> {
  const repository = await openRepository(scratch);
  const place = { repository, objects: new ObjectReader(repository.git) };
  const rules = buildRules(manifest);
  const outcomes: Outcome[] = [];
  // Two files that become equal are touched by that commit.
  const onceEqual = new Set<string>();
  for (const commit of await readTraceCommits(repository)) {
    const { verdicts, events, touched } = await readEvents(place, rules, commit);
    const report = await readProvenance(place, events, { tip: commit.oid });
    for (const { pair } of events) {
      const provenance = report.get(identityOf(pair));
      const renamed = provenance !== undefined && (await endedUnderEarlierNames(repository, provenance));
      outcomes.push(outcomeOf(pair, provenance, { touched, renamed, onceEqual: onceEqual.has(identityOf(pair)) }));
    }
    const equal = verdicts.filter(({ status }) => status === 'SYNCED' || status === 'LINKED');
    for (const { pair } of equal) onceEqual.add(identityOf(pair));
  }
  await place.objects.close();
  return reportOutcomes(outcomes);
}

/** The pairs that the commit touches, and those that it brings into drift. */
async function readEvents({ repository, objects }: Place, rules: Rules, { tree, base }: TraceCommit) {
  const change = { after: new TreeSnapshot(objects, tree), before: new TreeSnapshot(objects, base) };
  const changes = await readGit(repository.git, ['diff-tree', '-r', '-z', '--name-only', base, tree]);
  const touched = new Set(parsePaths(changes));
  const verdicts = await check(rules, { ...change, touched });
  const outOfSync = verdicts.filter(isOutOfSync);
  const before = await judge(
    rules,
    { after: change.before },
    outOfSync.map(({ pair }) => pair),
  );
  const wrong = new Set(before.filter(isOutOfSync).map(({ pair }) => pair));
  return { verdicts, touched, events: outOfSync.filter(({ pair }) => !wrong.has(pair)) };
}

/** True if the commit that ended the equal state replaced exactly the blob that was equal. */
async function endedUnderEarlierNames({ git }: Repository, { base, since }: Provenance): Promise<boolean> {
  if (!base || since?.kind !== 'commit') return false;
  const changes = parseRawDiff(await readGit(git, ['diff-tree', '-r', '-z', '--raw', `${since.oid}^`, since.oid]));
  return changes.some(({ before }) => before.oid === base.oid);
}

interface Known {
  readonly touched: ReadonlySet<RepoPath>;
  readonly renamed: boolean;
  readonly onceEqual: boolean;
}

function outcomeOf(pair: FilePair, provenance: Provenance | undefined, known: Known): Outcome {
  const [movedA, movedB] = [pair.a, pair.b].map((path) => path !== null && known.touched.has(path));
  const says = `${pair.key}: ${JSON.stringify(provenance)}`;
  const claimed = provenance?.verdict === 'behind' && provenance.basis === 'moved';
  if (!known.onceEqual && claimed) return { before: 'equal under earlier names', right: known.renamed, says };
  if (!known.onceEqual) return { before: 'never equal', right: provenance !== undefined, says };
  if (movedA === movedB) return { before: 'equal, both sides moved', right: provenance?.base !== undefined, says };
  const stale = movedA ? 'b' : 'a';
  const right = provenance?.verdict === 'behind' && provenance.stale === stale;
  return { before: 'equal, one side moved', right, says: `${says}, expected ${stale} behind` };
}

function reportOutcomes(outcomes: readonly Outcome[]): number {
  const wrong = outcomes.filter(({ right }) => !right);
  for (const { before, says } of wrong) process.stdout.write(`${before}: ${says}\n`);
  const counted = (before: Before) => `${outcomes.filter((outcome) => outcome.before === before).length} ${before}`;
  process.stdout.write(`${outcomes.length} drift events. Before: ${BEFORE.map(counted).join('; ')}\n`);
  process.stdout.write(`${outcomes.length - wrong.length} passed, ${wrong.length} failed\n`);
  return wrong.length === 0 && outcomes.length > 0 ? 0 : 1;
}

/** `TRACE MANIFEST`. @returns an exit code; undefined if an argument is missing */
export async function replayProvenance([trace, manifest]: readonly string[]): Promise<number | undefined> {
  if (trace === undefined || manifest === undefined) return undefined;
  return withTrace(trace, (scratch) => askEachCommit(scratch, readTraceManifest(manifest)));
}
