// Whether husky would start dos-sync: its directory, files, switch, and hook lines.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFetch } from '../git/package-manager.js';
import type { Checkout } from '../git/porcelain.js';
import { readFoundFile } from '../install/disk.js';
import { readHuskyLine } from '../install/husky-line.js';
import type { HookName } from '../install/types.js';
import * as say from '../messages/doctor-hooks.js';
import { shellWord } from '../messages/show.js';
import { followHusky, followHuskyInit, followHuskyStarter } from './follow.js';
import { examineFile, hookProblem, noteFollowed } from './hook-file.js';
import type { HookStart } from './node.js';
import { type Note, note } from './types.js';

/** `start`: how the hook starts our program; undefined if it does not. */
export interface Found {
  readonly problem?: Note | undefined;
  readonly start?: HookStart;
}

/** husky's switch, in the environment or in the file that it sources before each hook. */
export function examineHuskySwitch(): Note[] {
  const husky = process.env['HUSKY'] ?? '';
  if (husky === '0') return [note('owner', 'problem', say.HUSKY_OFF, 'unset HUSKY')];
  const home = process.env['XDG_CONFIG_HOME'] || join(process.env['HOME'] || homedir(), '.config');
  const path = join(home, 'husky', 'init.sh');
  const node = readFoundFile(path);
  const isOff = node.kind === 'file' && followHuskyInit(node.text, husky) === 'not reached';
  return isOff ? [note('owner', 'problem', say.sayHuskyOffIn(path), say.sayHuskyOn(path))] : [];
}

export function examineHuskyHook({ top }: Checkout, directory: string, hook: HookName): Found {
  const inner = directory.endsWith(join('.husky', '_')) ? directory : join(top, '.husky', '_');
  const path = join(inner, '..', hook);
  const node = readFoundFile(path);
  const line = readHuskyLine(node);
  if (!line.present || node.kind !== 'file') {
    return { problem: hookProblem(say.sayNotInHusky(hook, path), 'git dos-sync install') };
  }
  const prepare = `cd ${shellWord(dirname(dirname(inner)))} && npm run prepare`;
  if (directory !== inner) return { problem: hookProblem(say.sayNotHuskysHooksPath(top), prepare) };
  const problem = examineStarter(top, join(inner, hook), prepare);
  if (problem) return { problem };
  const start: HookStart = { kind: 'package', program: line.program };
  const followed = noteFollowed(followHusky(node.text, hook), hook, path);
  if (followed) return { problem: followed, start };
  if (/\blint-staged\b/.test(line.after)) return { problem: hookProblem(say.sayLintStagedAfter(path), say.MOVE_DOWN) };
  return { start };
}

/** The husky file that git starts. */
function examineStarter(top: string, path: string, prepare: string): Note | undefined {
  const starter = readFoundFile(path);
  if (starter.kind !== 'file' || !existsSync(join(dirname(path), 'h'))) {
    const fetched = existsSync(join(top, 'node_modules', 'husky'));
    const next = fetched ? prepare : `cd ${shellWord(top)} && ${readFetch(top)}`;
    return hookProblem(say.sayHuskyNotMade(top), next);
  }
  if (followHuskyStarter(starter.text) !== 'reached') return hookProblem(say.sayNotHuskys(path), prepare);
  return examineFile(starter, path);
}
