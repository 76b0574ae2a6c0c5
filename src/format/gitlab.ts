// The report as GitLab's code quality artifact:
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

import { createHash } from 'node:crypto';
import { textOf } from '../git/path.js';
import { MANIFEST_NAME } from '../manifest/types.js';
import { NOTHING_WAS_COMPARED } from '../messages/ci.js';
import { type CheckReport, type Located, locatedIn } from './check-report.js';
import { formatJson } from './json.js';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  /** Stable between runs, so that GitLab can tell what is new. */
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

export function formatGitlab(report: CheckReport): string[] {
  const nothing = report.exitCode === 2 ? [issue('nothing-compared', NOTHING_WAS_COMPARED, MANIFEST_NAME, '')] : [];
  return formatJson([...nothing, ...locatedIn(report).map(formatOne)]);
}

function formatOne({ verdict, path, message }: Located): Issue {
  const { pair, status } = verdict;
  const check = status === 'DRIFT' ? 'drift' : 'missing';
  return issue(check, message, textOf(path), [pair.key, pair.a ?? '', pair.b ?? '', status].join('\0'));
}

function issue(check: string, description: string, path: string, identity: string): Issue {
  return {
    description,
    check_name: `dos-sync/${check}`,
    fingerprint: createHash('sha256').update(`${check}\0${identity}`, 'latin1').digest('hex'),
    severity: 'major',
    location: { path, lines: { begin: 1 } },
  };
}
