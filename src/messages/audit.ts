// Messages of the audit.

import type { AuditTotals } from '../format/audit-record.js';
import { NAME_TAKEN } from './check.js';
import { Fault } from './fault.js';
import { show } from './show.js';

const SHORT = 10;

export function sayCommit(commit: string, time: string, author: string, subject: string): string {
  return `${commit.slice(0, SHORT)}  ${time.slice(0, 'yyyy-mm-dd'.length)}  ${show(author)}  ${show(subject)}`;
}

export function sayEvent(
  kind: 'introduced' | 'resolved' | 'kept',
  sides: readonly (string | null)[],
  status: string,
  reason: string | undefined,
): string {
  const paths = sides.map((side) => (side === null ? NAME_TAKEN : show(side))).join(' -> ');
  const word = `${status}${reason === undefined ? '' : ` (${reason})`}`;
  const verdict = { introduced: `  ${word}`, resolved: `  was ${word}`, kept: '' }[kind];
  return `  ${kind.padEnd('introduced'.length)}  ${paths}${verdict}`;
}

export function sayUnjudged(why: string): string {
  return `  not judged  ${show(why)}`;
}

export const CUT_HERE =
  '  not judged  the history of this shallow clone ends here, so the changes of this commit are unknown';

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function sayAudited(totals: AuditTotals): string[] {
  const { commits, commits_touching, commits_introducing, introduced, born, resolved, kept, unchecked, unjudged } =
    totals;
  if (commits_touching === 0) return [`${count(commits, 'commit')}: none of them touches a pair`];
  return [
    `${count(commits, 'commit')}, ${commits_touching} of them ${commits_touching === 1 ? 'touches' : 'touch'} pairs`,
    `  introduced  ${count(introduced, 'pair')} out of sync, by ${count(commits_introducing, 'commit')}`,
    ...(born > 0 ? [`  born        ${count(born, 'file')} whose other side did not exist yet`] : []),
    `  resolved    ${count(resolved, 'pair')}`,
    `  kept        ${count(kept, 'time')}: both sides of a pair changed together`,
    ...(unchecked > 0 ? [`  unchecked   ${count(unchecked, 'time')}: a side is not in this repository's commits`] : []),
    ...(unjudged > 0 ? [`  not judged  ${count(unjudged, 'pair')} that do not fit the files of that commit`] : []),
  ];
}

export function sayAuthor(author: string, email: string, introduced: number, resolved: number, kept: number): string {
  return `  ${show(author)} <${show(email)}>: ${introduced} introduced, ${resolved} resolved, ${kept} kept`;
}

export const BY_WHOM = 'by author:';

export const NOTHING_JUDGED = 'could not check: none of the pairs that these commits touch could be compared';

export function notAReport(name: string): Fault {
  return new Fault(
    'usage',
    `${show(name)} is not an audit report.`,
    'create one: git dos-sync audit --shard 1/4 --json',
  );
}

export function shardsDiffer(): Fault {
  return new Fault(
    'usage',
    'These reports are not shards of the same audit: their range, manifest, walk or number of shards differs.',
    'run every shard at the same commit with the same options',
  );
}

export function shardsMissing(missing: readonly number[], of: number): Fault {
  const words = of === 0 ? 'Only reports of shards can be merged.' : `Each of the ${of} shards is needed exactly once.`;
  const which = missing.length > 0 ? ` Missing: ${missing.join(', ')}.` : '';
  return new Fault('usage', `${words}${which}`, 'name the report of each shard: git dos-sync audit --merge FILE…');
}

export function noSuchShard(words: string): Fault {
  return new Fault(
    'usage',
    `${show(words)} is not a valid shard.`,
    'write its number and the number of shards: --shard 2/4',
  );
}

export function noManifestAt(where: string): Fault {
  return new Fault(
    'usage',
    `There is no .dos-sync-manifest.json in ${show(where)}.`,
    'name the manifest to judge by: git dos-sync audit --manifest .dos-sync-manifest.json',
  );
}

/** For a range whose tip has no manifest. */
export function sayJudgedByHead(range: string): string {
  return `There is no .dos-sync-manifest.json in ${show(range)}, so the one in HEAD is used.`;
}

export function noReportFile(name: string): Fault {
  return new Fault('usage', `There is no file ${show(name)}.`, 'name the reports that audit --shard i/n --json wrote');
}
