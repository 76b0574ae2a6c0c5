// `check`: the verdict on every pair, for a person or for a program.

import { createHash } from 'node:crypto';
import { readKnown, recordInSync } from '../fix/known-contents.js';
import { recoverAround, refuseInterruptedAround } from '../fix/recover.js';
import { type CiFormat, layOutFormat } from '../format/ci.js';
import { layOutCases } from '../format/findings.js';
import { buildJson, type Digests, layOutJson } from '../format/json.js';
import { layOutPorcelain } from '../format/porcelain.js';
import { layOutRows, layOutTotals } from '../format/text.js';
import { countTotals, exitCodeOf, readTotals, type Totals } from '../format/totals.js';
import { layOutUnchecked } from '../format/unchecked.js';
import { layOutRecovered } from '../format/undo.js';
import { layOutUnguarded, readUnguardedInIndex } from '../format/unguarded.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import { type Asked, tellProvenance } from '../history/read-stale.js';
import { check, checkDifferences, type Differences } from '../judge/judge-pairs.js';
import { checkRange } from '../judge/range.js';
import { isFinding, type Judgement } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { NOTHING_TOUCHED, sayNotMeant } from '../messages/check.js';
import { Fault } from '../messages/fault.js';
import { readCases, requireComparable } from '../resolve/read-findings.js';
import { digestOnDisk } from '../snapshot/disk.js';
import type { Entry, Outside } from '../snapshot/types.js';
import { fixOpened } from './fix.js';
import type { Output } from './output.js';
import { isMeant, type Opened, openScope, pathsOfArguments, readPerson, type Scope, withRepository } from './scope.js';
import { VERSION } from './version.js';
import { whileWaiting } from './waiting.js';

/** Who reads the report: a person, or a program. */
export type Format = 'text' | 'json' | 'porcelain' | 'porcelain-z' | CiFormat;

export interface CheckOptions {
  readonly cwd: string;
  readonly scope: Scope;
  readonly paths: readonly string[];
  readonly full: boolean;
  readonly format: Format;
  readonly fix: boolean;
  readonly dryRun: boolean;
  /** Pairs that are not on this machine do not fail the check. */
  readonly allowUnchecked: boolean;
}

