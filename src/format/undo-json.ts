// `undo --list --json`: the fixes that can be undone.

import type { Damaged } from '../fix/record.js';
import type { PastFix } from '../fix/undo.js';
import { textOf } from '../git/path.js';
import { buildHead, type ReportHead } from './report.js';

/** `undo --list --json`, newest first. */
export interface UndoReport extends ReportHead<'undo'> {
  readonly fixes: readonly {
    /** The argument of `undo`; begins with the time in UTC. */
    readonly id: string;
    readonly command: string;
    /** The number of files that it wrote. */
    readonly files: number;
    /** The submodules that it wrote in. */
    readonly submodules: readonly string[];
    /** The directory of its files, if it wrote outside the repository. */
    readonly outside: string | null;
    readonly undone: boolean;
  }[];
  /** Fixes whose record cannot be used. */
  readonly damaged: readonly {
    readonly id: string;
    readonly path: string;
    readonly why: 'damaged' | 'foreign';
  }[];
}

export function buildUndoJson(fixes: readonly PastFix[], damaged: readonly Damaged[]): UndoReport {
  return {
    ...buildHead('undo', 0),
    fixes: fixes.map(({ id, command, files, submodules, outside = null, undone }) => ({
      id,
      command,
      files,
      submodules: submodules.map(textOf),
      outside,
      undone,
    })),
    damaged: damaged.map(({ id, path, why }) => ({ id, path, why })),
  };
}
