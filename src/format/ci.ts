// The layouts that a report for machines can have.

import type { CheckReport } from './check-report.js';
import { layOutGithub } from './github.js';
import { layOutGitlab } from './gitlab.js';
import { layOutJunit } from './junit.js';
import { layOutSarif } from './sarif.js';

export const CI_FORMATS = ['github', 'gitlab', 'sarif', 'junit'] as const;

export type CiFormat = (typeof CI_FORMATS)[number];

/** The lines for stdout. `version`: that of dos-sync. */
export function layOutFormat(format: CiFormat, report: CheckReport, version: string): string[] {
  switch (format) {
    case 'github':
      return layOutGithub(report);
    case 'gitlab':
      return layOutGitlab(report);
    case 'sarif':
      return layOutSarif(report, version);
    case 'junit':
      return layOutJunit(report);
  }
}
