// Formats what a fix did, what it skipped, and the ways to resolve each refusal.

import { type RepoPath, textOf } from '../git/path.js';
import type { Provenances } from '../history/types.js';
import { sayCopied, sayDeleted, sayMarked, sayMerged, sayRefused } from '../messages/check.js';
import type { Finding } from '../resolve/findings.js';
import type { Plan, Refusal } from '../resolve/types.js';
import { identityOf } from '../rules/identity.js';
import { formatCommands } from './findings.js';
import type { Person } from './person.js';
import { formatPasts } from './provenance.js';
import type { CommandSetting } from './ways.js';

/** One line for each step that was or would be done. */
export function formatSteps({ steps }: Plan, dry: boolean): string[] {
  return steps.map(({ path, from, entry }) =>
    entry.kind === 'absent' ? sayDeleted(textOf(path), dry) : sayCopied(textOf(path), textOf(from), dry),
  );
}

/** The result of a merge: which content went into which file, and the copies of it. */
export function formatMerge(
  { root, merged, conflicts }: { root: RepoPath; merged: readonly RepoPath[]; conflicts: readonly RepoPath[] },
  plan: Plan,
  dry: boolean,
): string[] {
  if (plan.steps.length === 0) return [];
  if (conflicts.length > 0) return [sayMarked(textOf(root), dry)];
  const copies = plan.steps.filter(({ path }) => path !== root);
  return [sayMerged(textOf(root), merged.map(textOf), dry), ...formatSteps({ ...plan, steps: copies }, dry)];
}

/** Each refusal by name, with its history, then the commands that the user may have meant. */
export function formatRefusals(
  { refusals }: Plan,
  left: Finding | undefined,
  person: Person,
  setting: CommandSetting,
): string[] {
  const lines = refusals.flatMap((refusal) => {
    const { path, from, reason } = refusal;
    const history = reason === 'no-source' || !left ? [] : pastOf(refusal, left);
    return [sayRefused(textOf(path), reason, textOf(from)), ...history.map((line) => `  ${line}`)];
  });
  if (!left || refusals.length === 0) return lines;
  const ways = left.ways.filter(({ kind }) => kind !== 'fix');
  return [...lines, ...formatCommands({ ...left, ways, refused: { steps: [], refusals: [] } }, person, setting)];
}

function pastOf(
  { path, from }: Refusal,
  { group, provenances }: { group: Finding['group']; provenances: Provenances },
) {
  const verdict = group.component.verdicts.find(({ pair }) => {
    return (pair.a === path && pair.b === from) || (pair.b === path && pair.a === from);
  });
  return verdict ? formatPasts([[verdict.pair, provenances.get(identityOf(verdict.pair))]], 1) : [];
}
