// `accept`: records a difference as an exception in the manifest, which lapses when either side
// changes.

import type { Command } from 'commander';
import { hasTerminal, withTerminal } from '../ask/terminal.js';
import { writeManifest } from '../fix/manifest-file.js';
import { refuseInterrupted } from '../fix/recover.js';
import { wordFor } from '../format/person.js';
import { textOf } from '../git/path.js';
import { isOutOfSync } from '../judge/types.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_NAME, MANIFEST_PATH } from '../manifest/types.js';
import { ASK_REASON, NOTHING_TO_ACCEPT, sayAccepted, sayNotAccepted } from '../messages/accept.js';
import { Fault } from '../messages/fault.js';
import { noReason, pathOrAll } from '../messages/options.js';
import { sayStaging } from '../messages/staging.js';
import { acceptVerdicts, canBeAccepted, isManifestStaged, readManifestStatus, stillFound } from '../resolve/accept.js';
import { runAcceptRemove } from './accept-remove.js';
import { checkMeant } from './check-paths.js';
import { refusePaths } from './no-pair.js';
import type { Output } from './output.js';
import { pathsOfArguments, readPerson } from './person.js';
import { type Opened, openScope, withRepository } from './scope.js';
import type { Stage } from './verb.js';

interface AcceptFlags {
  readonly reason?: string;
  readonly all?: boolean;
  readonly staged?: boolean;
  readonly remove?: boolean;
}

export function addAccept(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('accept [path]')
    .description('record a difference as intentional: an exception in the manifest, until the difference changes')
    .option('--reason <words>', 'why the two may differ')
    .option('--all', 'accept every difference there is, as a baseline to start from')
    .option('--staged', 'accept what is staged, and stage the manifest')
    .addOption(program.createOption('--remove', 'remove the exception again').conflicts(['reason', 'all', 'staged']))
    .action(async (path: string | undefined, flags: AcceptFlags) => {
      const { reason = '', all = false, staged = false, remove = false } = flags;
      if (all === (path !== undefined)) throw pathOrAll();
      if (remove && path !== undefined) finish(await runAcceptRemove(cwd, path, output));
      else finish(await runAccept({ cwd, path, reason, staged }, output));
    });
}

export interface AcceptOptions {
  readonly cwd: string;
  /** One file or directory; undefined for all verdicts. */
  readonly path: string | undefined;
  readonly reason: string;
  readonly staged: boolean;
}

/** 0 if every selected verdict is an exception now, 1 if one could not be. */
export function runAccept(options: AcceptOptions, output: Output): Promise<number> {
  const given = options.reason.trim();
  if (given === '' && !hasTerminal()) throw noReason();
  return withRepository(options.cwd, async (place) => {
    const { repository } = place;
    // safeguard accept-journal (R1): accept does not pass a journal (e2e/interrupted: everybody)
    refuseInterrupted(repository);
    const opened = await openScope(place, { kind: options.staged ? 'staged' : 'worktree' });
    if (options.staged) await requireStagedManifest(opened);
    const paths = options.path === undefined ? [] : await pathsOfArguments(repository, options.cwd, [options.path]);
    const { verdicts } = await checkMeant(opened, paths);
    if (options.path !== undefined && verdicts.length === 0) {
      throw await refusePaths(repository, paths);
    }
    const outOfSync = verdicts.filter(isOutOfSync);
    const accepted = outOfSync.filter(canBeAccepted);
    const known = readManifestFile(repository.top);
    if (outOfSync.length === 0 || !known) {
      output.print([NOTHING_TO_ACCEPT]);
      return 0;
    }
    const reason = given || (await askReason());
    if (!reason) throw noReason();
    const after = await acceptVerdicts(opened.change.after, known.source, accepted, reason);
    const left = await stillFound(after, opened.change, outOfSync);
    output.print([sayAccepted(accepted.length)]);
    if (after !== known.source) {
      const why = await writeManifest(place, { before: known.source, after, command: 'accept' });
      output.print(sayStaging(why, wordFor(await readPerson({ place }, options.cwd))(MANIFEST_PATH)));
    }
    output.print(left.map(({ pair }) => sayNotAccepted(textOf(pair.a ?? pair.b ?? MANIFEST_PATH))));
    return left.length > 0 ? 1 : 0;
  });
}

/** The reason that the user types; undefined if there is none. */
async function askReason(): Promise<string | undefined> {
  const { askTextAt } = await import('../ask/prompt.js');
  return withTerminal((terminal) => askTextAt(terminal, ASK_REASON));
}

/** Staging the exception must not stage any other change. */
async function requireStagedManifest({ place, change }: Opened): Promise<void> {
  if (isManifestStaged(await readManifestStatus(place, change.after))) return;
  throw new Fault('usage', `${MANIFEST_NAME} has unstaged edits.`, `stage them first: git add ${MANIFEST_NAME}`);
}
