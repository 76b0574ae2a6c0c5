// Messages about submodules: why one was not read, what makes it unreadable, and the steps of a
// fix.

import type { SubmoduleLack } from '../git/submodules.js';
import { Fault } from './fault.js';
import { shellPath, show } from './show.js';

export function unnameableSubmodule(at: string): Fault {
  const said = `The name of the submodule ${show(at)} is not UTF-8, so dos-sync cannot look inside.`;
  return new Fault('disk', said, 'rename it, or pair nothing inside it');
}

export function notADirectory(at: string, what: string): Fault {
  const said = `${show(what)} is not a directory, but the submodule ${show(at)} belongs there.`;
  return new Fault('disk', said, `move it away, then: git submodule update --init ${shellPath(at)}`);
}

export function brokenSubmodule(at: string): Fault {
  const said = `The .git of the submodule ${show(at)} does not lead to a repository.`;
  return new Fault('git', said, `remove it, then: git submodule update --init ${shellPath(at)}`);
}

export function foreignSubmodule(at: string, leadsTo: string): Fault {
  const said = `${show(at)} is another repository's work tree: its .git leads to ${show(leadsTo)}.`;
  return new Fault('git', said, 'a submodule has its repository below .git/modules: git submodule absorbgitdirs');
}

export function unmergedInside(at: string, path: string): Fault {
  const said = `Unmerged in the submodule ${show(at)}: ${show(path)}.`;
  return new Fault('git', said, 'resolve the conflict there, and git add the file');
}

/** Why pairs below the submodule were not checked, with the command that solves it. */
export function sayLacking(at: string, lack: SubmoduleLack): string {
  const name = show(at);
  const update = `git submodule update --init ${shellPath(at)}`;
  switch (lack) {
    case 'not-initialised':
      return `the submodule ${name} is not initialised: ${update}`;
    case 'no-commit':
      return `the commit of the submodule ${name} is missing from this clone: ${update}`;
    case 'embedded':
      return `the submodule ${name} has its git directory inside its work tree: git submodule absorbgitdirs ${shellPath(at)}`;
    case 'no-work-tree':
      return `one side is inside the submodule ${name}, and this repository has no work tree`;
  }
}

/** A submodule that install skips. */
export function sayPassedOver(at: string, lack: SubmoduleLack): string {
  return `no hooks were installed in ${show(at)}: ${sayLacking(at, lack)}`;
}

/** The steps of a fix below a gitlink. */
export const WALK = { write: 'writes the fix there', commit: 'commits it there', stage: 'stages that commit' } as const;

export function sayWrittenInside(at: string): string {
  return `the fix is written in the submodule ${show(at)}; still to do:`;
}

export function saySuperproject(pairs: number): string {
  const what = pairs === 1 ? 'a pair' : `${pairs} pairs`;
  return `dos-sync: this commit would leave ${what} of the superproject out of sync.`;
}

/** One verdict of a commit in a submodule; both paths as in the superproject. */
export function saySuperprojectPair(here: string, partner: string | undefined, status: string): string {
  if (partner === undefined)
    return `${show(here)} is staged here, but not paired: an alias pairs the other path with another file.`;
  if (status === 'DRIFT') return `${show(here)} is staged here, but differs from ${show(partner)} in the superproject.`;
  return `One of the two is missing: ${show(here)}, staged here, or ${show(partner)} in the superproject.`;
}

export const SUPERPROJECT_SEE = 'shows the pair and how to fix it';
