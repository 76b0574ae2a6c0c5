// Accepts verdicts: adds each to the manifest as an exception that is pinned to the present content
// of both sides.

import { differenceOf, digestOf } from '../differences/agreed.js';
import { ABSENT, type Entry, modeOf, sameEntry } from '../git/entry.js';
import { hashObject } from '../git/oid.js';
import { isUtf8, pathFromText, textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { judge } from '../judge/judge-pairs.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { type Accepted, addExceptions } from '../manifest/accept.js';
import { parseManifest } from '../manifest/parse.js';
import { MANIFEST_NAME } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { formatProblems, wouldBeInvalid } from '../messages/manifest.js';
import { buildRules } from '../rules/build.js';
import { pathsOf } from '../rules/identity.js';
import type { FilePair } from '../rules/types.js';
import { readPairsAt } from '../snapshot/asked-pairs.js';
import { readTextOf, textsAt } from '../snapshot/compared.js';
import { readStatuses } from '../snapshot/path-status.js';
import type { Change } from '../snapshot/select.js';
import type { Snapshot } from '../snapshot/types.js';
import type { PathStatuses, Step } from './types.js';

/** True if an exception can name both sides. */
export function canBeAccepted(verdict: Verdict): boolean {
  const { a, b } = verdict.pair;
  return isOutOfSync(verdict) && a !== null && b !== null && isUtf8(a) && isUtf8(b);
}

/**
 * The manifest's text with these verdicts as exceptions. @throws Fault `manifest` if it would be
 * invalid.
 */
export async function acceptVerdicts(
  after: Snapshot,
  source: string,
  verdicts: readonly Verdict[],
  reason: string,
): Promise<string> {
  const pinned = await Promise.all(verdicts.filter(canBeAccepted).map((verdict) => pin(after, verdict, reason)));
  const text = addExceptions(source, pinned);
  const result = parseManifest(Buffer.from(text, 'utf8'));
  if (result.ok) return text;
  const problems = formatProblems(MANIFEST_NAME, result.problems);
  throw wouldBeInvalid('exception', problems);
}

async function pin(after: Snapshot, { pair, a, b }: Verdict, reason: string): Promise<Accepted> {
  const name = (path: typeof pair.a) => (path === null ? '' : textOf(path));
  const digest = await readDigest(after, pair, a, b);
  return {
    a: name(pair.a),
    b: name(pair.b),
    reason,
    at: [stateOf(a), stateOf(b)],
    ...(digest !== undefined && { digest }),
  };
}

/** The digest of the difference of two texts with the same mode; undefined for anything else. */
async function readDigest(after: Snapshot, pair: Verdict['pair'], a: Entry, b: Entry): Promise<string | undefined> {
  if (a.kind !== 'file' || b.kind !== 'file' || a.oid === b.oid || pair.a === null || pair.b === null) return undefined;
  const textA = await readTextOf(textsAt(after, pair.a), a.oid);
  const textB = await readTextOf(textsAt(after, pair.b), b.oid);
  return textA === undefined || textB === undefined ? undefined : digestOf(differenceOf(textA, textB));
}

function stateOf(entry: Entry): string | null {
  return entry.kind === 'absent' ? null : `${modeOf(entry)} ${entry.oid}`;
}

/** The verdicts that the edited manifest still has. */
export async function stillFound(
  text: string,
  change: Change,
  verdicts: readonly Verdict[],
): Promise<readonly Verdict[]> {
  const result = parseManifest(Buffer.from(text, 'utf8'));
  if (!result.ok) return verdicts;
  const sides = ({ a, b }: FilePair) => `${a}\0${b}`;
  const meant = new Set(verdicts.map(({ pair }) => sides(pair)));
  const rules = buildRules(result.manifest);
  const pairs = await readPairsAt(rules, change, [...new Set(verdicts.flatMap(({ pair }) => pathsOf(pair)))]);
  const same = pairs.filter((pair) => meant.has(sides(pair)));
  return (await judge(rules, change, same)).filter(isOutOfSync);
}

const MANIFEST = pathFromText(MANIFEST_NAME);

/** The manifest's path status: whether it can be written without staging other edits. */
export function readManifestStatus(place: Workplace, after: Snapshot): Promise<PathStatuses> {
  return readStatuses(place, after, [MANIFEST], 'index');
}

/** True if the staged manifest equals the one in the working tree. */
export function isManifestStaged(statuses: PathStatuses): boolean {
  const status = statuses.get(MANIFEST);
  return status?.index.kind === 'file' && sameEntry(status.index, status.worktree);
}

/** The step that writes the kept differences into the staged manifest. */
export async function readKeepStep(
  { repository, objects }: Workplace,
  statuses: PathStatuses,
  kept: readonly { readonly verdicts: readonly Verdict[]; readonly reason: string }[],
  after: Snapshot,
): Promise<Step> {
  const before = statuses.get(MANIFEST)?.index ?? ABSENT;
  const blob = before.kind === 'file' ? await objects.contents(before.oid) : undefined;
  if (!blob || before.kind !== 'file') throw new Fault('git', `${MANIFEST_NAME} is not staged.`, 'git add it first');
  const source = blob.content.toString('utf8');
  let text = source;
  for (const { verdicts, reason } of kept) text = await acceptVerdicts(after, text, verdicts, reason);
  const content = Buffer.from(text, 'utf8');
  const oid = hashObject(repository.format, 'blob', content);
  return { path: MANIFEST, from: MANIFEST, before, entry: { ...before, oid }, content };
}
