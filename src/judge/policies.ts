// Who judges a change by which policy. docs/decisions/0012-one-judge.md has the table with its
// reasons.

/** How a gate treats three kinds of pairs beside those that the change touches. */
export interface Policy {
  /** Pairs with a new or changed rule. `whole`: judged even if none of their files is touched. */
  readonly newRules: 'whole' | 'touched';
  /** Touched pairs that the new manifest drops, or judges less strictly. `said`: one line, no
   * block. */
  readonly oldRules: 'judged' | 'said' | 'ignored';
  /** Pairs that are out of sync in the same way in a state that is merged. */
  readonly inherited: 'forgiven' | 'forgiven-under-same-manifest' | 'judged';
}

/** Where a row differs from `commit`, its comment says why. */
export const POLICIES = {
  /** pre-commit, pre-merge-commit, fast path (which leaves staged manifests and merges to them). */
  commit: { newRules: 'whole', oldRules: 'said', inherited: 'forgiven' },

  /** Superprojects around a submodule: a commit inside cannot change their manifest. */
  superproject: { newRules: 'touched', oldRules: 'ignored', inherited: 'forgiven' },

  /** pre-push, tip and each: pre-commit has said what the old rules say; pre-receive judges it. */
  push: { newRules: 'whole', oldRules: 'ignored', inherited: 'forgiven' },

  /** pre-receive: the pusher may have no hooks, and a merged branch may have dropped the rule. */
  receive: { newRules: 'whole', oldRules: 'judged', inherited: 'forgiven-under-same-manifest' },

  /** check --base, in place of pre-receive: the branch answers for all that it adds to its base. */
  branch: { newRules: 'whole', oldRules: 'judged', inherited: 'judged' },

  /** check, check --staged, check --commit: every pair of one state, whatever changed. */
  state: { newRules: 'touched', oldRules: 'ignored', inherited: 'judged' },

  /** audit: every commit of a history, by the manifest of today. */
  audit: { newRules: 'touched', oldRules: 'ignored', inherited: 'forgiven' },
} as const satisfies Record<string, Policy>;
