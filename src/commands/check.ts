// `check`: the verdict on every pair, for a person or for a program.

import { createHash } from 'node:crypto';
import { check } from '../check.js';
import { isFinding, type Judgement } from '../drift/types.js';
import type { ObjectReader } from '../git/objects.js';
import type { RepoPath } from '../git/path.js';
import { sayNotMeant } from '../messages/check.js';
import { Fault } from '../messages/fault.js';
import { readCases } from '../read-cases.js';
import { layOutCase, layOutWays } from '../report/cases.js';
import { buildJson, type Digests } from '../report/json.js';
import { layOutRows, layOutTotals } from '../report/text.js';
import { countTotals, exitCodeOf, type Totals } from '../report/totals.js';
import { layOutUnchecked } from '../report/unchecked.js';
import { digestOnDisk } from '../snapshot/disk.js';
import type { Entry } from '../snapshot/types.js';
import { fixOpened } from './fix.js';
import type { Output } from './output.js';
import { isMeant, type Opened, openScope, pathsOfArguments, readPerson, type Scope, withRepository } from './scope.js';

export interface CheckOptions {
  readonly cwd: string;
  readonly scope: Scope;
  readonly paths: readonly string[];
  readonly full: boolean;
  readonly json: boolean;
  readonly fix: boolean;
  readonly dryRun: boolean;
}

/** 0 in sync, 1 drift. @throws Fault for 2, unless nothing could be compared, which is told and returned. */
export function runCheck(options: CheckOptions, output: Output): Promise<number> {
  return withRepository(options.cwd, async (place) => {
    const opened = await openScope(place, options.scope);
    const paths = pathsOfArguments(place.repository.top, options.cwd, options.paths);
    if (options.fix) {
      if (options.scope.kind === 'commit')
        throw new Fault('usage', 'A commit cannot be fixed.', 'leave out --commit, or --fix');
      const way = { kind: options.scope.kind, dryRun: options.dryRun, followDeletions: false } as const;
      const remaining = await fixOpened(opened, paths, way, options.cwd, options.json ? output.quiet() : output);
      // What was fixed is read again: the report is about what is there, not about what was meant.
      if (options.dryRun) return options.json ? report(opened, paths, options, output) : remaining;
      return report(await openScope(place, options.scope), paths, options, output);
    }
    return report(opened, paths, options, output);
  });
}

async function report(
  opened: Opened,
  paths: readonly RepoPath[],
  options: CheckOptions,
  output: Output,
): Promise<number> {
  const judgements = (await check(opened.index, opened.span)).filter(({ pair }) => isMeant(pair, paths));
  if (paths.length > 0 && judgements.length === 0) {
    throw new Fault('usage', sayNotMeant(options.paths), 'see the pairs: git dos-sync check --full');
  }
  // Where paths narrow the check, nothing is said of the pairs that they leave out.
  const keys = paths.length === 0 ? opened.index.keys : judgements.map(({ pair }) => pair.key);
  const totals = countTotals(keys, judgements);
  const code = exitCodeOf(totals, judgements);
  if (options.json) {
    const digests = await readDigests(opened, options.scope, judgements.filter(isFinding));
    output.print([JSON.stringify(buildJson(code, totals, judgements, digests), null, 2)]);
  } else await printText(opened, judgements, totals, options, output);
  return code;
}

async function printText(
  opened: Opened,
  judgements: readonly Judgement[],
  totals: Totals,
  options: CheckOptions,
  output: Output,
): Promise<void> {
  if (options.full) output.print(layOutRows(judgements));
  output.print(layOutTotals(totals, judgements));
  output.complain(layOutUnchecked(judgements));
  const findings = judgements.filter(isFinding);
  if (options.scope.kind === 'commit') {
    if (!options.full) output.print(layOutRows(findings));
    return;
  }
  if (findings.length === 0) return;
  const person = await readPerson(opened, options.cwd);
  const { cases } = await readCases(opened.place, opened.index, opened.span, findings);
  const scope = options.scope.kind;
  output.print(cases.flatMap((each) => [...layOutCase(each), ...layOutWays(each, person, scope)]));
}

/** The sha256 of what drifted: of the file on disk in the working tree, of the blob otherwise. */
async function readDigests(
  { place, span }: Opened,
  scope: Scope,
  findings: readonly Judgement[],
): Promise<ReadonlyMap<Judgement, Digests>> {
  const { repository, objects } = place;
  const digests = new Map<Judgement, Digests>();
  const digest = async (path: RepoPath | null, entry: Entry): Promise<string | null> => {
    if (path === null || entry.kind === 'absent' || entry.kind === 'gitlink') return null;
    if (entry.kind === 'link') return sha256(await span.result.readLink(path, entry.oid));
    return scope.kind === 'worktree' ? digestOnDisk(repository.top, path) : digestBlob(objects, entry.oid);
  };
  for (const finding of findings) {
    const [a, b] = [await digest(finding.pair.a, finding.a), await digest(finding.pair.b, finding.b)];
    digests.set(finding, { a, b });
  }
  return digests;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

async function digestBlob(objects: ObjectReader, oid: string): Promise<string> {
  const hash = createHash('sha256');
  const blob = await objects.stream(oid, (chunk) => hash.update(chunk));
  if (blob) return hash.digest('hex');
  throw new Fault('git', `The object ${oid} is not here.`, 'see what is missing: git fsck');
}
