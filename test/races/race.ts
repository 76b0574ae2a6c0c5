// Four processes stage, commit and fix in one repository at the same time; then every commit is
// checked.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CLI, pairedRepo, type Repo } from '../support/repo.js';

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

const TIMES = 3;

/** What each process repeats. `$1` is the round of its loop. */
const PROCESSES: readonly string[] = [
  'printf "live $1\\n" > live/skill.md; git add live/skill.md; git commit -q -m "live $1" || { $dos fix --staged; git commit -q -m "live $1"; }',
  'printf "both $1\\n" | tee live/both.md > release/both.md; git add live/both.md release/both.md; git commit -q -m "both $1"',
  '$dos fix --staged; git commit -q -m "fixed $1"',
  'printf "all $1\\n" > live/all.md; git add -N live/all.md; git commit -q -a -m "all $1" || $dos fix',
];

function start(repo: Repo, body: string): Promise<string> {
  const dos = `'${process.execPath}' '${CLI}'`;
  // A blocked process continues; successful steps are counted by name.
  const script = `step() { ${body.replaceAll('$dos', dos)}; }\nfor n in ${Array.from({ length: TIMES }, (_, at) => at).join(' ')}; do step "$n"; echo "end $?"; done`;
  return new Promise((resolve) => {
    const child = spawn('setsid', ['--wait', 'sh', '-c', script], {
      cwd: repo.top,
      env: { ...process.env, ...repo.env },
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

/** One round, in a new repository. In every second one the hook stages the fix itself. */
export async function race(round: number): Promise<Round> {
  const repo = pairedRepo();
  try {
    repo.git('config', 'dosSync.fix', round % 2 === 0 ? 'never' : 'always');
    repo.git('init', '-q', '--bare', '../remote.git');
    const base = repo.git('rev-parse', 'HEAD').trim();
    const outputs = await Promise.all(PROCESSES.map((body) => start(repo, body)));
    return judge(repo, base, outputs);
  } finally {
    repo.run('rm', ['-rf', '../remote.git']);
    repo.remove();
  }
}

function judge(repo: Repo, base: string, outputs: readonly string[]): Round {
  const commits = repo.git('rev-list', `${base}..HEAD`).split('\n').filter(Boolean);
  const differing = commits.filter(
    (commit) => repo.git('rev-parse', `${commit}:live`) !== repo.git('rev-parse', `${commit}:release`),
  );
  const tip = repo.git('rev-parse', 'HEAD').trim();
  const pushed = repo.tryGit('push', '-q', '../remote.git', 'HEAD:main');
  const silent = differing.includes(tip) && pushed.code === 0;
  const problems: string[] = [];
  for (const output of outputs) {
    if (/this is a bug in dos-sync/.test(output)) problems.push(output);
  }
  if (existsSync(repo.path('.git/dos-sync/fixes/main/journal.json'))) problems.push('a journal is left');
  if (existsSync(repo.path('.git/dos-sync/fixes/main/lock'))) problems.push('a lock is left');
  const fsck = repo.tryGit('fsck', '--no-dangling', '--no-progress');
  if (fsck.code !== 0) problems.push(fsck.stderr);
  const ends = outputs.flatMap((output) => output.match(/^end \d+$/gm) ?? []);
  return {
    commits: commits.length,
    blocked: outputs.join('').split('would leave').length - 1,
    fixes: repo
      .dosSync('undo', '--list')
      .stdout.split('\n')
      .filter((line) => /fix|git commit/.test(line)).length,
    mismatches: silent ? 1 : 0,
    caughtAtPush: differing.length,
    falseFixes: falseFix(repo) ? 1 : 0,
    problems: ends.length === TIMES * PROCESSES.length ? problems : [...problems, 'a process did not come to its end'],
  };
}

/** Without another process, 0 must mean that the pair is in sync. */
function falseFix(repo: Repo): boolean {
  const { code } = repo.dosSync('fix', '--staged');
  return code === 0 && repo.git('rev-parse', ':live/skill.md') !== repo.git('rev-parse', ':release/skill.md');
}
