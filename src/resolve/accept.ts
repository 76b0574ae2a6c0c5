// From findings to the manifest that takes them for meant: each as an exception that is pinned to what both sides hold now.

import type { Workplace } from '../git/objects.js';
import { hashObject } from '../git/oid.js';
import { isUtf8, pathFromText, textOf } from '../git/path.js';
import { check } from '../judge/judge-pairs.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { type Accepted, addExceptions } from '../manifest/accept.js';
import { parseManifest } from '../manifest/parse.js';
import { MANIFEST_NAME } from '../manifest/types.js';
import { Fault } from '../messages/fault.js';
import { formatProblems } from '../messages/manifest.js';
import { buildIndex } from '../rules/build.js';
import { modeOf, sameEntry } from '../snapshot/entry.js';
import { readTouches } from '../snapshot/path-status.js';
import type { Span } from '../snapshot/select.js';
import { ABSENT, type Entry, type Snapshot } from '../snapshot/types.js';
import type { Step, Touches } from './types.js';

/** True if an exception can name both sides. */
export function canBeAccepted(finding: Judgement): boolean {
  const { a, b } = finding.pair;
  return isFinding(finding) && a !== null && b !== null && isUtf8(a) && isUtf8(b);
}

/** The manifest's text with these findings as exceptions. @throws Fault `manifest` if it would not be valid any more. */
export function acceptFindings(source: string, findings: readonly Judgement[], reason: string): string {
  const pinned = findings.filter(canBeAccepted).map((finding) => pin(finding, reason));
  const text = addExceptions(source, pinned);
  const result = parseManifest(Buffer.from(text, 'utf8'));
  if (result.ok) return text;
  const problems = formatProblems(MANIFEST_NAME, result.problems);
  throw new Fault('manifest', `With this exception the manifest would be wrong, so it was not added.\n${problems}`);
}

function pin({ pair, a, b }: Judgement, reason: string): Accepted {
  const name = (path: typeof pair.a) => (path === null ? '' : textOf(path));
  return { a: name(pair.a), b: name(pair.b), reason, at: [stateOf(a), stateOf(b)] };
}

function stateOf(entry: Entry): string | null {
  return entry.kind === 'absent' ? null : `${modeOf(entry)} ${entry.oid}`;
}

/** The findings among these that the edited manifest still has. */
export async function stillFound(
  text: string,
  span: Span,
  findings: readonly Judgement[],
): Promise<readonly Judgement[]> {
  const result = parseManifest(Buffer.from(text, 'utf8'));
  if (!result.ok) return findings;
  const sides = ({ pair }: Judgement) => `${pair.a}\0${pair.b}`;
  const meant = new Set(findings.map(sides));
  return (await check(buildIndex(result.manifest), span)).filter((each) => isFinding(each) && meant.has(sides(each)));
}

const MANIFEST = pathFromText(MANIFEST_NAME);

/** Where the manifest can be written without taking along what is not staged. */
export function readManifestTouch(place: Workplace, result: Snapshot): Promise<Touches> {
  return readTouches(place, result, [MANIFEST], 'index');
}

/** True if the manifest is staged as it stands in the working tree. */
export function isManifestStaged(touches: Touches): boolean {
  const touch = touches.get(MANIFEST);
  return touch?.index.kind === 'file' && sameEntry(touch.index, touch.worktree);
}

/** The step that writes what a person keeps into the staged manifest. */
export async function readKeepStep(
  { repository, objects }: Workplace,
  touches: Touches,
  kept: readonly { readonly findings: readonly Judgement[]; readonly reason: string }[],
): Promise<Step> {
  const before = touches.get(MANIFEST)?.index ?? ABSENT;
  const blob = before.kind === 'file' ? await objects.contents(before.oid) : undefined;
  if (!blob || before.kind !== 'file') throw new Fault('git', `${MANIFEST_NAME} is not staged.`, 'git add it first');
  const source = blob.content.toString('utf8');
  const text = kept.reduce((edited, { findings, reason }) => acceptFindings(edited, findings, reason), source);
  const content = Buffer.from(text, 'utf8');
  const oid = hashObject(repository.format, 'blob', content);
  return { path: MANIFEST, from: MANIFEST, before, entry: { ...before, oid }, content };
}
