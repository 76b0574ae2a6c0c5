// Whether git would start dos-sync: who owns the hooks, what stands at their names in every worktree, and what they find.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkout, openCheckout, readConfigured, readHooksDirectory } from '../git/porcelain.js';
import { readWorktrees } from '../git/worktrees.js';
import { findBlock } from '../install/block.js';
import { readConfigHooks } from '../install/config-hooks.js';
import { readStanding } from '../install/disk.js';
import { readHuskyLine } from '../install/husky-line.js';
import { type HookOwner, hooksUnder, makerOf, namesOurHook, readOwner } from '../install/owner.js';
import { HOOK_NAMES, type HookName } from '../install/types.js';
import * as say from '../messages/doctor.js';
import { sayActivation } from '../messages/managers.js';
import { shellWord } from '../messages/show.js';
import { probeNode, type Start } from './node.js';
import { type Note, note } from './types.js';

/** One note for each worktree that is in order, and one for each thing that is not. */
export async function examineHooks(checkout: Checkout): Promise<Note[]> {
  const notes: Note[] = [];
  for (const { path, bare, prunable } of await readWorktrees(checkout)) {
    if (path === undefined) notes.push(note('worktree', 'warning', say.sayWorktreeUnknown(checkout.commonDir)));
    else if (prunable) notes.push(note('worktree', 'warning', say.sayWorktreeGone(path), 'git worktree prune'));
    else if (!bare) notes.push(...(await examineWorktree(path === checkout.top ? checkout : await openCheckout(path))));
  }
  return notes;
}

async function examineWorktree(checkout: Checkout): Promise<Note[]> {
  const owner = await readOwner(checkout);
  const directory = await readHooksDirectory(checkout);
  const configured = await readConfigHooks(checkout);
  const found = HOOK_NAMES.map((hook): Found => {
    const inConfig = configured.get(hook);
    if (inConfig?.inForce) return { start: { kind: 'command', text: inConfig.command } };
    return examineHook(checkout, owner, directory, hook);
  });
  const problems = found.flatMap(({ problem }) => problem ?? []);
  const start = found.find((each) => each.start)?.start;
  return [
    ...(await examineOwner(checkout, owner, directory)),
    ...problems,
    ...(problems.length === 0 ? [note('hooks', 'ok', say.sayHooksRun(checkout.top))] : []),
    ...(start ? await probeNode(checkout, start) : []),
  ];
}

async function examineOwner(checkout: Checkout, owner: HookOwner, directory: string): Promise<Note[]> {
  const configured = await readConfigured(checkout, 'core.hooksPath');
  const name = owner.kind === 'manager' ? owner.manager : owner.kind;
  const notes = [note('owner', 'ok', say.sayOwner(name, directory))];
  if (configured && configured.scope !== 'local' && configured.scope !== 'worktree') {
    notes.push(note('owner', 'warning', say.saySharedDirectory(directory, configured.scope)));
  }
  if (owner.kind === 'husky' && process.env['HUSKY'] === '0') {
    notes.push(note('owner', 'problem', say.HUSKY_OFF, 'unset HUSKY'));
  }
  return notes;
}

interface Found {
  readonly problem?: Note;
  /** How the hook gets to our program; undefined if it does not. */
  readonly start?: Start;
}

function examineHook(checkout: Checkout, owner: HookOwner, directory: string, hook: HookName): Found {
  const path = join(directory, hook);
  const standing = readStanding(path);
  const problem = (says: string, next: string): Found => ({ problem: note('hooks', 'problem', says, next) });
  if (owner.kind === 'config') return problem(say.sayNotInGitConfig(hook), 'git dos-sync install');
  if (owner.kind === 'husky') return examineHuskyHook(checkout, directory, hook, problem);
  if (owner.kind === 'manager') {
    if (!hooksUnder(owner.manager).includes(hook)) {
      return { problem: note('hooks', 'warning', say.sayNotUnder(owner.manager, hook)) };
    }
    if (!namesOurHook(owner, hook)) return problem(say.sayNotInConfig(hook, owner.config), 'git dos-sync install');
    if (makerOf(standing) !== owner.manager) {
      return problem(say.sayManagerNotActive(owner.manager, path), sayActivation(owner.manager, [hook]));
    }
    return { start: { kind: 'package', program: 'dos-sync-hook' } };
  }
  if (standing.kind !== 'file' && standing.kind !== 'link') {
    return problem(say.sayNoHook(hook, path), 'git dos-sync install');
  }
  const block = standing.kind === 'file' ? findBlock(standing.text, path) : undefined;
  if (standing.kind !== 'file' || (!block && !startsUs(standing.text, hook))) {
    return problem(say.sayForeignHook(hook, path), 'git dos-sync install');
  }
  if ((standing.mode & 0o111) === 0) return problem(say.sayNotExecutable(path), `chmod +x ${shellWord(path)}`);
  if (!block) return { start: { kind: 'package', program: 'dos-sync-hook' } };
  return { start: { kind: 'block', text: standing.text.slice(block.start, block.end) } };
}

/** A line of somebody's own that starts us. */
function startsUs(text: string, hook: HookName): boolean {
  return text.split('\n').some((line) => !/^\s*#/.test(line) && new RegExp(`\\bhook\\s+'?${hook}\\b`).test(line));
}

function examineHuskyHook(
  checkout: Checkout,
  directory: string,
  hook: HookName,
  problem: (says: string, next: string) => Found,
): Found {
  const inner = directory.endsWith(join('.husky', '_')) ? directory : join(checkout.top, '.husky', '_');
  const path = join(inner, '..', hook);
  const line = readHuskyLine(readStanding(path));
  if (!line.present) return problem(say.sayNotInHusky(hook, path), 'git dos-sync install');
  if (directory !== inner) return problem(say.sayHuskyNotInForce(checkout.top), 'npm run prepare');
  if (!existsSync(join(inner, hook)))
    return problem(say.sayHuskyNotMade(checkout.top), `cd ${shellWord(checkout.top)} && npm ci`);
  if (/\blint-staged\b/.test(line.after)) return problem(say.sayLintStagedAfter(path), say.MOVE_DOWN);
  return { start: { kind: 'package', program: line.program } };
}
