// Whether git would start dos-sync: the hooks' owner, and all files at the hooks' names.

import { join } from 'node:path';
import { type Checkout, openCheckout, readConfigured, readHooksDirectory } from '../git/porcelain.js';
import { readWorktrees } from '../git/worktrees.js';
import { findBlock } from '../install/block.js';
import { readConfigHooks } from '../install/config-hooks.js';
import { readFoundFile } from '../install/disk.js';
import { type HookOwner, type Managed, makerOf, namesOurHook, ourLines, readOwner } from '../install/owner.js';
import { HOOK_NAMES, type HookName } from '../install/types.js';
import * as say from '../messages/doctor-hooks.js';
import { followConfigHook, followHook, followManagerLine } from './follow.js';
import { examineFile, hookProblem, noteFollowed } from './hook-file.js';
import { examineHuskyHook, examineHuskySwitch, type Found } from './husky-hooks.js';
import { type HookStart, probeNode } from './node.js';
import { type Note, note } from './types.js';

/** One note for each worktree without a problem, and one for each problem. */
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
    return inConfig?.inForce
      ? examineConfigHook(hook, inConfig.command)
      : examineHook(owner, checkout, directory, hook);
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
  const name = owner.kind === 'manager' ? owner.manager.name : owner.kind;
  const notes = [note('owner', 'ok', say.sayOwner(name, directory))];
  if (configured && configured.scope !== 'local' && configured.scope !== 'worktree') {
    notes.push(note('owner', 'warning', say.saySharedDirectory(directory, configured.scope)));
  }
  return owner.kind === 'husky' ? [...notes, ...examineHuskySwitch()] : notes;
}

function examineHook(owner: HookOwner, checkout: Checkout, directory: string, hook: HookName): Found {
  switch (owner.kind) {
    case 'config':
      return { problem: hookProblem(say.sayNotInGitConfig(hook), 'git dos-sync install') };
    case 'husky':
      return examineHuskyHook(checkout, directory, hook);
    case 'manager':
      return examineManaged(owner, join(directory, hook), hook);
    case 'native':
      return examineNative(join(directory, hook), hook);
  }
}

function examineConfigHook(hook: HookName, command: string): Found {
  const problem = noteFollowed(followConfigHook(command, hook), hook, `hook.dos-sync-${hook}.command`);
  if (problem) return { problem: { ...problem, next: 'git dos-sync install' } };
  return { start: { kind: 'command', text: command } };
}

function examineManaged(owner: Managed, path: string, hook: HookName): Found {
  const { manager, config } = owner;
  const node = readFoundFile(path);
  if (!manager.hooks.includes(hook)) {
    return { problem: note('hooks', 'warning', say.sayNotUnder(manager.name, hook)) };
  }
  if (!namesOurHook(owner, hook)) {
    return { problem: hookProblem(say.sayNotInConfig(hook, config), 'git dos-sync install') };
  }
  if (node.kind !== 'file' || makerOf(node) !== manager) {
    return { problem: hookProblem(say.sayManagerNotActive(manager.name, path), manager.activation([hook])) };
  }
  const lines = ourLines(owner, hook).map((line) => followManagerLine(line, hook));
  const dead = lines.find((followed) => followed === 'swallowed' || followed === 'not reached');
  const problem = examineFile(node, path) ?? (dead && noteFollowed(dead, hook, config));
  return problem ? { problem } : { start: { kind: 'package', program: 'dos-sync-hook' } };
}

function examineNative(path: string, hook: HookName): Found {
  const node = readFoundFile(path);
  if (node.kind !== 'file' && node.kind !== 'link') {
    return { problem: hookProblem(say.sayNoHook(hook, path), 'git dos-sync install') };
  }
  // The markers of a block with carriage returns are not recognised.
  const names = node.kind === 'file' && (/^# >>> dos-sync hook/m.test(node.text) || startsUs(node.text, hook));
  const broken = names ? examineFile(node, path) : undefined;
  if (broken) return { problem: broken };
  const block = node.kind === 'file' ? findBlock(node.text, path) : undefined;
  if (node.kind !== 'file' || (!block && !startsUs(node.text, hook))) {
    return { problem: hookProblem(say.sayForeignHook(hook, path), 'git dos-sync install') };
  }
  const start: HookStart = block
    ? { kind: 'block', text: node.text.slice(block.start, block.end) }
    : { kind: 'package', program: 'dos-sync-hook' };
  return { problem: noteFollowed(followHook(node.text, hook), hook, path), start };
}

/** True for a user's line that starts us. */
function startsUs(text: string, hook: HookName): boolean {
  return text.split('\n').some((line) => !/^\s*#/.test(line) && new RegExp(`\\bhook\\s+'?${hook}\\b`).test(line));
}
