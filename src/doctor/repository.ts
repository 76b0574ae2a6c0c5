// Examines the manifest and its check: read as `check` does, reported as advice.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isManifestTracked, noManifest } from '../fix/manifest-file.js';
import { exitCodeOf, readTotals } from '../format/totals.js';
import { readHowToStage, readUnguardedInIndex } from '../format/unguarded.js';
import { type RepoPath, textOf } from '../git/path.js';
import { openCheckout } from '../git/porcelain.js';
import type { Repository } from '../git/repository.js';
import type { Workplace } from '../git/workplace.js';
import { alikeByKey, checkUnlike, type UnlikeVerdicts } from '../judge/check-whole.js';
import { check } from '../judge/judge-pairs.js';
import { isOutOfSync, type Verdict } from '../judge/types.js';
import { isOutside } from '../manifest/outside.js';
import { readManifestFile } from '../manifest/read.js';
import type { Manifest } from '../manifest/types.js';
import { sayCompared, sayNothingCompared } from '../messages/check.js';
import * as say from '../messages/doctor.js';
import { Fault } from '../messages/fault.js';
import { shellPath } from '../messages/show.js';
import { sayUnguarded } from '../messages/staging.js';
import { pathsOf } from '../rules/identity.js';
import type { FilePair, Rule, Rules } from '../rules/types.js';
import { PlacesOutside } from '../snapshot/outside.js';
import { readManifestIn } from '../snapshot/rules-in.js';
import type { Change } from '../snapshot/select.js';
import { readStaged, stagedSnapshot } from '../snapshot/staged.js';
import { TreeSnapshot } from '../snapshot/tree.js';
import { examineHooks } from './hooks.js';
import { examineManifest, haveBadNames, needsEveryPair } from './manifest.js';
import { type Note, note } from './types.js';

/** The input of a check of the working tree. */
export interface Examined {
  readonly rules: Rules;
  readonly change: Change;
}

/** `open` opens the working tree with its manifest. */
export async function examineRepository(place: Workplace, open: () => Promise<Examined>): Promise<Note[]> {
  const manifest = await readManifest(place.repository);
  if (!('pairs' in manifest)) return [manifest];
  try {
    const { rules, change } = await open();
    const judged = await judgeAll(manifest, rules, change);
    return [
      ...(await examineStaged(place)),
      ...examineManifest(manifest, rules, judged),
      ...(await examineTrust(place, rules)),
      ...(await examineSubmodules(place, change, judged.verdicts)),
      await examineSync(rules, change, judged),
    ];
  } catch (error) {
    if (!Fault.is(error) || error.kind === 'bug') throw error;
    return [note('check', 'problem', error.message, error.hint)];
  }
}

/** Every pair, or without those of equal directories if nothing is to be said of their names. */
async function judgeAll(manifest: Manifest, rules: Rules, change: Change): Promise<UnlikeVerdicts> {
  const judged = needsEveryPair(manifest) ? undefined : await checkUnlike(rules, change, mayVary);
  const fits = judged !== undefined && !haveBadNames(await readNames(change, judged));
  return fits ? judged : { verdicts: await check(rules, change), instances: [] };
}

/** A pair with a rule is examined even if it is equal. */
function mayVary({ textRule }: Rule): boolean {
  return textRule !== undefined;
}

/** The paths of all pairs; the source of an equal directory has the names of its copy. */
async function readNames({ after }: Change, { verdicts, instances }: UnlikeVerdicts): Promise<readonly RepoPath[]> {
  const equal = instances.filter(({ alike }) => alike > 0);
  const copies = await Promise.all(equal.map((each) => after.readFiles(each[each.rule.copy])));
  return [
    ...verdicts.flatMap(({ pair }) => pathsOf(pair)),
    ...equal.map((each) => each[each.rule.source]),
    ...copies.flat(),
  ];
}

async function readManifest(repository: Repository): Promise<Manifest | Note> {
  try {
    const found = readManifestFile(repository.top)?.manifest;
    if (!found && (await isManifestTracked(repository))) throw await noManifest(repository);
    return found ?? note('manifest', 'problem', say.NO_MANIFEST, 'git dos-sync init');
  } catch (error) {
    if (!Fault.is(error) || error.kind === 'bug') throw error;
    return note('manifest', 'problem', error.message, error.hint);
  }
}

