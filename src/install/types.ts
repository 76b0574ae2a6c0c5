// The words that the install stage speaks in: what is there, what is to be done, what was done.

export type HookName = 'pre-commit' | 'pre-merge-commit' | 'pre-push';

export const HOOK_NAMES: readonly HookName[] = ['pre-commit', 'pre-merge-commit', 'pre-push'];

/** How our block came into a native hook: into a file of its own, into a script, or before a hook
 * kept beside it. */
export type BlockKind = 'created' | 'added' | 'chained';

/** `config`: in git's configuration. `printed`: another manager owns the hooks, and its
 * configuration is for its owner to edit. */
export type InstallMode = 'native' | 'config' | 'husky' | 'printed';

/** What stands at a path, links not followed. Bytes are held as one char (0–255) per byte. */
export type FoundFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly text: string; readonly mode: number; readonly links: number }
  | { readonly kind: 'link' }
  | { readonly kind: 'other' };

/** One change to one file, planned before anything is written. `text` is one char per byte, `mode`
 * permission bits. */
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
  /** What the change was planned from: if that is not there any more, nothing is replaced. */
  readonly before: FoundFile;
}

type Wrote = 'created' | 'changed' | 'restored';

interface WriteChange extends Replacing {
  readonly step: 'write';
  readonly text: string;
  readonly mode: number;
  readonly what: Wrote;
}

/** What was done to one file. Paths are absolute. */
export interface Action {
  readonly what: Wrote | 'unchanged' | 'removed';
  readonly path: string;
}

/** What install or uninstall did. `notices` are whole sentences for the user. */
export interface InstallReport {
  readonly mode: InstallMode;
  readonly actions: readonly Action[];
  readonly notices: readonly string[];
  /** False if something is left for the user to write before the hooks are in force. */
  readonly complete: boolean;
}

/** What a native hook records. Paths are absolute. */
export interface Recorded {
  readonly node: string;
  readonly program: string;
  readonly origin: Origin;
}

/** How dos-sync was installed: what mends it depends on that. */
export interface Origin {
  readonly kind: 'dependency' | 'global' | 'passing';
  /** The directory whose node_modules has dos-sync, seen from the top level; empty unless it is a
   * dependency. */
  readonly root: string;
  /** What puts the package back, and the hooks after it; for a dependency that is seen where it is
   * printed. */
  readonly fetch: string;
  readonly again: string;
}
