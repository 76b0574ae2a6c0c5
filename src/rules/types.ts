// The compiled manifest: rules, and the file pairs that they mean.

import type { RepoPath } from '../git/path.js';
import type { OutsideRoots } from '../manifest/outside.js';
import type { Binding } from '../manifest/sides.js';
import type { DeclaredSide, Exception, Side } from '../manifest/types.js';
import type { Equality } from './equality.js';

/** A declared pair, or an alias that is a pair of its own. */
export interface Rule {
  readonly id: number;
  /** `<a> -> <b>` exactly as in the manifest. */
  readonly key: string;
  /** Where the manifest declares it. */
  readonly declared: { readonly list: 'pairs' | 'aliases'; readonly at: number };
  readonly a: DeclaredSide;
  readonly b: DeclaredSide;
  /** The side that a fix copies from, and the side that it copies to. */
  readonly source: Side;
  readonly copy: Side;
  /** `named`: the same names on both sides. `fanout`: names on b alone, every match is a copy of
   * a. */
  readonly shape: 'plain' | 'named' | 'fanout';
  /** Takes a path relative to the pair. */
  readonly excludes: (rest: RepoPath) => boolean;
  /** Takes a path of side b: true for a copy that a template leaves out. */
  readonly keepsOut: (path: RepoPath) => boolean;
  /** False if nothing is left out. */
  readonly hasExcludes: boolean;
  readonly exception?: Exception;
}

/** A rule that covers a path, from one side, and the path's place below that side. */
export interface Membership {
  readonly rule: Rule;
  readonly side: Side;
  readonly binding: Binding;
  readonly rest: RepoPath;
}

/** A rule that has a side below a path, and what the path says of the rule's names. */
interface RuleBelow {
  readonly rule: Rule;
  /** Without the names of segments that are further down. */
  readonly binding: Binding;
}

/** Two paths that must hold the same. */
export interface FilePair {
  readonly rule: Rule;
  /** The rule's key, or the alias's own two paths. */
  readonly key: string;
  /** Below side a; for file pairs the base name; for fan-out the copy's path. */
  readonly relativePath: RepoPath;
  /** Null if an alias has taken the name that would be the partner. An outside path starts with
   * `~/`. */
  readonly a: RepoPath | null;
  readonly b: RepoPath | null;
  /** The two sides of this instance: the same as `a` and `b` for a pair of files. */
  readonly rootA: RepoPath;
  readonly rootB: RepoPath;
  readonly equality: Equality;
  readonly exception?: Exception;
}

/** Everything that the pure stages need to know about a manifest. */
export interface Rules {
  /** The side that every rule copies from. */
  readonly source: Side;
  readonly all: readonly Rule[];
  /** What reaches outside the repository. */
  readonly outsideRoots: OutsideRoots;
  /** Every key that a report must count, also of aliases inside pairs. */
  readonly keys: readonly string[];
  /** The rules that cover the path, in time that depends on its depth. */
  lookUp(path: RepoPath): readonly Membership[];
  /** The rules with a side strictly below the path, where a gitlink or symlink at it leads that
   * side elsewhere. */
  below(path: RepoPath): readonly RuleBelow[];
  /** The file pair of a path that a rule covers; undefined if the rule excludes it. A fan-out's
   * source needs its copy's binding. */
  pairOf(membership: Membership): FilePair | undefined;
  /** True where each file's partner has its name, and nothing below the rule's sides is left out,
   * renamed or excepted. */
  pairsByNameAlone(rule: Rule): boolean;
  waivesMissing(side: Side, path: RepoPath): boolean;
}
