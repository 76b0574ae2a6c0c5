// The public API: the same pipeline, with types.

export type { AnyReport } from './format/reports.js';
export type { Entry } from './git/entry.js';
export { ObjectReader } from './git/objects.js';
export type { Oid } from './git/oid.js';
export { pathFromText, type RepoPath, textOf } from './git/path.js';
export { openRepository, type Repository } from './git/repository.js';
export { type CheckScope, check, judge } from './judge/judge-pairs.js';
export { checkStaged, type StagedCheck, type StagedOptions } from './judge/staged.js';
export type { DriftReason, Status, Verdict } from './judge/types.js';
export { parseManifest } from './manifest/parse.js';
export { readManifestFile } from './manifest/read.js';
export { MANIFEST_NAME, type Manifest, type ParsedManifest, type Problem } from './manifest/types.js';
export { Fault, type FaultKind } from './messages/fault.js';
export { buildRules } from './rules/build.js';
export type { FilePair, Membership, Rule, Rules } from './rules/types.js';
export { TreeSnapshot } from './snapshot/tree.js';
export type { Snapshot } from './snapshot/types.js';
