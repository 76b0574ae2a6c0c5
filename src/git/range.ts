// Parses a range of commits: one tip, and the excluded commits.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noCommitYet, notARange, severalTips, unknownRevision } from '../messages/git.js';
import { notACommit } from '../messages/trees.js';
import { type Oid, parseOid } from './oid.js';
import type { Repository } from './repository.js';
import { runGit } from './run.js';

export interface RevisionRange {
  readonly tip: Oid;
  readonly excluded: readonly Oid[];
}

/**
 * `HEAD`, `v1..main`, `main~5..`: any revision with one tip. @throws Fault `usage` for anything
 * else.
 */
export async function readRevisions({ git }: Pick<Repository, 'git'>, words: string): Promise<RevisionRange> {
  // git would read a leading dash as an option.
  if (words.startsWith('-')) throw notARange(words);
  const answer = await runGit(git, ['rev-parse', '--revs-only', words, '--']);
  const lines = answer.stdout.toString('latin1').split('\n');
  const named = (sign: boolean) => lines.filter((line) => line !== '' && line.startsWith('^') === sign);
  const [tip, ...others] = named(false);
  if (tip === undefined && words === 'HEAD') throw noCommitYet();
  if (answer.code !== 0 || tip === undefined) throw unknownRevision(words);
  if (others.length > 0) throw severalTips(words);
  const excluded = named(true).map((line) => line.slice(1));
  const [first, ...rest] = await Promise.all([tip, ...excluded].map((name) => readCommitId({ git }, name, words)));
  return { tip: first as Oid, excluded: rest };
}

/** A tag is peeled to its commit. */
async function readCommitId({ git }: Pick<Repository, 'git'>, name: string, words: string): Promise<Oid> {
  const answer = await runGit(git, ['rev-parse', '-q', '--verify', `${name}^{commit}`]);
  if (answer.code === 0) return parseOid(answer.stdout.toString('latin1').trim());
  throw notACommit(words);
}

/** The commits at which a shallow clone was cut: git shows each as if it had added every file. */
export function readShallow({ commonDir }: Repository): ReadonlySet<string> {
  const file = join(commonDir, 'shallow');
  return new Set(existsSync(file) ? readFileSync(file, 'latin1').split('\n') : []);
}
