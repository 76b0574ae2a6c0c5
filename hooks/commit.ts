// What a hook does with the staged check: passes what is in sync, reports what was not checked, and
// blocks the rest.

import { recordInSync } from '../src/fix/known-contents.js';
import { refuseInterrupted } from '../src/fix/recover.js';
import { formatUnchecked } from '../src/format/unchecked.js';
import { formatUnguarded } from '../src/format/unguarded.js';
import { readMergedCommits } from '../src/git/merge-heads.js';
import { ObjectReader } from '../src/git/objects.js';
import { textOf } from '../src/git/path.js';
import { openRepository } from '../src/git/repository.js';
import { canBeSubmodule } from '../src/git/superproject.js';
import type { Workplace } from '../src/git/workplace.js';
import { type Checked, checkStaged, type StagedCheck } from '../src/judge/staged.js';
import { isOutOfSync, type Verdict } from '../src/judge/types.js';
import { MANIFEST_PATH } from '../src/manifest/types.js';
import { readUnguarded } from '../src/manifest/unguarded.js';
import { sayEmptied, sayInherited, sayLoosened, sayNeverThere, sayWidened } from '../src/messages/hook.js';
import { pathsOf } from '../src/rules/identity.js';
import { readEmptied, readEmpty } from '../src/snapshot/empty.js';
import { block, type CommitInput } from './block.js';
import { writeCaches } from './cache.js';
import { isPartialCommit } from './partial-commit.js';

export type { CommitInput };

/**
 * The hook's exit code: 0 passes the commit, 1 blocks it. @throws Fault (exit code 2) if it could
 * not check.
 */
export async function checkCommit(input: CommitInput): Promise<0 | 1> {
  const repository = await openRepository(input.cwd);
  const objects = new ObjectReader(repository.git);
  const place = { repository, objects };
  try {
    const code = await checkOwn(input, place);
    if (code !== 0 || !canBeSubmodule(repository)) return code;
    const { checkSuperproject } = await import('./superproject.js');
    return await checkSuperproject(input, place);
  } finally {
    await objects.close();
  }
}

/**
 * The caches for later commits, unless the working tree's manifest declares more pairs: then each
 * commit reports them.
 */
async function writeCachesOf({ rules, manifest, change }: Checked, { repository }: Workplace): Promise<void> {
  // In a submodule the superproject's rules apply too, and they are not in our manifest.
  if (canBeSubmodule(repository)) return;
  const blob = await change.after.readEntry(MANIFEST_PATH);
  if (blob.kind === 'file') writeCaches(repository, blob.oid, manifest, rules.all);
}

/** Checks by the manifest of the commit's own repository. */
async function checkOwn(input: CommitInput, place: Workplace): Promise<0 | 1> {
  const checked = await checkNow(input, place);
  // safeguard journal-in-hook (R1): a hook does not pass a journal (e2e/interrupted: a commit in)
  if (isClean(checked)) refuseInterrupted(place.repository);
  const unguarded = await sayUnguardedPairs(input, place, checked);
  input.say(unguarded);
  input.say(formatLoosened(checked.loosened));
  if (checked.kind === 'undeclared') return 0;
  if (unguarded.length === 0) await writeCachesOf(checked, place);
  input.say(formatWidened(checked.widened));
  input.say(await sayEmptyPairs(checked));
  input.say(formatUnchecked(checked.verdicts));
  await recordInSync(place.repository, checked.change.after, checked.verdicts);
  if (checked.inherited.length > 0) input.say([sayInherited(checked.inherited.length)]);
  if (isClean(checked)) return 0;
  const isInSync = async () => {
    const now = await checkNow(input, place);
    // The user's answer may have written an exception.
    if (isClean(now) && checked.loosened.length === 0) input.say(formatLoosened(now.loosened));
    return isClean(now);
  };
  return block(input, place, checked, { again: () => checkCommit(input), isInSync });
}

/** One line about pairs that only the working tree's manifest declares. */
async function sayUnguardedPairs(
  input: CommitInput,
  place: Workplace,
  checked: StagedCheck,
): Promise<readonly string[]> {
  const blob = checked.kind === 'checked' ? await checked.change.after.readEntry(MANIFEST_PATH) : undefined;
  const judged = {
    oid: blob?.kind === 'file' ? blob.oid : undefined,
    read: async () => (checked.kind === 'checked' ? checked.manifest : undefined),
  };
  const unguarded = await readUnguarded(place.repository.top, place.repository.format, judged);
  if (unguarded.length === 0) return [];
  const partial = isPartialCommit(input.environment);
  return formatUnguarded(place, unguarded, { directory: input.environment['GIT_PREFIX'] ?? '', partial });
}

/** One line about what a server with pre-receive will reject. */
function formatLoosened(loosened: readonly Verdict[]): readonly string[] {
  const [first, ...others] = loosened.filter(isOutOfSync);
  return first ? [sayLoosened(pathsOf(first.pair).map(textOf), 1 + others.length)] : [];
}

function formatWidened([first, ...others]: readonly Verdict[]): readonly string[] {
  return first ? [sayWidened(pathsOf(first.pair).map(textOf), 1 + others.length)] : [];
}

/** Pairs that have no file on any side after this commit, or that it declares so. */
async function sayEmptyPairs({ rules, oldRules, change, changes }: Checked): Promise<string[]> {
  const emptied = await readEmptied(rules, change.after, changes);
  const known = new Set([...(oldRules?.keys ?? []), ...emptied]);
  const fresh = rules.all.filter(({ key, exception }) => !exception && !known.has(key));
  const empty = await readEmpty(change.after, fresh);
  const never = [...empty].flatMap(([key, why]) => (why === 'neither' ? [key] : []));
  return [...(emptied.length > 0 ? [sayEmptied(emptied)] : []), ...(never.length > 0 ? [sayNeverThere(never)] : [])];
}

function checkNow(input: CommitInput, { repository, objects }: Workplace): Promise<StagedCheck> {
  // git merge leaves GITHEAD_* in the environment of later commands; they are parents only in its
  // hook.
  const merged = readMergedCommits(repository.gitDir, input.what === 'merge' ? input.environment : {});
  return checkStaged(repository, objects, { merged });
}

function isClean(check: StagedCheck): boolean {
  return check.kind === 'undeclared' || !check.verdicts.some(isOutOfSync);
}
