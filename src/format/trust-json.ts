// `trust --list --json`: what the user has agreed to.

import { buildHead, type ReportHead } from './report.js';

/** One trusted manifest. */
export interface JsonConsent {
  /** The git directory that all worktrees of the repository share. */
  readonly repository: string;
  /** False if the repository is gone. */
  readonly exists: boolean;
  /** Also writing is allowed. */
  readonly write: boolean;
  /** As in the manifest, and where it was; null if it did not exist. */
  readonly roots: readonly { readonly root: string; readonly place: string | null }[];
}

/** `trust --list --json`. */
export interface TrustReport extends ReportHead<'trust'> {
  readonly consents: readonly JsonConsent[];
}

export function buildTrustJson(consents: readonly JsonConsent[]): TrustReport {
  return { ...buildHead('trust', 0), consents };
}
