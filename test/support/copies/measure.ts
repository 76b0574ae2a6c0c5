// How well discovery separates copies from similar files: its likely proposals, compared with the
// known copies.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCopies } from '../../../src/discover/find-copies.js';
import { Links } from '../../../src/discover/links.js';
import type { Proposal } from '../../../src/discover/types.js';
import { ObjectReader } from '../../../src/git/objects.js';
import { pathFromText, textOf } from '../../../src/git/path.js';
import { readRevisions } from '../../../src/git/range.js';
import { openRepository, readTreeId } from '../../../src/git/repository.js';
import { check } from '../../../src/judge/judge-pairs.js';
import { isOutOfSync, type Verdict } from '../../../src/judge/types.js';
import { addAll } from '../../../src/manifest/edit-lists.js';
import { parseManifest } from '../../../src/manifest/parse.js';
import { buildRules } from '../../../src/rules/build.js';
import { TreeSnapshot } from '../../../src/snapshot/tree.js';
import { History } from './history.js';
import type { CopySet, Shape } from './trees.js';

export interface MeasuredShape {
  /** Likely proposals of only true copies, with their true source. */
  readonly right: number;
  /** The other likely ones, and what is wrong with each. */
  readonly wrong: readonly string[];
  /** True sets that the likely proposals link completely. */
  readonly found: number;
  readonly missed: readonly string[];
  /** Drift that a check of all proposals together reports, and that no proposal shows. */
  readonly surprises: readonly string[];
}

export async function measure(shape: Shape, seed: number): Promise<MeasuredShape> {
  const history = new History(seed);
  const sets = shape.make(history);
  const top = mkdtempSync(join(tmpdir(), 'copies-'));
  try {
    run(top, ['init', '-q', '-b', 'main'], '');
    run(top, ['fast-import', '--quiet'], history.stream());
    return await judgeProposals(top, sets);
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

function run(cwd: string, args: readonly string[], input: string): void {
  const { status, stderr } = spawnSync('git', args, { cwd, input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`);
}

async function judgeProposals(top: string, sets: readonly CopySet[]): Promise<MeasuredShape> {
  const repository = await openRepository(top);
  const objects = new ObjectReader(repository.git);
  const { tip } = await readRevisions(repository, 'main');
  const tree = await readTreeId(repository.git, tip);
  const search = { commit: tip, tree, declared: undefined, history: 2000 };
  const proposals = await findCopies({ repository, objects }, search);
  const snapshot = new TreeSnapshot(objects, tree);
  const links = new Links();
  const wrong: string[] = [];
  const likely = proposals.filter((proposal) => proposal.likely);
  for (const proposal of likely) {
    const judged = await judgeAll([proposal], snapshot);
    for (const { pair } of judged) if (pair.a && pair.b) links.link(pair.a, pair.b);
    const error = errorOf(proposal, judged, sets);
    if (error !== undefined) wrong.push(error);
  }
  const missed = sets.filter(({ files }) => !areLinked(links, files)).map(({ files }) => files.join(' = '));
  const surprises = await findSurprises(proposals, snapshot);
  await objects.close();
  return { right: likely.length - wrong.length, wrong, found: sets.length - missed.length, missed, surprises };
}

function areLinked(links: Links, files: readonly string[]): boolean {
  const [first, ...others] = files.map(pathFromText);
  return others.every((other) => first !== undefined && links.areLinked(first, other));
}

/** What is wrong with the proposal; undefined if it is right. */
function errorOf(proposal: Proposal, judged: readonly Verdict[], sets: readonly CopySet[]): string | undefined {
  const name = proposal.pairs.map(({ a, b }) => `${a} -> ${b}`).join(', ');
  for (const { pair, status } of judged) {
    if (status === 'LIVE_ONLY' || status === 'SUBMODULE_ONLY') continue;
    const [a, b] = [textOf(pair.a ?? pair.rootA), textOf(pair.b ?? pair.rootB)];
    const set = sets.find(({ files }) => files.includes(a) && files.includes(b));
    if (!set) return `${name}: ${a} and ${b} are no copies`;
    if (set.source === b) return `${name}: ${b} is the source of ${a}`;
  }
  return undefined;
}

async function judgeAll(proposals: readonly Proposal[], snapshot: TreeSnapshot): Promise<readonly Verdict[]> {
  const text = proposals.reduce(
    (source, { pairs, aliases, onlyA, onlyB }) =>
      addAll(source, { pairs, aliases, liveOnly: onlyA, submoduleOnly: onlyB }),
    '{ "pairs": [], "fix_direction": "live_to_submodule" }\n',
  );
  const parsed = parseManifest(Buffer.from(text, 'utf8'));
  if (!parsed.ok) throw new Error(`${parsed.problems.map(({ message }) => message).join('; ')}\n${text}`);
  return check(buildRules(parsed.manifest), { after: snapshot });
}

/**
 * Writes all proposals together: a check must find exactly the differences that they have shown.
 */
async function findSurprises(proposals: readonly Proposal[], snapshot: TreeSnapshot): Promise<readonly string[]> {
  const shown = new Set(proposals.flatMap(({ drifted }) => drifted.map(([a, b]) => `${a} ${b}`)));
  const verdicts = (await judgeAll(proposals, snapshot)).filter(isOutOfSync);
  const names = verdicts.map(({ pair }) => `${textOf(pair.a ?? pair.rootA)} ${textOf(pair.b ?? pair.rootB)}`);
  return names.filter((name) => !shown.has(name));
}
