// `explain --json`: the pairs of a path, why they are pairs, and their history.

import { type RepoPath, textOf } from '../git/path.js';
import { isOutOfSync } from '../judge/types.js';
import type { Rule } from '../rules/types.js';
import { doesExceptionApply, type Explained, type LeftOut, namesIn } from './explain.js';
import { buildCommit, buildFile, type JsonCommit, type JsonFile } from './json.js';
import { buildHead, type ReportHead } from './report.js';

/** The manifest's entry: `pairs[0]`, and its two sides as written. */
interface JsonDeclared {
  readonly list: 'pairs' | 'aliases';
  readonly at: number;
  readonly key: string;
}

interface ExplainedFile extends JsonFile {
  readonly declared: JsonDeclared;
  /** The values of the entry's `{Name}`s. */
  readonly names: Readonly<Record<string, string>>;
  /** `applies`: false if it has lapsed. */
  readonly exception: { readonly reason: string; readonly applies: boolean } | null;
  /** Of a pair that is in sync; null if no commit has its files. */
  readonly last_change?: JsonCommit | null;
}

/** `explain --json`. */
export interface ExplainReport extends ReportHead<'explain'> {
  readonly path: string;
  readonly files: readonly ExplainedFile[];
  /** Entries that cover the path, but do not pair it. */
  readonly left_out: readonly { readonly declared: JsonDeclared; readonly why: 'excluded' | 'nothing-there' }[];
}

export function buildExplainJson(
  exitCode: 0 | 1,
  path: RepoPath,
  explained: readonly Explained[],
  leftOut: readonly LeftOut[],
): ExplainReport {
  return {
    ...buildHead('explain', exitCode),
    path: textOf(path),
    files: explained.map(buildExplained),
    left_out: leftOut.map(({ membership, excluded }) => ({
      declared: declaredIn(membership.rule),
      why: excluded ? 'excluded' : 'nothing-there',
    })),
  };
}

function buildExplained({ verdict, provenance, lastChange }: Explained): ExplainedFile {
  const { pair } = verdict;
  return {
    ...buildFile(verdict, provenance),
    declared: declaredIn(pair.rule),
    names: Object.fromEntries(namesIn(pair)),
    exception: pair.exception ? { reason: pair.exception.reason, applies: doesExceptionApply(verdict) } : null,
    ...(!isOutOfSync(verdict) && { last_change: lastChange ? buildCommit(lastChange) : null }),
  };
}

function declaredIn({ declared, key }: Rule): JsonDeclared {
  return { ...declared, key };
}
