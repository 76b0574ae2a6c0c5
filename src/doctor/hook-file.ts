// The problem of one hook: git cannot start its file, or its exit code is not dos-sync's.

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasExecutableBits } from '../disk/system.js';
import type { FoundFile, HookName } from '../install/types.js';
import * as say from '../messages/doctor-hooks.js';
import { shellWord } from '../messages/show.js';
import { readInterpreter } from './follow.js';
import type { Followed } from './shell/follow.js';
import { type Note, note } from './types.js';

type File = Extract<FoundFile, { readonly kind: 'file' }>;

const EXECUTABLE = 0o111;

export function hookProblem(says: string, next: string): Note {
  return note('hooks', 'problem', says, next);
}

/** Why git cannot start the file; undefined if it can. */
export function examineFile({ text, mode }: File, path: string): Note | undefined {
  if (hasExecutableBits() && (mode & EXECUTABLE) === 0)
    return hookProblem(say.sayNotExecutable(path), `chmod +x ${shellWord(path)}`);
  const interpreter = readInterpreter(text);
  if (interpreter === undefined || !hasExecutableBits()) return undefined;
  if (/^[^\n]*\r\n/.test(text)) {
    return hookProblem(say.sayCarriageReturn(path), `perl -pi -e 's/\\r$//' ${shellWord(path)}`);
  }
  const missing = [interpreter.path, interpreter.word].find((word) => word !== '' && !isProgram(word));
  if (missing === undefined) return undefined;
  return hookProblem(say.sayNoInterpreter(path, missing), `edit the first line of ${shellWord(path)}`);
}

function isProgram(word: string): boolean {
  const places = word.includes('/') ? [word] : (process.env['PATH'] ?? '').split(delimiter).map((at) => join(at, word));
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK);
      return statSync(place).isFile();
    } catch {
      return false;
    }
  });
}

/** Undefined if the hook reaches dos-sync and returns its exit code. */
export function noteFollowed(followed: Followed, hook: HookName, path: string): Note | undefined {
  switch (followed) {
    case 'reached':
      return undefined;
    case 'not reached':
      return hookProblem(say.sayNotReached(hook, path), say.sayNothingAbove(path));
    case 'swallowed':
      return hookProblem(say.saySwallowed(hook, path), say.sayKeepCode(path));
    case 'sometimes':
      return note('hooks', 'warning', say.saySometimes(hook, path), `look at ${shellWord(path)}`);
    case 'cannot follow':
      return note('hooks', 'warning', say.sayCannotFollow(hook, path), say.TRY_IT);
  }
}
