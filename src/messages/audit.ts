// Messages of the audit.

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
  const paths = sides.map((side) => (side === null ? '(name taken by alias)' : show(side))).join(' -> ');
  const word = `${status}${reason === undefined ? '' : ` (${reason})`}`;
  const verdict = { introduced: `  ${word}`, resolved: `  was ${word}`, kept: '' }[kind];
  return `  ${kind.padEnd('introduced'.length)}  ${paths}${verdict}`;
}

export function sayUnjudged(why: string): string {
  return `  not judged  ${show(why)}`;
}

export const CUT_HERE = '  not judged  this clone is shallow and ends here; what the commit changed is not known';

interface AuditCounts {
  readonly commits: number;
  readonly commits_touching: number;
  readonly commits_introducing: number;
  readonly introduced: number;
  readonly born: number;
  readonly resolved: number;
  readonly kept: number;
  readonly unchecked: number;
  readonly unjudged: number;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function sayAudited(totals: AuditCounts): string[] {
  const { commits, commits_touching, commits_introducing, introduced, born, resolved, kept, unchecked, unjudged } =
    totals;
  if (commits_touching === 0) return [`${count(commits, 'commit')}: not one of them touches a pair`];
  return [
    `${count(commits, 'commit')}, ${commits_touching} of them ${commits_touching === 1 ? 'touches' : 'touch'} pairs`,
    `  introduced  ${count(introduced, 'pair')} out of sync, by ${count(commits_introducing, 'commit')}`,
    ...(born > 0 ? [`  born        ${count(born, 'file')} whose other side did not exist yet`] : []),
    `  resolved    ${count(resolved, 'pair')}`,
    `  kept        ${count(kept, 'time')} both sides of a pair in step`,
    ...(unchecked > 0 ? [`  unchecked   ${count(unchecked, 'time')} a side outside this repository's commits`] : []),
    ...(unjudged > 0 ? [`  not judged  ${count(unjudged, 'pair')} that the manifest cannot mean at that commit`] : []),
  ];
}

export function sayAuthor(author: string, email: string, introduced: number, resolved: number, kept: number): string {
  return `  ${show(author)} <${show(email)}>: ${introduced} introduced, ${resolved} resolved, ${kept} kept`;
}

export const BY_WHOM = 'by whom:';

export const NOTHING_JUDGED = 'could not check: of the pairs that these commits touch, not one could be compared';

export function notAReport(name: string): Fault {
  return new Fault(
    'usage',
    `${show(name)} is no report of an audit.`,
    'make one: git dos-sync audit --shard 1/4 --json',
  );
}

export function shardsDiffer(): Fault {
  return new Fault(
    'usage',
    'These reports are not shards of one audit: range, manifest, walk or number of shards differ.',
    'run every shard at the same commit with the same options',
  );
}

export function shardsMissing(missing: readonly number[], of: number): Fault {
  const words = of === 0 ? 'A report that is no shard cannot be merged.' : `Of ${of} shards, each is needed once.`;
  const which = missing.length > 0 ? ` Missing: ${missing.join(', ')}.` : '';
  return new Fault('usage', `${words}${which}`, 'name the report of each shard: git dos-sync audit --merge FILE…');
}

export function noSuchShard(words: string): Fault {
  return new Fault('usage', `${show(words)} is no shard.`, 'write which of how many, from 1: --shard 2/4');
}

export function noManifestAt(where: string): Fault {
  return new Fault(
    'usage',
    `There is no .dos-sync-manifest.json in ${show(where)}.`,
    'say which one rules: git dos-sync audit --manifest .dos-sync-manifest.json',
  );
}

export function noManifestFile(name: string): Fault {
  return new Fault('usage', `There is no file ${show(name)}.`, 'name the manifest that is to rule the history');
}

export function noReportFile(name: string): Fault {
  return new Fault('usage', `There is no file ${show(name)}.`, 'name the reports that audit --shard i/n --json wrote');
}
