// The machine formats.

import type { CheckReport } from './check-report.js';
import { formatGithub } from './github.js';
import { formatGitlab } from './gitlab.js';
import { formatJunit } from './junit.js';
import { formatSarif } from './sarif.js';

export const CI_FORMATS = ['github', 'gitlab', 'sarif', 'junit'] as const;

export type CiFormat = (typeof CI_FORMATS)[number];

/** The lines for stdout. `version`: dos-sync's version. */
export function formatForCi(format: CiFormat, report: CheckReport, version: string): string[] {
  switch (format) {
    case 'github':
      return formatGithub(report);
    case 'gitlab':
      return formatGitlab(report);
    case 'sarif':
      return formatSarif(report, version);
    case 'junit':
      return formatJunit(report);
  }
}
