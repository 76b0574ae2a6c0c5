// Messages about git itself: missing, too old, not startable, or failed.

import { Fault } from './fault.js';
import { show } from './show.js';

export function gitNotFound(): Fault {
  return new Fault('git', 'git was not found on PATH.', 'install git 2.38 or newer: https://git-scm.com/downloads');
}

export function gitTooOld(words: string, program: string, oldest: string): Fault {
  const said = `${words} (${show(program)}) is too old: dos-sync needs git ${oldest} or newer.`;
  return new Fault('git', said, 'update git: https://git-scm.com/downloads');
}

export function gitNotStarted(program: string, cause: unknown): Fault {
  return new Fault('git', `${show(program)} could not be started.`, undefined, { cause });
}

export function tooManyFilesOpen(program: string): Fault {
  const said = `${show(program)} could not be started: too many files are open.`;
  return new Fault('git', said, 'allow more: ulimit -n 256');
}

export function gitSaidNo(verb: string, words: string): Fault {
  return new Fault('git', `git ${verb} failed: ${words}`);
}

export function notUtf8(directory: string): Fault {
  const said = `The path ${show(directory)} is not UTF-8, so dos-sync cannot use it.`;
  return new Fault('usage', said, 'move the repository to a directory with another name');
}

const RANGE = 'write a commit, or a range such as v1.0..main';

export function notARange(words: string): Fault {
  return new Fault('usage', `${show(words)} is not a range of commits.`, RANGE);
}

export function unknownRevision(words: string): Fault {
  return new Fault('usage', `${show(words)} is not a commit in this repository.`, RANGE);
}

export function severalTips(words: string): Fault {
  return new Fault('usage', `${show(words)} has more than one tip.`, RANGE);
}

export function noCommitYet(): Fault {
  return new Fault('usage', 'This repository has no commits yet.', 'this command reads commits; make one: git commit');
}
