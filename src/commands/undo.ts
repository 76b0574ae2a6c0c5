// `undo`: puts back what the last fix replaced.

import type { FixRecord } from '../fix/record.js';
import { readInterrupted, recover, refuseInterrupted } from '../fix/recover.js';
import { readFixToUndo, readPastFixes, undo } from '../fix/undo.js';
import { NOT_PUT_BACK, NOTHING_TO_UNDO } from '../messages/writing.js';
import { layOutPastFixes, layOutRecovered, layOutUndone, nameOf } from '../report/undo.js';
import { askToWrite } from './ask-outside.js';
import type { Output } from './output.js';
import { withRepository } from './scope.js';

/** 0 if all of it is back, 1 if something had been changed since and was left alone, or nobody agreed to writing outside. */
export function runUndo(cwd: string, id: string | undefined, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    const interrupted = readInterrupted(repository);
    if (interrupted && !(await isAgreed(interrupted, output))) return 1;
    const recovered = recover(repository, 'agreed');
    output.complain(layOutRecovered(recovered));
    // To put an interrupted fix back is to undo the last fix.
    if (recovered && id === undefined) return recovered.left.length > 0 ? 1 : 0;
    const record = readFixToUndo(repository, id);
    if (!record) {
      output.print([NOTHING_TO_UNDO]);
      return 0;
    }
    if (!(await isAgreed(record, output))) return 1;
    const undone = await undo(repository, record);
    output.print(layOutUndone(undone));
    return undone.refused.length > 0 ? 1 : 0;
  });
}

/** What is outside the repository is never written without a yes. */
async function isAgreed({ outside, files }: FixRecord, output: Output): Promise<boolean> {
  if (outside === undefined) return true;
  const names = files.map(({ path }) => nameOf(path, outside));
  if ((await askToWrite(names, output)) === 'yes') return true;
  output.complain([NOT_PUT_BACK]);
  return false;
}

export function runUndoList(cwd: string, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    refuseInterrupted(repository);
    const fixes = readPastFixes(repository);
    output.print(fixes.length > 0 ? layOutPastFixes(fixes) : [NOTHING_TO_UNDO]);
    return 0;
  });
}