/** Hooks read the manifest in the index. @throws Fault `manifest` if it is invalid. */
async function examineStaged(place: Workplace): Promise<Note[]> {
  const { repository, objects } = place;
  const next = await readHowToStage(repository);
  const unguarded = await readUnguardedInIndex(place);
  if (unguarded.length > 0 && unguarded !== 'unreadable') {
    return [note('manifest', 'problem', `${sayUnguarded(unguarded)}.`, next)];
  }
  const head = new TreeSnapshot(objects, repository.headTree);
  const staged = stagedSnapshot(objects, head, await readStaged(repository));
  const manifest = await readManifestIn(staged, objects);
  return manifest ? [] : [note('manifest', 'problem', say.NOT_STAGED, next)];
}

async function examineSubmodules(
  { repository }: Workplace,
  change: Change,
  verdicts: readonly Verdict[],
): Promise<Note[]> {
  const unread = verdicts.flatMap((verdict) => verdict.unread ?? []);
  const modules = new Set(unread.flatMap((why) => (why.kind === 'submodule' ? [textOf(why.at)] : [])));
  const homes = new Set<string>();
  for (const { pair } of verdicts) for (const at of await homesOf(change, pair)) homes.add(at);
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
    ...(await examineUnguarded(repository.top, homes)),
  ];
}

/** The checked-out submodules that the pair reaches into. */
async function homesOf({ after }: Change, { a, b }: FilePair): Promise<readonly string[]> {
  const inside = [a, b].filter((path): path is RepoPath => path !== null && !isOutside(path));
  const homes = await Promise.all(inside.map((path) => after.readHome(path)));
  return homes.flatMap((home) => (home ? [textOf(home.at)] : []));
}

/** Submodules of a pair whose hooks would not start dos-sync. */
async function examineUnguarded(top: string, homes: ReadonlySet<string>): Promise<Note[]> {
  const notes: Note[] = [];
  for (const at of homes) {
    const inside = await examineHooks(await openCheckout(join(top, at)));
    if (inside.every(({ probe, level }) => probe !== 'hooks' || level !== 'problem')) continue;
    notes.push(
      note('submodule', 'warning', say.saySubmoduleUnguarded(at), 'git dos-sync install --recurse-submodules'),
    );
  }
  return notes;
}

/** The user's consent to the outside paths, and whether those exist. */
async function examineTrust({ repository }: Workplace, { outsideRoots }: Rules): Promise<Note[]> {
  const places = await PlacesOutside.open(repository, outsideRoots);
  if (!places) return [];
  const next = 'git dos-sync trust';
  switch (places.consent) {
    case 'none':
      return [note('trust', 'warning', say.NOT_AGREED, next)];
    case 'lapsed':
      return [note('trust', 'warning', say.LAPSED_CONSENT, next)];
    case 'automated':
      return [note('trust', 'warning', say.NO_CONSENT_IN_CI)];
    default: {
      const gone = outsideRoots.roots.filter((root) => !places.canBeListed(root));
      return [
        note('trust', 'ok', say.sayTrust(places.consent.write)),
        ...gone.map((root) => note('outside', 'warning', say.sayPlaceGone(textOf(root)))),
      ];
    }
  }
}

async function examineSync(rules: Rules, change: Change, { verdicts, instances }: UnlikeVerdicts): Promise<Note> {
  const totals = await readTotals(rules, change, verdicts, alikeByKey(instances));
  const code = exitCodeOf(totals);
  if (code === 2) return note('check', 'problem', sayNothingCompared(), 'git dos-sync check --full');
  if (totals.pairs.size === 0) return note('check', 'warning', say.NO_PAIRS, 'git dos-sync add <a> <b>');
  const next = verdicts.some(isOutOfSync) ? 'git dos-sync check' : undefined;
  return note('check', code === 0 ? 'ok' : 'problem', sayCompared(totals), next);
}
