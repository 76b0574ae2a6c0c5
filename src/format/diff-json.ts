// `diff --json`: each pair that is out of sync, with git's patch.

import { isUtf8 } from 'node:buffer';
import type { Verdict } from '../judge/types.js';
import type { Side } from '../manifest/types.js';
import { buildFile, type JsonFile } from './json.js';
import { buildHead, type ReportHead } from './report.js';

interface DiffedFile extends JsonFile {
  /** The side that the patch begins with, and the one that it leads to. */
  readonly before: Side;
  readonly after: Side;
  /** git's patch; null if git has no name for the two. */
  readonly patch: string | null;
  /** The patch in base64, if it is not UTF-8. */
  readonly patch_bytes?: string;
}

/** `diff --json`. */
export interface DiffReport extends ReportHead<'diff'> {
  readonly files: readonly DiffedFile[];
}

/** A verdict, and its patch from one side to the other. */
export interface Diffed {
  readonly verdict: Verdict;
  readonly before: Side;
  readonly after: Side;
  readonly patch: Buffer | undefined;
}

export function buildDiffJson(exitCode: 0 | 1 | 2, diffed: readonly Diffed[]): DiffReport {
  return { ...buildHead('diff', exitCode), files: diffed.map(buildDiffed) };
}

function buildDiffed({ verdict, before, after, patch }: Diffed): DiffedFile {
  return {
    ...buildFile(verdict, undefined),
    before,
    after,
    patch: patch?.toString('utf8') ?? null,
    ...(patch && !isUtf8(patch) && { patch_bytes: patch.toString('base64') }),
  };
}
