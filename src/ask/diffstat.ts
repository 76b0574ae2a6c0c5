// How much the two sides of a finding differ, for the question.

import { runGit } from '../git/run.js';
import type { Workplace } from '../git/workplace.js';
import { sayDiffstat } from '../messages/offer.js';
import type { Carrying } from '../resolve/carry-text.js';
import type { Finding } from '../resolve/findings.js';
import { storeMeant } from './meant.js';

/** For more findings, nobody reads the numbers, and each takes a git process. */
const MOST = 20;

/** One line for a finding of two files that git can compare line by line; else none. */
export function readDiffstats(
  place: Workplace,
  findings: readonly Finding[],
  carrying: Carrying,
): Promise<readonly string[][]> {
  return Promise.all(findings.map((each) => (findings.length > MOST ? [] : readDiffstat(place, each, carrying))));
}

async function readDiffstat(place: Workplace, { verdicts }: Finding, carrying: Carrying): Promise<string[]> {
  const [verdict, ...others] = verdicts;
  if (!verdict || others.length > 0) return [];
  const [copy, source] = [verdict[verdict.pair.rule.copy], storeMeant(place, carrying, verdict)];
  if (copy.kind !== 'file' || source.kind !== 'file' || copy.oid === source.oid) return [];
  const { code, stdout } = await runGit(place.repository.git, [
    'diff',
    '--no-ext-diff',
    '--no-textconv',
    '--numstat',
    copy.oid,
    source.oid,
  ]);
  const [, added, removed] = /^(\d+)\t(\d+)\t/.exec(stdout.toString()) ?? [];
  return code === 0 && added !== undefined && removed !== undefined ? [sayDiffstat(added, removed)] : [];
}
