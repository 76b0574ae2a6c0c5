// Messages about commits, trees and objects that are missing or damaged.

import { Fault } from './fault.js';
import { show } from './show.js';

const FSCK = 'see what is damaged: git fsck';
const UNSHALLOW = 'fetch the history between them: git fetch --unshallow';

export function unreadableTree(tree: string): Fault {
  return new Fault('git', `The tree ${tree} cannot be read.`, FSCK);
}

/** By default a git server checks neither, and a checkout may take either of the two entries. */
export function nameTwice(tree: string, name: string): Fault {
  return new Fault('git', `The tree ${tree} is damaged: it contains the name ${show(name)} twice.`, FSCK);
}

export function slashInName(tree: string, name: string): Fault {
  return new Fault(
    'git',
    `The tree ${tree} is damaged: it contains the name ${show(name)}, which has a slash in it.`,
    FSCK,
  );
}

export function noSuchCommit(revision: string): Fault {
  const said = `${show(revision)} is not a commit in this repository.`;
  return new Fault('usage', said, 'list the commits: git log --oneline --all');
}

export function objectMissing(oid: string, shallow: boolean): Fault {
  const hint = shallow ? 'fetch it: git fetch --unshallow' : 'fetch it, or see what is damaged: git fsck';
  return new Fault('git', `The object ${oid} is missing from this repository.`, hint);
}

export function noCommonCommit(base: string, revision: string, shallow: boolean): Fault {
  const said = `${show(base)} and ${show(revision)} have no common ancestor in this repository.`;
  return new Fault('usage', said, shallow ? UNSHALLOW : 'name a base that the branch started from');
}

/** `what`: an object and its id, such as `The tree 1a2b`. */
export function missingHere(what: string): Fault {
  return new Fault('git', `${what} is missing from this repository.`, 'see what is missing: git fsck');
}

export function brokenHead(name: string, words: string): Fault {
  const said = `${show(name)} does not lead to a commit in this repository. ${words.trim()}`.trim();
  return new Fault('git', said, 'see what is damaged: git fsck');
}

export function notACommit(words: string): Fault {
  return new Fault('usage', `${show(words)} is not a commit.`, 'list the commits: git log --oneline --all');
}

export function unmergedPaths(names: string): Fault {
  return new Fault('git', `Unmerged: ${show(names)}.`, 'resolve the conflict and git add the files');
}

/** A blob that got another id in another object store. */
export function changedInTransfer(oid: string, written: string): Fault {
  return new Fault('git', `The object ${oid} became ${written} when it was copied.`, 'see what is damaged: git fsck');
}
