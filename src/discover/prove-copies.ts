// Checks a draft with the normal pipeline, as the manifest that it would become.

import { textOf } from '../git/path.js';
import { check } from '../judge/judge-pairs.js';
import type { Verdict } from '../judge/types.js';
import { parseManifest } from '../manifest/parse.js';
import { Fault } from '../messages/fault.js';
import { buildRules } from '../rules/build.js';
import type { Snapshot } from '../snapshot/types.js';
import type { CopyEvidence } from './contents.js';
import { type DraftRow, type Settled, settle } from './settle.js';
import type { Draft } from './types.js';

/** The declaration; undefined if a check would report anything other than what is shown. */
export async function proveDraft(
  evidence: CopyEvidence,
  draft: Draft,
  snapshot: Snapshot,
): Promise<Settled | undefined> {
  const rows = await readRows(draft, {}, snapshot);
  const settled = rows && settle(evidence, draft, rows);
  if (!settled) return undefined;
  const of = (side: 'a' | 'b') => settled.alone.flatMap((each) => (each.side === side ? [textOf(each.path)] : []));
  const lists = { live_only: of('a'), submodule_only: of('b') };
  const proved = await readRows({ ...draft, pairs: settled.pairs }, lists, snapshot);
  const shown = new Map(settled.drifted.map((row) => [keyOf(row), row]));
  const equal = proved?.filter(({ verdict }) => verdict === 'equal') ?? [];
  const drifted = proved?.flatMap((row) => (row.verdict === 'differs' ? (shown.get(keyOf(row)) ?? []) : [])) ?? [];
  const rest = (proved?.length ?? 0) - equal.length - drifted.length;
  return proved && rest === 0 && proved.length > 0 ? { ...settled, equal, drifted } : undefined;
}

function keyOf({ a, b }: DraftRow): string {
  return `${a}\0${b}`;
}

async function readRows(draft: Draft, lists: object, snapshot: Snapshot): Promise<readonly DraftRow[] | undefined> {
  const aliases = Object.fromEntries(draft.aliases);
  const manifest = { pairs: draft.pairs, aliases, ...lists, fix_direction: 'live_to_submodule' };
  const parsed = parseManifest(Buffer.from(JSON.stringify(manifest), 'utf8'));
  if (!parsed.ok) return undefined;
  try {
    return (await check(buildRules(parsed.manifest), { after: snapshot })).flatMap(rowOf);
  } catch (error) {
    // A link on the way, or a file beside a directory: the draft is not usable.
    if (Fault.is(error)) return undefined;
    throw error;
  }
}

const VERDICTS: Partial<Record<Verdict['status'], DraftRow['verdict']>> = {
  SYNCED: 'equal',
  LINKED: 'equal',
  DRIFT: 'differs',
  MISSING_A: 'only-b',
  MISSING_B: 'only-a',
};

function rowOf({ pair, status }: Verdict): readonly DraftRow[] {
  const verdict = VERDICTS[status];
  const { rule, rootA, rootB } = pair;
  // If an alias uses the other name, only one path is left.
  const [a, b] = [pair.a ?? pair.b, pair.b ?? pair.a];
  if (!verdict || a === null || b === null) return [];
  return [{ pair: rule.declared.list === 'pairs' ? rule.declared.at : undefined, a, b, rootA, rootB, verdict }];
}
