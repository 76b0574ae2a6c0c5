// `undo`: puts back what the last fix replaced.

import { readFamily } from '../fix/family.js';
import type { FixRecord } from '../fix/record.js';
import { readInterrupted, recoverAround, refuseInterruptedAround } from '../fix/recover.js';
import { readFixToUndo, readPastFixes, type Undone, undo } from '../fix/undo.js';
import { NOT_PUT_BACK, NOTHING_TO_UNDO } from '../messages/writing.js';
import { layOutPastFixes, layOutRecovered, layOutUndone, nameOf } from '../report/undo.js';
import { askToWrite } from './ask-outside.js';
import type { Output } from './output.js';
import { withRepository } from './scope.js';

/** 0 if all of it is back, 1 if something had been changed since and was left alone, or nobody agreed to writing outside. */
export function runUndo(cwd: string, id: string | undefined, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    const family = await readFamily(repository);
    for (const member of family) {
      const interrupted = readInterrupted(member.repository);
      if (interrupted && !(await isAgreed(interrupted, output))) return 1;
    }
    const recovered = await recoverAround(repository, 'agreed');
    output.complain(layOutRecovered(recovered));
    // To put an interrupted fix back is to undo the last fix.
    if (recovered.length > 0 && id === undefined) return recovered.some(({ left }) => left.length > 0) ? 1 : 0;
    const parts = readFixToUndo(family, id) ?? [];
    for (const { record } of parts) if (!(await isAgreed(record, output))) return 1;
    const undone: Undone[] = [];
    for (const part of parts) undone.push(await undo(part));
    output.print(layOutUndone(undone));
    return undone.some(({ refused }) => refused.length > 0) ? 1 : 0;
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
    await refuseInterruptedAround(repository);
    const fixes = readPastFixes(await readFamily(repository));
    output.print(fixes.length > 0 ? layOutPastFixes(fixes) : [NOTHING_TO_UNDO]);
    return 0;
  });
}
