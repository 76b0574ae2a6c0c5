// Replays a history: loads a `git fast-import` stream into a scratch repository and runs the staged check for every
// commit as its pre-commit hook would see it, the whole check on the last one, and the audit along the first parents.
// With --provenance: whether history, asked at each commit that brought a pair into drift, names the side that the commit left behind.
// usage: npm run replay -- TRACE MANIFEST [--expect EXPECTED.json | --provenance]

import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { execa } from 'execa';
import { audit } from '../src/audit.js';
import { check, judge } from '../src/check.js';
import { checkStaged } from '../src/check-staged.js';
import type { AuditEvent, AuditKind } from '../src/drift/audit.js';
import type { Provenance } from '../src/drift/history.js';
import { readProvenance } from '../src/drift/provenance.js';
import { isFinding, type Judgement } from '../src/drift/types.js';
import { ObjectReader } from '../src/git/objects.js';
import { emptyTree, type Oid, parseOid } from '../src/git/oid.js';
import { type RepoPath, textOf } from '../src/git/path.js';
import { readRange } from '../src/git/range.js';
import { parsePaths } from '../src/git/records.js';
import { openRepository, type Repository } from '../src/git/repository.js';
import { readGit } from '../src/git/run.js';
import { parseManifest } from '../src/manifest/parse.js';
import type { Manifest } from '../src/manifest/types.js';
import { identityOf } from '../src/pairs/identity.js';
import { buildIndex } from '../src/pairs/index.js';
import { countTotals } from '../src/report/totals.js';
import { TreeSnapshot } from '../src/snapshot/tree.js';

interface Expected {
  readonly hook: { readonly commits_blocked: number; readonly events: number };
  readonly hook_commits: Readonly<Record<string, number>>;
  readonly audit_commits: readonly ExpectedAudit[];
}

interface ExpectedAudit {
  readonly commit: string;
  /** How many, or each as [a, b, status]. */
  readonly introduced: number | readonly (readonly [string, string, string])[];
  readonly resolved: number;
  readonly kept: number;
}

interface Commit {
  readonly oid: Oid;
  readonly tree: Oid;
  readonly base: Oid;
  /** The id that the commit had where it was made: its message, 12 digits. */
  readonly original: string;
}

const USAGE = 'usage: npm run replay -- TRACE MANIFEST [--expect EXPECTED.json | --provenance]';

