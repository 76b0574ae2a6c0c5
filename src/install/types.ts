// The types of the install stage.

export type HookName = 'pre-commit' | 'pre-merge-commit' | 'pre-push';

export const HOOK_NAMES: readonly HookName[] = ['pre-commit', 'pre-merge-commit', 'pre-push'];

/**
 * How our block is in a native hook: in a new file, in an existing script, or in front of a hook
 * kept beside it.
 */
export type BlockKind = 'created' | 'added' | 'chained';

/**
 * `config`: in git's configuration. `printed`: another manager owns the hooks, so its owner must
 * edit its configuration.
 */
export type InstallMode = 'native' | 'config' | 'husky' | 'printed';

/** The file at a path, without following links. Bytes are held as one char (0–255) per byte. */
export type FoundFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly text: string; readonly mode: number; readonly links: number }
  | { readonly kind: 'link' }
  | { readonly kind: 'other' };

/** One planned change of one file. `text` is one char per byte, `mode` permission bits. */
export type FileStep =
  | { readonly step: 'keep'; readonly path: string }
  | WriteChange
  | (Replacing & { readonly step: 'remove' })
  /** Renames `path` to `chained`, then writes `path`. */
  | (Replacing & { readonly step: 'chain'; readonly chained: string; readonly text: string })
  /** Renames `chained` over `path`. */
  | (Replacing & { readonly step: 'unchain'; readonly chained: string });

interface Replacing {
  readonly path: string;
  /** The file that the change was planned for; if it has changed, nothing is replaced. */
  readonly before: FoundFile;
}

type Wrote = 'created' | 'changed' | 'restored';

interface WriteChange extends Replacing {
  readonly step: 'write';
  readonly text: string;
  readonly mode: number;
  readonly what: Wrote;
}

/** One change that was made. Paths are absolute. */
export interface Action {
  readonly what: Wrote | 'unchanged' | 'removed';
  readonly path: string;
}

/** The result of install or uninstall. `notices` are whole sentences for the user. */
export interface InstallReport {
  readonly mode: InstallMode;
  readonly actions: readonly Action[];
  readonly notices: readonly string[];
  /** False if the user has to write something before the hooks run. */
  readonly complete: boolean;
}

/** The values that a native hook records. Paths are absolute. */
export interface Recorded {
  readonly node: string;
  readonly program: string;
  readonly origin: Origin;
}

/** How dos-sync was installed, which decides how to repair it. */
export interface Origin {
  readonly kind: 'dependency' | 'global' | 'passing';
  /**
   * The directory whose node_modules has dos-sync, relative to the top level; empty unless it is a
   * dependency.
   */
  readonly root: string;
  /**
   * The command that installs the package again, and the hooks after it; for a dependency, the hook
   * determines it.
   */
  readonly fetch: string;
  readonly again: string;
}
