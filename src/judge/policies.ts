// Who judges a change by which policy. docs/decisions/0012-one-judge.md has the table with its
// reasons.

/** What a gate does with the three things that a change can bring beside the pairs that it
 * touches. */
export interface Policy {
  /** Pairs whose rule is new or another one: judged although no file of theirs is touched, or
   * not. */
  readonly newRules: 'whole' | 'touched';
  /** Touched pairs that only the old manifest has, or that the new one judges more widely. */
  readonly oldRules: 'judged' | 'said' | 'ignored';
  /** Pairs that a merged state has out of sync in just the same way. */
  readonly inherited: 'forgiven' | 'forgiven-under-same-manifest' | 'judged';
}

/** A reason stands where a row differs from the commit's. */
export const POLICIES = {
  /** pre-commit, pre-merge-commit; the fast path, which leaves a staged manifest and a merge to the
   * full check. */
  commit: { newRules: 'whole', oldRules: 'said', inherited: 'forgiven' },

  /** The superprojects around a commit. It changes no manifest of theirs. */
  superproject: { newRules: 'touched', oldRules: 'ignored', inherited: 'forgiven' },

  /** pre-push, `tip` and `each`. The commit has said what the old rules say, and the server judges
   * it. */
  push: { newRules: 'whole', oldRules: 'ignored', inherited: 'forgiven' },

  /** pre-receive. No hook of the pusher needs to have run, and a merged branch may have dropped the
   * rule. */
  receive: { newRules: 'whole', oldRules: 'judged', inherited: 'forgiven-under-same-manifest' },

  /** check --base. It stands in for pre-receive where a server has no hooks; what the branch merged
   * is in its diff. */
  branch: { newRules: 'whole', oldRules: 'judged', inherited: 'judged' },

  /** check, check --staged, check --commit. They judge every pair of one state, whatever
   * changed. */
  state: { newRules: 'touched', oldRules: 'ignored', inherited: 'judged' },

  /** audit. It judges every commit of a history by the manifest of today. */
  audit: { newRules: 'touched', oldRules: 'ignored', inherited: 'forgiven' },
} as const satisfies Record<string, Policy>;
