// Discovers a history's declared pairs: goes to the newest commit at which a declared pair has two
// equal files, and checks that discovery, without the manifest, proposes each pair with at least
// half of its files equal.

import { findCopies, linkDeclared } from '../../src/discover/find-copies.js';
import { LIMITS } from '../../src/discover/limits.js';
import { Links } from '../../src/discover/links.js';
import type { Proposal } from '../../src/discover/types.js';
import { type Commit, readHistory } from '../../src/git/history.js';
import { ObjectReader } from '../../src/git/objects.js';
import { readRevisions } from '../../src/git/range.js';
import { openRepository, type Repository } from '../../src/git/repository.js';
import { readTreeFiles } from '../../src/git/tree-files.js';
import { check } from '../../src/judge/judge-pairs.js';
import type { Verdict } from '../../src/judge/types.js';
import type { Manifest } from '../../src/manifest/types.js';
import { buildRules } from '../../src/rules/build.js';
import { TreeSnapshot } from '../../src/snapshot/tree.js';
import { parseTraceManifest, readTraceManifest, withTrace } from './trace.js';

interface Found {
  readonly commit: Commit;
  /** Declared pairs that are copies at that commit, by key, with their equal files. */
  readonly equal: ReadonlyMap<string, readonly Verdict[]>;
}

// A trace has an id instead of each content, so all sizes are equal.
const TRACE_LIMITS = { ...LIMITS, smallestAlone: LIMITS.smallest, large: LIMITS.smallest };

/** `TRACE MANIFEST`. @returns an exit code; undefined if an argument is missing */
export async function replayDiscovery([trace, manifestPath]: readonly string[]): Promise<number | undefined> {
  if (trace === undefined || manifestPath === undefined) return undefined;
  return withTrace(trace, (scratch) => rediscover(scratch, readTraceManifest(manifestPath)));
}

async function rediscover(scratch: string, manifest: Manifest): Promise<number> {
  const repository = await openRepository(scratch);
  const objects = new ObjectReader(repository.git);
  const { commit, equal } = await findNewest(repository, objects, manifest);
  const search = { commit: commit.oid, tree: commit.tree, declared: undefined, history: 2000, limits: TRACE_LIMITS };
  const proposals = await findCopies({ repository, objects }, search);
  const links = await linkProposed(repository, commit, proposals);
  let failed = 0;
  for (const [key, verdicts] of equal) {
    const reached = verdicts.some(({ pair: { a, b } }) => a !== null && b !== null && links.areLinked(a, b));
    if (reached) continue;
    failed += 1;
    process.stdout.write(`not proposed: ${key}\n`);
  }
  await objects.close();
  const likely = proposals.filter((proposal) => proposal.likely).length;
  process.stdout.write(`${equal.size} declared pairs, ${proposals.length} proposals, ${likely} of them likely\n`);
  process.stdout.write(`${equal.size - failed} passed, ${failed} failed\n`);
  return failed === 0 && equal.size > 0 ? 0 : 1;
}

async function findNewest(repository: Repository, objects: ObjectReader, manifest: Manifest): Promise<Found> {
  const rules = buildRules(manifest);
  const walk = { ...(await readRevisions(repository, 'main')), firstParent: true };
  for await (const commit of readHistory(repository.git, walk)) {
    const verdicts = await check(rules, { after: new TreeSnapshot(objects, commit.tree) });
    const equal = copiesAmong(verdicts);
    if (equal.size > 0) return { commit, equal };
  }
  throw new Error('at no commit does a declared pair hold two equal files');
}

function copiesAmong(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const byKey = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    if (verdict.a.kind !== 'file' || verdict.b.kind !== 'file') continue;
    byKey.set(verdict.pair.key, [...(byKey.get(verdict.pair.key) ?? []), verdict]);
  }
  const copies = [...byKey].map(([key, both]) => {
    const equal = both.filter(({ status }) => status === 'SYNCED');
    return [key, equal.length * 2 >= both.length ? equal : []] as const;
  });
  return new Map(copies.filter(([, equal]) => equal.length > 0));
}

/** The pairs of the proposals, each parsed as the manifest that it would become. */
async function linkProposed(repository: Repository, commit: Commit, proposals: readonly Proposal[]): Promise<Links> {
  const files = await readTreeFiles(repository.git, commit.tree);
  const links = new Links();
  for (const { pairs, aliases } of proposals) {
    const manifest = { pairs, aliases: Object.fromEntries(aliases), fix_direction: 'live_to_submodule' };
    const rules = buildRules(parseTraceManifest(Buffer.from(JSON.stringify(manifest))));
    linkDeclared(
      files.map(({ path }) => path),
      rules,
      links,
    );
  }
  return links;
}
