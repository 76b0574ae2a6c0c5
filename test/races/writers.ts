// Several processes stage, commit, fix, undo and stash in one working tree at the same time.

import { pairedRepo, type Repo } from '../support/repo.js';
import { countFixes, findProblems, type Round, repeat, start } from './round.js';

const TIMES = 2;

/** What each process repeats. `$1` is the round of its loop. */
export const WRITERS: readonly string[] = [
  'printf "live $1\\n" > live/skill.md; again git add live/skill.md; git commit -q -m "live $1" || { $dos fix --staged; git commit -q -m "live $1"; }',
  'printf "both $1\\n" | tee live/both.md > release/both.md; again git add live/both.md release/both.md; git commit -q -m "both $1"',
  '$dos fix --staged || $dos fix --staged --from a live/skill.md; git commit -q -m "fixed $1"',
  'printf "all $1\\n" > live/all.md; again git add -N live/all.md; git commit -q -a -m "all $1" || $dos fix',
  '$dos undo; printf "part $1\\n" | tee live/part.md > release/part.md; again git add -N live/part.md release/part.md; git commit -q -m "part $1" -- live/part.md release/part.md',
  'printf "later $1\\n" > live/later.md; again git add live/later.md; again git stash push -q; git stash pop -q || git reset -q --hard; $dos fix --staged; git commit -q --amend --no-edit',
];

/** As a user who is told of `index.lock` types the same again. */
const AGAIN = 'again() { for try in 1 2 3 4 5; do "$@" && return; sleep 0.1; done; }';

/** In every second round the hook stages the fix itself. */
export async function raceWriters(round: number): Promise<Round> {
  const repo = pairedRepo();
  try {
    repo.git('config', 'dosSync.fix', round % 2 === 0 ? 'never' : 'always');
    const base = repo.git('rev-parse', 'HEAD').trim();
    const outputs = await Promise.all(WRITERS.map((body) => start(repo, `${AGAIN}\n${repeat(TIMES, body)}`)));
    return judge(repo, base, outputs);
  } finally {
    repo.remove();
  }
}

function judge(repo: Repo, base: string, outputs: readonly string[]): Round {
  const commits = repo.git('rev-list', 'HEAD', `^${base}`).split('\n').filter(Boolean);
  const differing = readDiffering(repo, commits);
  const [tip = base] = commits;
  const problems = findProblems(repo, outputs);
  return {
    commits: commits.length,
    blocked: outputs.join('').split('would leave').length - 1,
    fixes: countFixes(repo),
    mismatches: differing.has(tip) && isPushed(repo) ? 1 : 0,
    caughtAtPush: differing.size,
    falseFixes: isFalseFix(repo) ? 1 : 0,
    problems,
  };
}

/** The commits whose sides differ. */
function readDiffering(repo: Repo, commits: readonly string[]): ReadonlySet<string> {
  const input = commits.map((commit) => `${commit}:live\n${commit}:release\n`).join('');
  const trees = repo.run('git', ['cat-file', '--batch-check=%(objectname)'], { input }).stdout.split('\n');
  return new Set(commits.filter((_, at) => trees[2 * at] !== trees[2 * at + 1]));
}

/** True if the push of the branch goes through. */
function isPushed(repo: Repo): boolean {
  repo.git('init', '-q', '--bare', '.git/server.git');
  return repo.tryGit('push', '-q', './.git/server.git', 'HEAD:main').code === 0;
}

/** Without another process, 0 must mean that the pairs are in sync in the index. */
function isFalseFix(repo: Repo): boolean {
  return !isInSync(repo) && repo.dosSync('fix', '--staged').code === 0 && !isInSync(repo);
}

function isInSync(repo: Repo): boolean {
  const tree = repo.tryGit('write-tree');
  return tree.code === 0 && readDiffering(repo, [tree.stdout.trim()]).size === 0;
}
