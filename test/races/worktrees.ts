// Two linked worktrees of one repository fix, check, undo and commit at the same time. Each has its
// own index, lock and backups, so each step has to end as it does alone.

import { readdirSync } from 'node:fs';
import { pairedRepo, type Repo } from '../support/repo.js';
import { CHECKED, countFixes, findProblems, NOTHING_COUNTED, type Round, repeat, start } from './round.js';

const TIMES = 1;
const TREES = ['one', 'two'] as const;
type Tree = (typeof TREES)[number];

/** Its name is in the contents, so that nothing can pass for the other's. */
function bodyOf(tree: Tree): string {
  return `
  printf "${tree} live $1\\n" > live/skill.md; printf "${tree} new $1\\n" > "live/new-$1.md"
  printf "${tree} release $1\\n" > release/skill.md; git add -A
  noted before
  ends 0 $dos fix --staged --from a live
  ends 0 $dos check --staged
  ends 0 $dos undo
  noted after; same before after
  ends 0 $dos fix --staged --from a live
  ends 0 git commit -q -m "${tree} $1"`;
}

export async function raceWorktrees(): Promise<Round> {
  const repo = pairedRepo();
  try {
    for (const tree of TREES) repo.git('worktree', 'add', '-q', '-b', tree, `.git/trees/${tree}`);
    const outputs = await Promise.all(
      TREES.map((tree) => start(repo, `${CHECKED}${repeat(TIMES, bodyOf(tree))}`, repo.path(`.git/trees/${tree}`))),
    );
    const problems = [...findProblems(repo, outputs), ...TREES.flatMap((tree) => judge(repo, tree))];
    const commits = repo.git('rev-list', '--count', 'one', 'two', '^main').trim();
    return { ...NOTHING_COUNTED, commits: Number(commits), fixes: countFixes(repo), problems };
  } finally {
    repo.remove();
  }
}

/** What is wrong at the end of a worktree: its commit, its contents, its backups. */
function judge(repo: Repo, tree: Tree): readonly string[] {
  const problems: string[] = [];
  const trees = repo.git('rev-parse', `${tree}:live`, `${tree}:release`).split('\n');
  if (trees[0] !== trees[1]) problems.push(`${tree}: the commit is out of sync`);
  const content = repo.show(`${tree}:release/skill.md`);
  if (content !== `${tree} live ${TIMES - 1}\n`) problems.push(`${tree}: release/skill.md holds ${content}`);
  const stores = readdirSync(repo.path('.git/dos-sync/fixes')).filter((name) => name.startsWith(`${tree}-`));
  const fixes = stores.map((store) => countFixes(repo, store));
  if (fixes.length !== 1 || fixes[0] !== 2 * TIMES) problems.push(`${tree}: fixes by store: ${fixes}`);
  return problems;
}
