// `undo`: restores what the last fix replaced.

import type { Command } from 'commander';
import { forgetCopies } from '../fix/known-contents.js';
import type { FixRecord } from '../fix/record.js';
import { readInterrupted, recoverAround, refuseInterruptedAround } from '../fix/recover.js';
import { readDamagedFixes, readFixToUndo, readPastFixes, type Undone, undo } from '../fix/undo.js';
import { withSubmodules } from '../fix/with-submodules.js';
import { formatJson } from '../format/json.js';
import { formatPastFixes, formatRecovered, formatUndone, nameOf } from '../format/undo.js';
import { buildUndoJson } from '../format/undo-json.js';
import type { RepoPath } from '../git/path.js';
import { isOutside } from '../manifest/outside.js';
import { jsonWithList } from '../messages/options.js';
import { NOT_PUT_BACK, NOTHING_TO_UNDO, saySkippedRecord } from '../messages/writing.js';
import { askToWrite } from './ask-outside.js';
import type { Output } from './output.js';
import { withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addUndo(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('undo [id]')
    .description('put back what the last fix replaced, or the fix with that id')
    .option('--list', 'list the fixes that can be undone')
    .option('--json', 'with --list: print JSON, for programs')
    .action(async (id: string | undefined, { list = false, json = false }: { list?: boolean; json?: boolean }) => {
      if (json && !list) throw jsonWithList();
      finish(await (list ? runUndoList(cwd, json, output) : runUndo(cwd, id, output)));
    });
}

/**
 * 0 if everything is restored; 1 if something had changed since and was skipped, or a write outside
 * was refused.
 */
export function runUndo(cwd: string, id: string | undefined, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    const members = await withSubmodules(repository);
    for (const member of members) {
      const interrupted = readInterrupted(member.repository);
      if (interrupted && !(await isAgreed(interrupted, output))) return 1;
    }
    const recovered = await recoverAround(repository, 'agreed');
    output.complain(formatRecovered(recovered));
    // Restoring an interrupted fix counts as undoing the last fix.
    if (recovered.length > 0 && id === undefined) return recovered.some(({ left }) => left.length > 0) ? 1 : 0;
    const parts = readFixToUndo(members, id) ?? [];
    for (const { record } of parts) if (!(await isAgreed(record, output))) return 1;
    const undone: Undone[] = [];
    for (const part of parts) undone.push(await undo(part));
    // Restored files are not copies any more.
    forgetCopies(repository, (path) => undone.some((each) => hasWritten(each, path)));
    output.print(formatUndone(undone));
    return undone.some(({ refused }) => refused.length > 0) ? 1 : 0;
  });
}

/** `path`: as in the manifest; an outside path begins with `~/`. */
function hasWritten({ outside, files, entries }: Undone, path: RepoPath): boolean {
  if (outside === undefined) return files.some((file) => file.path === path) || entries.includes(path);
  return isOutside(path) && files.some((file) => `${path}`.endsWith(`/${file.path}`));
}

/** A write outside the repository always needs a yes. */
async function isAgreed({ outside, files }: FixRecord, output: Output): Promise<boolean> {
  if (outside === undefined) return true;
  const names = files.map(({ path }) => nameOf(path, outside));
  if ((await askToWrite(names, output)) === 'yes') return true;
  output.complain([NOT_PUT_BACK]);
  return false;
}

export function runUndoList(cwd: string, json: boolean, output: Output): Promise<number> {
  return withRepository(cwd, async ({ repository }) => {
    await refuseInterruptedAround(repository);
    const members = await withSubmodules(repository);
    const fixes = readPastFixes(members);
    const damaged = readDamagedFixes(members);
    output.complain(damaged.map(saySkippedRecord));
    if (json) output.print(formatJson(buildUndoJson(fixes, damaged)));
    else output.print(fixes.length > 0 ? formatPastFixes(fixes) : [NOTHING_TO_UNDO]);
    return 0;
  });
}
