// Replays a `git fast-import` stream: the staged check for every commit as its hook would see it,
// the full check of the last one, and the audit along first parents.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countTotals } from '../../src/format/totals.js';
import { ObjectReader } from '../../src/git/objects.js';
import type { Oid } from '../../src/git/oid.js';
import { textOf } from '../../src/git/path.js';
import { readRevisions } from '../../src/git/range.js';
import { openRepository } from '../../src/git/repository.js';
import { readGit } from '../../src/git/run.js';
import { audit } from '../../src/history/audit.js';
import type { AuditEvent, AuditKind } from '../../src/history/audit-change.js';
import { check } from '../../src/judge/judge-pairs.js';
import { checkStaged } from '../../src/judge/staged.js';
import { isOutOfSync } from '../../src/judge/types.js';
import type { Manifest } from '../../src/manifest/types.js';
import { buildRules } from '../../src/rules/build.js';
import { TreeSnapshot } from '../../src/snapshot/tree.js';
import { readTraceCommits, readTraceManifest, withTrace } from './trace.js';

interface Expected {
  readonly hook: { readonly commits_blocked: number; readonly events: number };
  readonly hook_commits: Readonly<Record<string, number>>;
  readonly audit_commits: readonly ExpectedAudit[];
}

interface ExpectedAudit {
  readonly commit: string;
  /** The number, or each pair as [a, b, status]. */
  readonly introduced: number | readonly (readonly [string, string, string])[];
  readonly resolved: number;
  readonly kept: number;
}

/**
 * `TRACE MANIFEST [--expect EXPECTED.json]`. @returns an exit code; undefined if an argument is
 * missing
 */
export async function replayCommits(args: readonly string[]): Promise<number | undefined> {
  const options = { expect: { type: 'string' } } as const;
  const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [trace, manifestPath] = positionals;
  if (trace === undefined || manifestPath === undefined) return undefined;
  const manifest = readTraceManifest(manifestPath);
  return withTrace(trace, async (scratch) => {
    const blocked = await replay(scratch, manifest);
    const audited = await auditAll(scratch, manifest);
    if (values.expect === undefined) return 0;
    const expected = JSON.parse(readFileSync(resolve(values.expect), 'utf8')) as Expected;
    return compare(blocked, audited, expected);
  });
}

/** The number of findings by commit; commits without any are not in it. */
async function replay(scratch: string, manifest: Manifest): Promise<ReadonlyMap<string, number>> {
  process.env['GIT_INDEX_FILE'] = join(scratch, 'replay.index');
  const repository = await openRepository(scratch);
  const objects = new ObjectReader(repository.git);
  const history = await readTraceCommits(repository);
  const blocked = new Map<string, number>();
  for (const { tree, base, original } of history) {
    await readGit(repository.git, ['read-tree', tree]);
    const outcome = await checkStaged(repository, objects, { manifest, base });
    const verdicts = outcome.kind === 'checked' ? outcome.verdicts.filter(isOutOfSync) : [];
    if (verdicts.length > 0) blocked.set(original, verdicts.length);
  }
  const events = [...blocked.values()].reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${history.length} commits: ${blocked.size} blocked, ${events} findings\n`);
  const last = history[history.length - 1];
  if (last) await reportLast(objects, manifest, last.tree);
  await objects.close();
  return blocked;
}

async function reportLast(objects: ObjectReader, manifest: Manifest, tree: Oid): Promise<void> {
  const rules = buildRules(manifest);
  const verdicts = await check(rules, { after: new TreeSnapshot(objects, tree) });
  const { identical, drift, missing, unchecked } = countTotals(rules.keys, verdicts);
  const counts = `${identical} identical, ${drift} drifted, ${missing} missing, ${unchecked} not checked`;
  process.stdout.write(`the last commit, whole: ${counts}\n`);
}

/** The audit's records, by commit. */
async function auditAll(scratch: string, manifest: Manifest): Promise<ReadonlyMap<string, readonly AuditEvent[]>> {
  const repository = await openRepository(scratch);
  const objects = new ObjectReader(repository.git);
  const told = new Map<string, readonly AuditEvent[]>();
  const walk = { ...(await readRevisions(repository, 'main')), firstParent: true };
  for await (const { commit, events } of audit({ repository, objects }, buildRules(manifest), walk)) {
    if (events.length > 0) told.set(commit.subject.slice(0, 12), events);
  }
  await objects.close();
  const all = [...told.values()].flat();
  process.stdout.write(`the audit: ${KINDS.map((kind) => `${count(all, kind)} ${kind}`).join(', ')}\n`);
  return told;
}

const KINDS = ['introduced', 'born', 'resolved', 'kept'] as const;

function count(events: readonly AuditEvent[], kind: AuditKind): number {
  return events.filter((event) => event.kind === kind).length;
}

/** Every commit that either side has is compared twice: for the hook and for the audit. */
function compare(
  blocked: ReadonlyMap<string, number>,
  audited: ReadonlyMap<string, readonly AuditEvent[]>,
  expected: Expected,
): number {
  const hookCommits = new Set([...blocked.keys(), ...Object.keys(expected.hook_commits)]);
  const hook = [...hookCommits].flatMap((commit) => {
    const [got, wanted] = [blocked.get(commit) ?? 0, expected.hook_commits[commit] ?? 0];
    return got === wanted ? [] : [`${commit}: ${got} findings, expected ${wanted}`];
  });
  const wantedAudit = new Map(expected.audit_commits.map((each) => [each.commit, each]));
  const auditCommits = new Set([...audited.keys(), ...wantedAudit.keys()]);
  const audits = [...auditCommits].flatMap((commit) => {
    const [got, wanted] = describe(audited.get(commit) ?? [], wantedAudit.get(commit));
    return got === wanted ? [] : [`${commit}: the audit tells ${got}, expected ${wanted}`];
  });
  const compared = hookCommits.size + auditCommits.size;
  const failures = [...hook, ...audits];
  for (const line of failures) process.stdout.write(`${line}\n`);
  process.stdout.write(`${compared - failures.length} passed, ${failures.length} failed\n`);
  return failures.length === 0 && compared > 0 ? 0 : 1;
}

/** Both in the same form: pairs by name if the expectation names them, else counts. */
function describe(events: readonly AuditEvent[], wanted: ExpectedAudit | undefined): [string, string] {
  const { introduced = 0, resolved = 0, kept = 0 } = wanted ?? {};
  const named = typeof introduced === 'number' ? undefined : introduced.map((pair) => pair.join(' '));
  const found = events.filter(({ kind }) => kind === 'introduced' || kind === 'born').map(nameOf);
  const form = (first: unknown, ...rest: number[]) => JSON.stringify([first, ...rest]);
  return [
    form(named ? found.sort() : found.length, count(events, 'resolved'), count(events, 'kept')),
    form(named ? named.sort() : introduced, resolved, kept),
  ];
}

function nameOf({ pair, verdict }: AuditEvent): string {
  const [a, b] = [pair.a, pair.b].map((path) => (path === null ? '' : textOf(path)));
  return `${a} ${b} ${verdict.status}`;
}
