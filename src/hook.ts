// What the sh of the hooks starts: `dos-sync hook` alone. Built as CommonJS in one file, which Node loads faster than modules.

import './closed.js';
import { runHook } from './commands/hook.js';
import { exitWith } from './exit.js';

const [, name = '', ...args] = process.argv.slice(2);
exitWith(runHook(name, args));
