// The compiled manifest: rules, and the file pairs that they declare.

import type { RepoPath } from '../git/path.js';
import type { OutsideRoots } from '../manifest/outside.js';
import type { Binding } from '../manifest/sides.js';
import type { DeclaredRule, DeclaredSide, Exception, Side } from '../manifest/types.js';
import type { Equality } from './equality.js';

/** A declared pair, or an alias that is a pair by itself. */
export interface Rule {
  readonly id: number;
  /** `<a> -> <b>` exactly as in the manifest. */
  readonly key: string;
  /** Where the manifest declares it. */
  readonly declared: { readonly list: 'pairs' | 'aliases'; readonly at: number };
  readonly a: DeclaredSide;
  readonly b: DeclaredSide;
  /** The source and the copy side of the rule. */
  readonly source: Side;
  readonly copy: Side;
  /**
   * `named`: the same names on both sides. `fanout`: names only on b; every match is a copy of a.
   */
  readonly shape: 'plain' | 'named' | 'fanout';
  /** Takes a path relative to the pair. */
  readonly excludes: (rest: RepoPath) => boolean;
  /** Takes a path of side b; true for a copy that a template leaves out. */
  readonly keepsOut: (path: RepoPath) => boolean;
  /** False if nothing is left out. */
  readonly hasExcludes: boolean;
  /** How the texts of the two sides may differ. */
  readonly textRule?: DeclaredRule;
  readonly name?: string;
  readonly note?: string;
  readonly exception?: Exception;
}

/** A rule that covers a path on one side, and the rest of the path below that side. */
export interface Membership {
  readonly rule: Rule;
  readonly side: Side;
  readonly binding: Binding;
  readonly rest: RepoPath;
}

/** A rule with a side below a path, and the values of the rule's names in the path. */
interface RuleBelow {
  readonly rule: Rule;
  /** Without the names of deeper segments. */
  readonly binding: Binding;
}

/** Two paths that must hold the same content. */
export interface FilePair {
  readonly rule: Rule;
  /** The rule's key, or for an alias its two paths. */
  readonly key: string;
  /** Below side a; for file pairs the base name; for fan-out the copy's path. */
  readonly relativePath: RepoPath;
  /**
   * Null if an alias uses the partner's name for another file. An outside path starts with `~/`.
   */
  readonly a: RepoPath | null;
  readonly b: RepoPath | null;
  /** The two sides of this instance: `a` and `b` themselves for a pair of files. */
  readonly rootA: RepoPath;
  readonly rootB: RepoPath;
  readonly equality: Equality;
  readonly exception?: Exception;
}

/** Everything that the pure stages need from a manifest. */
export interface Rules {
  readonly all: readonly Rule[];
  readonly outsideRoots: OutsideRoots;
  /** Every key that a report must count, with those of aliases inside pairs. */
  readonly keys: readonly string[];
  /** The rules that cover the path, in time that depends on its depth. */
  lookUp(path: RepoPath): readonly Membership[];
  /**
   * The rules with a side strictly below the path: a gitlink or symlink at the path redirects that
   * side.
   */
  below(path: RepoPath): readonly RuleBelow[];
  /**
   * The file pair of a covered path; undefined if the rule excludes it. A fan-out's source needs
   * its copy's binding.
   */
  pairOf(membership: Membership): FilePair | undefined;
  /**
   * Where partners of the paths at or below a covered path can be, below the rule's other side.
   */
  restsBeside(membership: Membership): readonly RepoPath[];
  /**
   * True if every file's partner has the same name, and nothing below the rule's sides is left out,
   * renamed or excepted.
   */
  pairsByNameAlone(rule: Rule): boolean;
  waivesMissing(side: Side, path: RepoPath): boolean;
}
