// Every manager that install and doctor know. A new one is a new file and a line here.

import { lefthook } from './lefthook.js';
import type { Manager } from './manager.js';
import { oldHusky } from './old-husky.js';
import { preCommit, prek } from './pre-commit.js';
import { simpleGitHooks } from './simple-git-hooks.js';

/** In the order in which their configurations are looked for. */
export const MANAGERS: readonly Manager[] = [lefthook, prek, preCommit, simpleGitHooks, oldHusky];
