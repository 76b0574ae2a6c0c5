// `add`: declares one more pair in the manifest, keeping its format.

import type { Command } from 'commander';
import { noManifest, writeManifest } from '../fix/manifest-file.js';
import { refuseInterrupted } from '../fix/recover.js';
import { wordFor } from '../format/person.js';
import { textOf } from '../git/path.js';
import type { Repository } from '../git/repository.js';
import { addPair, type PairFields } from '../manifest/edit.js';
import { parseManifest } from '../manifest/parse.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_NAME, MANIFEST_PATH } from '../manifest/types.js';
import { sayAdded } from '../messages/init.js';
import { formatProblems, wouldBeInvalid } from '../messages/manifest.js';
import { sayStaging } from '../messages/staging.js';
import { OWN_PARTS, optionsOf, readOwnPart, readSubstitution } from './add-parts.js';
import type { Output } from './output.js';
import { pathsOfArguments, readPerson } from './person.js';
import { requireSides } from './required-sides.js';
import { withRepository } from './scope.js';
import type { Stage } from './verb.js';

export function addAdd(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('add <a> <b>')
    .description('add a pair to the manifest, keeping its format')
    .option('--with <A=B>', 'words of side a, and the words for them on side b; may be repeated', repeated)
    .option('--own <part>', `what each side keeps for itself: ${OWN_PARTS}; may be repeated`, repeated)
    .option('--name <words>', 'a name for the pair, shown in messages')
    .option('--missing', 'also if a side does not exist yet')
    .action(async (a: string, b: string, flags: AddFlags) => {
      const { missing = false, with: words = [], own = [], name } = flags;
      const fields = {
        ...(words.length > 0 && { with: words.map(readSubstitution) }),
        ...(own.length > 0 && { own: own.map(readOwnPart) }),
        ...(name !== undefined && { name }),
      };
      finish(await runAdd({ cwd, a, b, missing, fields }, output));
    });
}

interface AddFlags {
  readonly missing?: boolean;
  readonly with?: readonly string[];
  readonly own?: readonly string[];
  readonly name?: string;
}

function repeated(word: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, word];
}

export interface AddOptions {
  readonly cwd: string;
  readonly a: string;
  readonly b: string;
  /** Also if a side does not exist yet. */
  readonly missing: boolean;
  /** How the two sides may differ, and what the pair is called. */
  readonly fields: PairFields;
}

/** Adds the pair (paths relative to the current directory, or `~/…`), and stages the manifest. */
export function runAdd({ cwd, a, b, missing, fields }: AddOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const { repository } = place;
    // safeguard add-journal (R1): add does not pass a journal (e2e/interrupted: everybody)
    refuseInterrupted(repository);
    const known = readManifestFile(repository.top);
    if (!known) throw await noManifest(repository);
    const [sideA, sideB] = [await declared(repository, cwd, a), await declared(repository, cwd, b)];
    const edited = addPair(known.source, sideA, sideB, fields);
    const result = parseManifest(Buffer.from(edited, 'utf8'));
    if (!result.ok) {
      const problems = formatProblems(MANIFEST_NAME, result.problems);
      throw wouldBeInvalid('pair', problems);
    }
    const person = await readPerson({ place }, cwd);
    await requireSides(place, result.manifest, { a, b, person, missing, options: optionsOf(fields) });
    const why = await writeManifest(place, { before: known.source, after: edited, command: 'add' });
    output.print([sayAdded(sideA, sideB), ...sayStaging(why, wordFor(person)(MANIFEST_PATH))]);
    return 0;
  });
}

/** `~/…` and paths that the manifest rejects stay as typed. */
async function declared(repository: Repository, cwd: string, side: string): Promise<string> {
  if (side.startsWith('~')) return side;
  return (await pathsOfArguments(repository, cwd, [side])).map(textOf).join('');
}
