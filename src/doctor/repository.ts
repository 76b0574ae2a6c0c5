// The manifest that rules here and what it comes to: read as `check` reads it, and told as what to do next.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../check.js';
import { readManifestIn } from '../check-staged.js';
import { isFinding, type Judgement } from '../drift/types.js';
import type { Workplace } from '../fix/apply.js';
import { pathFromText, textOf } from '../git/path.js';
import { readManifestFile } from '../manifest/read.js';
import { MANIFEST_NAME, type Manifest } from '../manifest/types.js';
import { sayCompared, sayNothingCompared } from '../messages/check.js';
import * as say from '../messages/doctor.js';
import { Fault } from '../messages/fault.js';
import { shellPath } from '../messages/show.js';
import type { PairIndex } from '../pairs/types.js';
import { countTotals, exitCodeOf } from '../report/totals.js';
import type { Span } from '../snapshot/select.js';
import { readStaged, stagedSnapshot } from '../snapshot/staged.js';
import { examineManifest } from './manifest.js';
import { type Note, note } from './types.js';

/** What a check of the working tree looks at. */
export interface Examined {
  readonly index: PairIndex;
  readonly span: Span;
}

/** `open` opens the working tree by its manifest. */
export async function examineRepository(place: Workplace, open: () => Promise<Examined>): Promise<Note[]> {
  const manifest = readManifest(place.repository.top);
  if (!('pairs' in manifest)) return [manifest];
  try {
    const { index, span } = await open();
    const judgements = await check(index, span);
    return [
      ...(await examineForce(place)),
      ...examineManifest(manifest, index, judgements),
      ...(await examineSubmodules(place, judgements)),
      examineSync(index, judgements),
    ];
  } catch (error) {
    if (!Fault.is(error) || error.kind === 'bug') throw error;
    return [note('check', 'problem', error.message, error.hint)];
  }
}

function readManifest(top: string): Manifest | Note {
  try {
    const found = readManifestFile(top)?.manifest;
    return found ?? note('manifest', 'problem', say.NO_MANIFEST, 'git dos-sync init');
  } catch (error) {
    if (!Fault.is(error) || error.kind === 'bug') throw error;
    return note('manifest', 'problem', error.message, error.hint);
  }
}

/** Hooks read the manifest in the index. */
async function examineForce({ repository, objects }: Workplace): Promise<Note[]> {
  const staged = await readStaged(repository);
  const inIndex = await stagedSnapshot(objects, repository.headTree, staged).readEntry(pathFromText(MANIFEST_NAME));
  if (inIndex.kind === 'absent') return [note('manifest', 'problem', say.NOT_STAGED, `git add ${MANIFEST_NAME}`)];
  await readManifestIn(stagedSnapshot(objects, repository.headTree, staged), objects);
  return [];
}

async function examineSubmodules({ repository }: Workplace, judgements: readonly Judgement[]): Promise<Note[]> {
  const unread = judgements.flatMap((judgement) => judgement.unread ?? []);
  const modules = new Set(unread.flatMap((why) => (why.kind === 'submodule' ? [textOf(why.at)] : [])));
  const outside = unread.filter(({ kind }) => kind === 'outside').length;
  return [
    ...[...modules].map((path) => {
      const here = existsSync(join(repository.top, path, '.git'));
      if (here) return note('submodule', 'warning', say.saySubmoduleNotRead(path));
      return note(
        'submodule',
        'warning',
        say.saySubmoduleMissing(path),
        `git submodule update --init -- ${shellPath(path)}`,
      );
    }),
    ...(outside > 0 ? [note('outside', 'warning', say.sayOutsideNotRead(outside))] : []),
  ];
}

function examineSync(index: PairIndex, judgements: readonly Judgement[]): Note {
  const totals = countTotals(index.keys, judgements);
  const code = exitCodeOf(totals);
  if (code === 2) return note('check', 'problem', sayNothingCompared(), 'git dos-sync check --full');
  if (totals.pairs.size === 0) return note('check', 'warning', say.NO_PAIRS, 'git dos-sync add <a> <b>');
  const next = judgements.some(isFinding) ? 'git dos-sync check' : undefined;
  return note('check', code === 0 ? 'ok' : 'problem', sayCompared(totals), next);
}
