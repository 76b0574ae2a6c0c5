// The program of the hooks' sh: only `dos-sync hook`. Built as one CommonJS file, which Node loads
// faster than modules.

import '../src/commands/closed.js';
import { exitWith } from '../src/commands/exit.js';
import { runHook } from '../src/commands/hook.js';

const [, name = '', ...args] = process.argv.slice(2);
exitWith(runHook(name, args));
