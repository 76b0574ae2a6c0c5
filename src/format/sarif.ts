// The report as SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

import { createHash } from 'node:crypto';
import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { bytesOf, type RepoPath } from '../git/path.js';
import { NOTHING_WAS_COMPARED, RULE_DETAILS, RULE_HELP, RULES, TOP_LEVEL } from '../messages/ci.js';
import { type CheckReport, type Located, locatedIn } from './check-report.js';
import { formatJson } from './json.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Code scanning asks for a line; a pair is about whole files. */
const WHOLE_FILE = { startLine: 1 } as const;

const RULE_IDS = ['DRIFT', 'MISSING_A', 'MISSING_B'] as const;

/** `version`: dos-sync's version. */
export function formatSarif(report: CheckReport, version: string): string[] {
  const rules = RULE_IDS.map(describeRule);
  const nothing: Notification[] =
    report.exitCode === 2 ? [{ level: 'error', message: { text: NOTHING_WAS_COMPARED } }] : [];
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'dos-sync', semanticVersion: version, rules } },
        invocations: [
          {
            executionSuccessful: report.exitCode !== 2,
            exitCode: report.exitCode,
            toolExecutionNotifications: nothing,
          },
        ],
        originalUriBaseIds: { SRCROOT: { description: { text: TOP_LEVEL } } },
        results: locatedIn(report).map(formatOne),
      },
    ],
  };
  return formatJson(log);
}

// https://docs.github.com/en/code-security/reference/code-scanning/sarif-support-for-code-scanning
/** What code scanning shows of a rule. */
function describeRule(id: (typeof RULE_IDS)[number]): ReportingDescriptor {
  return {
    id,
    shortDescription: { text: RULES[id] },
    fullDescription: { text: RULE_DETAILS[id] },
    help: { text: RULE_HELP },
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['maintainability'] },
  };
}

function formatOne({ verdict, path, other, message }: Located): Result {
  const { pair, status } = verdict;
  const fingerprint = createHash('sha256')
    .update([pair.key, pair.a ?? '', pair.b ?? ''].join('\0'), 'latin1')
    .digest('hex');
  const ruleIndex = RULE_IDS.indexOf(status as (typeof RULE_IDS)[number]);
  return {
    ruleId: status,
    ruleIndex,
    level: 'error',
    message: { text: message },
    locations: [locationOf(path)],
    ...(other !== undefined && { relatedLocations: [{ id: 0, ...locationOf(other) }] }),
    partialFingerprints: {
      'dosSyncPair/v1': fingerprint,
      // The one that code scanning reads. A hash of the line would change with the content.
      primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1`,
    },
  };
}

function locationOf(path: RepoPath): Location {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path), uriBaseId: 'SRCROOT' }, region: WHOLE_FILE } };
}

/** The path's bytes as a relative URI: https://www.rfc-editor.org/rfc/rfc3986#section-2 */
function uriOf(path: RepoPath): string {
  const unreserved = /[A-Za-z0-9._~/-]/;
  return [...bytesOf(path)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
