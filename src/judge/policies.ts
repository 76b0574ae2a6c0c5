// The policy of each gate. docs/decisions/0012-one-judge.md has the table with its reasons.

/** How a gate treats three kinds of pairs, apart from those that the change touches. */
export interface Policy {
  /** Pairs with a new or changed rule. `whole`: judged even if none of their files is touched. */
  readonly newRules: 'whole' | 'touched';
  /**
   * Touched pairs that the new manifest drops or judges less strictly. `said`: one line, no block.
   */
  readonly oldRules: 'judged' | 'said' | 'ignored';
  /** Pairs that are out of sync in the same way in a merged state. */
  readonly inherited: 'forgiven' | 'forgiven-under-same-manifest' | 'judged';
}

/** A row that differs from `commit` has the reason in its comment. */
export const POLICIES = {
  /**
   * pre-commit, pre-merge-commit, and the fast path (which leaves staged manifests and merges to
   * them).
   */
  commit: { newRules: 'whole', oldRules: 'said', inherited: 'forgiven' },

  /** Superprojects of a submodule: a commit in the submodule cannot change their manifest. */
  superproject: { newRules: 'touched', oldRules: 'ignored', inherited: 'forgiven' },

  /** pre-push, tip and each: pre-commit has reported the old rules; pre-receive judges them. */
  push: { newRules: 'whole', oldRules: 'ignored', inherited: 'forgiven' },

  /** pre-receive: the pusher may lack hooks, and a merged branch may have dropped the rule. */
  receive: { newRules: 'whole', oldRules: 'judged', inherited: 'forgiven-under-same-manifest' },

  /**
   * check --base, in place of pre-receive: the branch is responsible for everything that it adds to
   * its base.
   */
  branch: { newRules: 'whole', oldRules: 'judged', inherited: 'judged' },

  /** check, check --staged, check --commit: every pair of one state, whether it changed or not. */
  state: { newRules: 'touched', oldRules: 'ignored', inherited: 'judged' },

  /** audit: every commit of a history, by today's manifest. */
  audit: { newRules: 'touched', oldRules: 'ignored', inherited: 'forgiven' },
} as const satisfies Record<string, Policy>;
