// What a hook does with the staged check: lets through what is in sync, says what was not looked at, and blocks the rest.

import { type Checked, checkStaged, readMergedCommits, type StagedCheck } from './check-staged.js';
import { isFinding } from './drift/types.js';
import type { Workplace } from './fix/apply.js';
import { refuseInterrupted } from './fix/recover.js';
import { block, type GateInput } from './gate-block.js';
import { ObjectReader } from './git/objects.js';
import { pathFromText } from './git/path.js';
import { openRepository } from './git/repository.js';
import { canBeSubmodule } from './git/superproject.js';
import { leaveForNext } from './leave.js';
import { MANIFEST_NAME } from './manifest/types.js';
import { NOT_IN_FORCE, sayInherited } from './messages/hook.js';
import { layOutUnchecked } from './report/unchecked.js';

export type { GateInput };

/** The exit code of the hook: 0 lets the commit through, 1 blocks it. @throws Fault (exit code 2) if it could not check. */
export async function gate(input: GateInput): Promise<0 | 1> {
  const repository = await openRepository(input.cwd);
  const objects = new ObjectReader(repository.git);
  const place = { repository, objects };
  try {
    const code = await gateOwn(input, place);
    if (code !== 0 || !canBeSubmodule(repository)) return code;
    const { gateSuperproject } = await import('./gate-superproject.js');
    return await gateSuperproject(input, place);
  } finally {
    await objects.close();
  }
}

async function leaveForNextOf({ index, manifest, span }: Checked, { repository }: Workplace): Promise<void> {
  // In a submodule the rules of the superproject count too, and they are not in our manifest.
  if (canBeSubmodule(repository)) return;
  const blob = await span.result.readEntry(pathFromText(MANIFEST_NAME));
  if (blob.kind === 'file') leaveForNext(repository.gitDir, blob.oid, manifest, index.rules);
}

/** By the manifest of the repository that the commit is made in. */
async function gateOwn(input: GateInput, place: Workplace): Promise<0 | 1> {
  const checked = await checkNow(input, place);
  if (isClean(checked)) refuseInterrupted(place.repository);
  if (checked.kind === 'undeclared') {
    if (checked.inWorktree) input.say([NOT_IN_FORCE]);
    return 0;
  }
  await leaveForNextOf(checked, place);
  input.say(layOutUnchecked(checked.judgements));
  if (checked.inherited.length > 0) input.say([sayInherited(checked.inherited.length)]);
  if (isClean(checked)) return 0;
  const isInSync = async () => isClean(await checkNow(input, place));
  return block(input, place, checked, { again: () => gate(input), isInSync });
}

function checkNow(input: GateInput, { repository, objects }: Workplace): Promise<StagedCheck> {
  // GITHEAD_* are left in the environment of whatever git merge runs; they mean parents in its own hook alone.
  const merged = readMergedCommits(repository.gitDir, input.what === 'merge' ? input.environment : {});
  return checkStaged(repository, objects, { merged });
}

function isClean(check: StagedCheck): boolean {
  return check.kind === 'undeclared' || !check.judgements.some(isFinding);
}