async function main(): Promise<number> {
  const options = { expect: { type: 'string' }, provenance: { type: 'boolean' } } as const;
  const { positionals, values } = parseArgs({ allowPositionals: true, options });
  const [trace, manifestPath] = positionals;
  if (trace === undefined || manifestPath === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const parsed = parseManifest(readFileSync(resolve(manifestPath)));
  if (!parsed.ok) {
    process.stderr.write(`${JSON.stringify(parsed.problems, null, 1)}\n`);
    return 2;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-replay-'));
  try {
    await load(resolve(trace), scratch);
    if (values.provenance) return await replayProvenance(scratch, parsed.manifest);
    const blocked = await replay(scratch, parsed.manifest);
    const audited = await auditAll(scratch, parsed.manifest);
    if (values.expect === undefined) return 0;
    const expected = JSON.parse(readFileSync(resolve(values.expect), 'utf8')) as Expected;
    return compare(blocked, audited, expected);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function load(trace: string, scratch: string): Promise<void> {
  // The history of this repository's own hooks must not leak into the scratch one.
  for (const name of Object.keys(process.env)) if (name.startsWith('GIT_')) delete process.env[name];
  await execa('git', ['init', '-q', '-b', 'main', scratch]);
  const file = createReadStream(trace);
  const stream = trace.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  await execa('git', ['-C', scratch, 'fast-import', '--quiet'], { input: stream });
}

async function readHistory({ git, format }: Repository): Promise<readonly Commit[]> {
  const log = await readGit(git, ['log', '--first-parent', '--reverse', '-z', '--format=%H %T %s', 'main']);
  const lines = log
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '');
  return lines.map((line, at) => {
    const [oid = '', tree = '', original = ''] = line.split(' ');
    const before = lines[at - 1]?.split(' ')[1];
    const base = before === undefined ? emptyTree(format) : parseOid(before);
    return { oid: parseOid(oid), tree: parseOid(tree), base, original: original.slice(0, 12) };
  });
}

/** The number of findings by commit; commits that pass are not in it. */
async function replay(scratch: string, manifest: Manifest): Promise<ReadonlyMap<string, number>> {
  process.env['GIT_INDEX_FILE'] = join(scratch, 'replay.index');
  const repository = await openRepository(scratch);
  const objects = new ObjectReader(repository.git);
  const history = await readHistory(repository);
  const blocked = new Map<string, number>();
  for (const { tree, base, original } of history) {
    await readGit(repository.git, ['read-tree', tree]);
    const outcome = await checkStaged(repository, objects, { manifest, base });
    const findings = outcome.kind === 'checked' ? outcome.judgements.filter(isFinding) : [];
    if (findings.length > 0) blocked.set(original, findings.length);
  }
  const events = [...blocked.values()].reduce((sum, count) => sum + count, 0);
  process.stdout.write(`${history.length} commits: ${blocked.size} blocked, ${events} findings\n`);
  const last = history[history.length - 1];
  if (last) await reportLast(objects, manifest, last.tree);
  await objects.close();
  return blocked;
}

async function reportLast(objects: ObjectReader, manifest: Manifest, tree: Oid): Promise<void> {
  const index = buildIndex(manifest);
  const judgements = await check(index, { result: new TreeSnapshot(objects, tree) });
  const { identical, drift, missing, unchecked } = countTotals(index.keys, judgements);
  const counts = `${identical} identical, ${drift} drifted, ${missing} missing, ${unchecked} not checked`;
  process.stdout.write(`the last commit, whole: ${counts}\n`);
}

/** What the audit has to tell, by commit. */
async function auditAll(scratch: string, manifest: Manifest): Promise<ReadonlyMap<string, readonly AuditEvent[]>> {
  const repository = await openRepository(scratch);
  const objects = new ObjectReader(repository.git);
  const told = new Map<string, readonly AuditEvent[]>();
  const walk = { ...(await readRange(repository, 'main')), firstParent: true };
  for await (const { commit, events } of audit({ repository, objects }, buildIndex(manifest), walk)) {
    if (events.length > 0) told.set(commit.subject.slice(0, 12), events);
  }
  await objects.close();
  const all = [...told.values()].flat();
  process.stdout.write(`the audit: ${KINDS.map((kind) => `${count(all, kind)} ${kind}`).join(', ')}\n`);
  return told;
}

const KINDS = ['introduced', 'resolved', 'kept'] as const;

function count(events: readonly AuditEvent[], kind: AuditKind): number {
  return events.filter((event) => event.kind === kind).length;
}

/** Every commit that either side names is one comparison, once for the hook and once for the audit. */
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

/** Both in one form: the pairs by name where the expectation names them, else the numbers. */
function describe(events: readonly AuditEvent[], wanted: ExpectedAudit | undefined): [string, string] {
  const { introduced = 0, resolved = 0, kept = 0 } = wanted ?? {};
  const named = typeof introduced === 'number' ? undefined : introduced.map((pair) => pair.join(' '));
  const found = events.filter(({ kind }) => kind === 'introduced').map(nameOf);
  const form = (first: unknown, ...rest: number[]) => JSON.stringify([first, ...rest]);
  return [
    form(named ? found.sort() : found.length, count(events, 'resolved'), count(events, 'kept')),
    form(named ? named.sort() : introduced, resolved, kept),
  ];
}

function nameOf({ pair, judgement }: AuditEvent): string {
  const [a, b] = [pair.a, pair.b].map((path) => (path === null ? '' : textOf(path)));
  return `${a} ${b} ${judgement.status}`;
}

/** What one drift event comes to: undefined where the two never were equal, or the commit touched both. */
type Outcome = { readonly named: boolean; readonly says: string } | undefined;

async function replayProvenance(scratch: string, manifest: Manifest): Promise<number> {
  const repository = await openRepository(scratch);
  const place = { repository, objects: new ObjectReader(repository.git) };
  const index = buildIndex(manifest);
  const outcomes: Outcome[] = [];
  for (const { oid, tree, base } of await readHistory(repository)) {
    const span = { result: new TreeSnapshot(place.objects, tree), base: new TreeSnapshot(place.objects, base) };
    const changes = await readGit(repository.git, ['diff-tree', '-r', '-z', '--name-only', base, tree]);
    const touched = new Set(parsePaths(changes));
    const findings = (await check(index, { ...span, touched })).filter(isFinding);
    const pairs = findings.map(({ pair }) => pair);
    const wrong = new Set((await judge(index, span.base, pairs)).filter(isFinding).map(({ pair }) => pair));
    const events = findings.filter(({ pair }) => !wrong.has(pair));
    const told = await readProvenance(place, events, { tip: oid });
    for (const event of events) outcomes.push(outcomeOf(event, told.get(identityOf(event.pair)), touched));
  }
  await place.objects.close();
  return reportOutcomes(outcomes);
}

function outcomeOf({ pair }: Judgement, provenance: Provenance | undefined, touched: ReadonlySet<RepoPath>): Outcome {
  const [movedA, movedB] = [pair.a, pair.b].map((path) => path !== null && touched.has(path));
  if (movedA === movedB || !provenance?.base || provenance.since?.kind !== 'commit') return undefined;
  const expected = movedA ? 'b' : 'a';
  const named = provenance.verdict === 'behind' && provenance.stale === expected;
  return { named, says: `${pair.key}: ${JSON.stringify(provenance)}, expected ${expected} behind` };
}

function reportOutcomes(outcomes: readonly Outcome[]): number {
  const judged = outcomes.filter((outcome) => outcome !== undefined);
  const wrong = judged.filter(({ named }) => !named);
  for (const { says } of wrong) process.stdout.write(`${says}\n`);
  process.stdout.write(
    `${outcomes.length} drift events, ${judged.length} with an equal state before and one side moved\n`,
  );
  process.stdout.write(`${judged.length - wrong.length} passed, ${wrong.length} failed\n`);
  return wrong.length === 0 && outcomes.length > 0 ? 0 : 1;
}

process.exitCode = await main();
