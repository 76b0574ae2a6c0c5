// The report as GitHub workflow commands, which annotate files.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions

import { isUtf8, textOf } from '../git/path.js';
import { FINDING_TITLE, NOTHING_WAS_COMPARED, SEE_LOCALLY } from '../messages/ci.js';
import { isPlain } from '../messages/show.js';
import { type CheckReport, type Located, locatedIn } from './check-report.js';

/** One command per line, and nothing else. */
export function formatGithub(report: CheckReport): string[] {
  const nothing = report.exitCode === 2 ? [command([], NOTHING_WAS_COMPARED)] : [];
  return [...nothing, ...locatedIn(report).map(formatOne)];
}

function formatOne({ path, message }: Located): string {
  const name = textOf(path);
  // GitHub cannot show a name with such bytes, and they should not reach other readers of the log.
  const file = isUtf8(path) && isPlain(name) ? [`file=${property(name)}`] : [];
  return command(file, `${message} ${SEE_LOCALLY}`);
}

function command(file: readonly string[], message: string): string {
  return `::error ${[...file, `title=${property(`dos-sync: ${FINDING_TITLE}`)}`].join(',')}::${escapeText(message)}`;
}

function escapeText(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escapeText(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
