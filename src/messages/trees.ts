// Messages about commits, trees and objects that are missing or invalid.

import { Fault } from './fault.js';
import { show } from './show.js';

const FSCK = 'see what is damaged: git fsck';
const UNSHALLOW = 'fetch the history between them: git fetch --unshallow';

export function unreadableTree(tree: string): Fault {
  return new Fault('git', `The tree ${tree} cannot be read.`, FSCK);
}

/** By default a git server checks neither, and a checkout may take either of the two entries. */
export function nameTwice(tree: string, name: string): Fault {
  return new Fault('git', `The tree ${tree} is damaged: it holds the name ${show(name)} twice.`, FSCK);
}

export function slashInName(tree: string, name: string): Fault {
  return new Fault('git', `The tree ${tree} is damaged: it holds the name ${show(name)}, with a slash in it.`, FSCK);
}

export function noSuchCommit(revision: string): Fault {
  const said = `${show(revision)} is not a commit in this repository.`;
  return new Fault('usage', said, 'see what there is: git log --oneline --all');
}

export function objectMissing(oid: string, shallow: boolean): Fault {
  const hint = shallow ? 'fetch it: git fetch --unshallow' : 'fetch it, or see what is damaged: git fsck';
  return new Fault('git', `The object ${oid} is missing from this repository.`, hint);
}

export function noCommonCommit(base: string, revision: string, shallow: boolean): Fault {
  const said = `${show(base)} and ${show(revision)} have no commit in common here.`;
  return new Fault('usage', said, shallow ? UNSHALLOW : 'name a base that it was branched off from');
}
