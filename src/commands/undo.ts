// `undo`: puts back what the last fix replaced.

import { recover, refuseInterrupted } from '../fix/recover.js';
import { readPastFixes, undo } from '../fix/undo.js';
import { NOTHING_TO_UNDO } from '../messages/writing.js';
import { layOutPastFixes, layOutRecovered, layOutUndone } from '../report/undo.js';
import type { Output } from './output.js';
import { withRepository } from './scope.js';

/** 0 if all of it is back, 1 if something had been changed since and was left alone. */
export function runUndo(cwd: string, id: string | undefined, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    const recovered = recover(repository);
    output.complain(layOutRecovered(recovered));
    // To put an interrupted fix back is to undo the last fix.
    if (recovered && id === undefined) return recovered.left.length > 0 ? 1 : 0;
    const undone = await undo(repository, id);
    output.print(undone ? layOutUndone(undone) : [NOTHING_TO_UNDO]);
    return undone && undone.refused.length > 0 ? 1 : 0;
  });
}

export function runUndoList(cwd: string, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    refuseInterrupted(repository);
    const fixes = readPastFixes(repository);
    output.print(fixes.length > 0 ? layOutPastFixes(fixes) : [NOTHING_TO_UNDO]);
    return 0;
  });
}
