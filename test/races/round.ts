// One round of a race: what it counts, how its processes are started, and what none may leave.

import { spawn } from 'node:child_process';
import { globSync } from 'tinyglobby';
import { CLI, type Repo } from '../support/repo.js';

export interface Round {
  readonly commits: number;
  /** Commits that the hook blocked. */
  readonly blocked: number;
  readonly fixes: number;
  /** Pairs out of sync in a commit that its hook passed and that the push does not report. */
  readonly mismatches: number;
  /**
   * A plain commit lets another process stage between its hook and its tree; the push then reports
   * it.
   */
  readonly caughtAtPush: number;
  /** Fixes that ended with 0, without another writer, although the pair was out of sync. */
  readonly falseFixes: number;
  readonly problems: readonly string[];
}

/** What most rounds do not count. */
export const NOTHING_COUNTED = { commits: 0, blocked: 0, fixes: 0, mismatches: 0, caughtAtPush: 0, falseFixes: 0 };

/** The sums of all counts, and all problems. */
export function addRounds(rounds: readonly Round[]): Round {
  const problems = rounds.flatMap((round) => round.problems);
  const sum = (key: keyof typeof NOTHING_COUNTED) => rounds.reduce((total, round) => total + round[key], 0);
  return {
    commits: sum('commits'),
    blocked: sum('blocked'),
    fixes: sum('fixes'),
    mismatches: sum('mismatches'),
    caughtAtPush: sum('caughtAtPush'),
    falseFixes: sum('falseFixes'),
    problems,
  };
}

const END = 'came to its end';

/**
 * Starts a shell script in a directory of the repository; `$dos` is the command. @returns all that
 * it prints.
 */
export function start(repo: Repo, script: string, cwd = repo.top): Promise<string> {
  const dos = `'${process.execPath}' '${CLI}'`;
  return new Promise((resolve) => {
    const child = spawn('setsid', ['--wait', 'sh', '-c', `${script.replaceAll('$dos', dos)}\necho '${END}'`], {
      cwd,
      env: { ...process.env, ...repo.env },
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

/**
 * For scripts whose every step has one right end: `ends CODE COMMAND…`; `noted NAME` keeps the
 * index with all its contents and the working files, and `same NAME NAME` compares two of these.
 */
export const CHECKED = `
notes=$(git rev-parse --absolute-git-dir)
ends() {
  want=$1; shift
  said=$("$@" 2>&1); code=$?
  [ "$code" = "$want" ] || echo "PROBLEM: $* ended with $code: $said"
}
noted() {
  { git ls-files --stage -v; git ls-files -z | sed -z 's/^/:/' | tr '\\0' '\\n' | git cat-file --batch
    find . -name .git -prune -o -type f -printf '%p %m ' -exec cat {} +; } > "$notes/$1.note" 2>&1
}
same() {
  cmp -s "$notes/$1.note" "$notes/$2.note" || { echo "PROBLEM: $2 is not $1"; diff -a "$notes/$1.note" "$notes/$2.note"; }
}
`;

/** `body` as a function of its round, called that many times. */
export function repeat(times: number, body: string): string {
  const numbers = Array.from({ length: times }, (_, at) => at).join(' ');
  return `step() { ${body}\n}\nfor n in ${numbers}; do step "$n"; done`;
}

const FAULTY = /^PROBLEM: |this is a bug in dos-sync|^ +at .*:\d+\)?$/m;

/**
 * What no round may leave or print: a script cut off, a bug, a lock, a journal, a half-written
 * file, a damaged repository.
 */
export function findProblems(repo: Repo, outputs: readonly string[]): readonly string[] {
  const faulty = outputs.filter((output) => !output.includes(END) || FAULTY.test(output));
  const left = globSync(['**/.git/*.lock', '**/.dos-sync-2*', '.git/dos-sync/fixes/*/{lock*,journal.json}'], {
    cwd: repo.top,
    dot: true,
  });
  const fsck = repo.tryGit('fsck', '--no-dangling', '--no-progress');
  return [...faulty, ...left.map((path) => `${path} is left`), ...(fsck.code === 0 ? [] : [fsck.stderr])];
}

/** How many fixes went through, of the worktree with that store or of all; undo is not one. */
export function countFixes(repo: Repo, store = '*'): number {
  const records = globSync(`.git/dos-sync/fixes/${store}/backups/*/record.json`, { cwd: repo.top, dot: true });
  return records.filter((path) => (JSON.parse(repo.read(path)) as { command: string }).command !== 'undo').length;
}
