// The public API: the same pipeline, typed.

export { type CheckScope, check, judge } from './check.js';
export { checkStaged, type StagedCheck, type StagedOptions } from './check-staged.js';
export type { DriftReason, Judgement, Status } from './drift/types.js';
export { ObjectReader } from './git/objects.js';
export type { Oid } from './git/oid.js';
export { pathFromText, type RepoPath, textOf } from './git/path.js';
export { openRepository, type Repository } from './git/repository.js';
export { parseManifest } from './manifest/parse.js';
export { readManifestFile } from './manifest/read.js';
export { MANIFEST_NAME, type Manifest, type ParsedManifest, type Problem } from './manifest/types.js';
export { Fault, type FaultKind } from './messages/fault.js';
export { buildIndex } from './pairs/index.js';
export type { FilePair, Membership, PairIndex, Rule } from './pairs/types.js';
export { TreeSnapshot } from './snapshot/tree.js';
export type { Entry, Snapshot } from './snapshot/types.js';