/** 0 in sync, 1 drift. @throws Fault for 2, unless nothing could be compared, which is told and returned. */
export function runCheck(options: CheckOptions, output: Output): Promise<number> {
  return withRepository(options.cwd, async (place) => {
    if (options.fix && !options.dryRun) output.complain(layOutRecovered(await recoverAround(place.repository)));
    else await refuseInterruptedAround(place.repository);
    const opened = await whileWaiting(() => openScope(place, options.scope));
    const paths = await pathsOfArguments(place.repository, options.cwd, options.paths);
    if (options.fix) {
      if (options.scope.kind === 'commit')
        throw new Fault('usage', 'A commit cannot be fixed.', 'leave out --commit, or --fix');
      const way = { kind: options.scope.kind, dryRun: options.dryRun, followDeletions: false } as const;
      const remaining = await fixOpened(
        opened,
        paths,
        way,
        options.cwd,
        options.format === 'text' ? output : output.quiet(),
      );
      // What was fixed is read again: the report is about what is there, not about what was meant.
      if (options.dryRun) return options.format !== 'text' ? report(opened, paths, options, output) : remaining;
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
  // The pairs that are in sync are told one by one to programs, and where somebody asks for them.
  const counts = options.format === 'text' && !options.full && paths.length === 0;
  const found = await whileWaiting(() => judgeOpened(opened, counts));
  const judgements = found.judgements.filter(({ pair }) => isMeant(pair, paths));
  if (options.scope.kind !== 'commit') {
    await recordInSync(opened.place.repository, opened.span.result, judgements);
  }
  if (paths.length > 0 && judgements.length === 0 && !opened.range) {
    throw new Fault('usage', sayNotMeant(options.paths), 'see the pairs: git dos-sync check --full');
  }
  if (options.scope.kind !== 'commit') {
    await requireComparable(
      opened.place,
      opened.span,
      judgements,
      options.scope.kind === 'staged' ? 'index' : 'worktree',
    );
  }
  // Where paths or a branch narrow the check, nothing is said of the pairs that they leave out.
  const narrowed = paths.length > 0 || opened.range !== undefined;
  const totals = narrowed
    ? countTotals(
        judgements.map(({ pair }) => pair.key),
        judgements,
        found,
      )
    : await readTotals(opened.index, opened.span, judgements, found.alike);
  const code = codeOf(opened, judgements, totals, options.allowUnchecked);
  await print(opened, { judgements, totals, code }, options, output);
  if (!narrowed && options.scope.kind !== 'commit') output.complain(await sayUnguardedHere(opened, options.cwd));
  return code;
}

/** Nothing compared is no success, unless somebody says that one side of everything is elsewhere. */
function codeOf({ range }: Opened, judgements: readonly Judgement[], totals: Totals, allows: boolean): 0 | 1 | 2 {
  if (range) return judgements.some(isFinding) ? 1 : 0;
  const code = exitCodeOf(totals);
  return code === 2 && allows && totals.unchecked > 0 ? 0 : code;
}

interface Outcome {
  readonly judgements: readonly Judgement[];
  readonly totals: Totals;
  readonly code: 0 | 1 | 2;
}

async function judgeOpened({ index, span, range, place }: Opened, counts: boolean): Promise<Differences> {
  if (range) return { judgements: await checkRange(index, range, place.objects), alike: new Map() };
  return counts ? checkDifferences(index, span) : { judgements: await check(index, span), alike: new Map() };
}

async function print(opened: Opened, outcome: Outcome, options: CheckOptions, output: Output): Promise<void> {
  const { judgements, totals, code } = outcome;
  switch (options.format) {
    case 'text':
      return printText(opened, outcome, options, output);
    case 'json': {
      const digests = await readDigests(opened, options.scope, judgements.filter(isFinding));
      const judged = judgedIn(options.scope);
      const { provenances, trouble } = await tellProvenance(opened.place, opened.span, judgements, { judged });
      output.complain(trouble);
      return output.print(layOutJson(buildJson(code, totals, judgements, digests, provenances)));
    }
    case 'porcelain':
    case 'porcelain-z': {
      const shown = options.full ? judgements : judgements.filter(isFinding);
      return output.write(layOutPorcelain(shown, options.format === 'porcelain' ? 'newline' : 'nul'));
    }
    default: {
      const { fixDirection } = opened.index;
      const report = { exitCode: code, totals, judgements, fixDirection, touched: opened.range?.touched };
      output.print(layOutFormat(options.format, report, VERSION));
      // Whoever reads the log sees what came of it.
      output.complain(layOutCounts(opened, outcome));
    }
  }
}

async function sayUnguardedHere({ place }: Opened, cwd: string): Promise<readonly string[]> {
  const unguarded = await readUnguardedInIndex(place);
  return unguarded.length === 0 ? [] : layOutUnguarded(place, unguarded, await readPerson({ place }, cwd));
}

function judgedIn(scope: Scope): Asked['judged'] {
  if (scope.kind === 'commit') return { commit: scope.revision };
  return scope.kind === 'staged' ? 'index' : 'worktree';
}

function layOutCounts(opened: Opened, { totals, judgements, code }: Outcome): string[] {
  return opened.range && judgements.length === 0 ? [NOTHING_TOUCHED] : layOutTotals(totals, code === 0);
}

async function printText(opened: Opened, outcome: Outcome, options: CheckOptions, output: Output): Promise<void> {
  const { judgements } = outcome;
  if (options.full) output.print(layOutRows(judgements));
  output.print(layOutCounts(opened, outcome));
  output.complain(layOutUnchecked(judgements));
  const findings = judgements.filter(isFinding);
  if (options.scope.kind === 'commit') {
    if (!options.full) output.print(layOutRows(findings));
    return;
  }
  if (findings.length === 0) return;
  const person = await readPerson(opened, options.cwd);
  const writes = options.scope.kind === 'staged' ? 'index' : 'worktree';
  const reading = { writes, inHook: false, known: readKnown(opened.place.repository) } as const;
  const { cases, trouble } = await readCases(opened.place, opened, findings, reading);
  output.complain(trouble);
  output.print(layOutCases(cases, person, { writes, accepts: true }));
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
    const { outside } = span.result;
    if (isOutside(path)) return outside ? digestOutside(outside, path, entry) : null;
    if (entry.kind === 'link') return sha256(await span.result.readLink(path, entry.oid));
    return scope.kind === 'worktree'
      ? digestOnDisk(repository.top, path)
      : digestBlob((await span.result.readHome(path))?.objects ?? objects, entry.oid);
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

async function digestOutside(outside: Outside, path: RepoPath, entry: Entry): Promise<string> {
  if (entry.kind === 'link') return sha256(outside.readLink(path));
  const hash = createHash('sha256');
  for await (const chunk of outside.streamOf(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function digestBlob(objects: ObjectReader, oid: Oid): Promise<string | null> {
  const hash = createHash('sha256');
  const blob = await objects.stream(oid, (chunk) => hash.update(chunk));
  if (blob) return hash.digest('hex');
  if (await objects.isPartial()) return null;
  throw new Fault('git', `The object ${oid} is not here.`, 'see what is missing: git fsck');
}
