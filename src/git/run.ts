// Runs git and hands back its bytes; the one place that starts a git process for reading.

// Not execa here: loading it takes a fifth of the time that Node itself needs to start, on every
// commit.
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { Fault } from '../messages/fault.js';
import { gitNotStarted, gitSaidNo, gitTooOld, tooManyFilesOpen } from '../messages/git.js';
import { locateGit, requireNameable, safePath } from './locate.js';
import { isAtLeast } from './version.js';

/** A git program, where it runs, and what it is told by the environment. */
export interface Git {
  /** Absolute path. */
  readonly program: string;
  /** The directory that git starts in: the top level, once that is known. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The oldest git whose `cat-file --batch-command` takes `-z`. */
const OLDEST_GIT = [2, 38] as const;

// An embedded bare repository among the content must not bring its configuration into force.
const FIXED_ARGUMENTS = ['-c', 'safe.bareRepository=explicit'];

/** The environment for our git: the inherited one (GIT_INDEX_FILE and the quarantine included),
 * made safe to read with. */
function gitEnvironment(inherited: NodeJS.ProcessEnv, path: readonly string[]): NodeJS.ProcessEnv {
  return {
    ...inherited,
    PATH: path.join(delimiter),
    // A replace ref changes what diff-index and <rev>:path see, not what is committed.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    // In a partial clone a missing blob would be fetched, which runs the remote's command.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    // What a pathspec means is said with each command; the user's own choice would contradict it.
    GIT_LITERAL_PATHSPECS: '0',
    GIT_GLOB_PATHSPECS: '0',
    GIT_NOGLOB_PATHSPECS: '0',
    GIT_ICASE_PATHSPECS: '0',
    LC_ALL: 'C',
  };
}

/** @throws Fault `git` if there is no git, `usage` for a directory whose name Node cannot hold. */
export function locate(cwd: string): Git {
  requireNameable(cwd);
  const path = safePath(process.env['PATH'], cwd);
  return { program: locateGit(path), cwd, env: gitEnvironment(process.env, path) };
}

/**
 * The same git for another repository: without GIT_DIR, GIT_INDEX_FILE and whatever else is meant
 * for this one. With GIT_INDEX_FILE inherited, a git in a submodule would write the superproject's
 * index.
 */
export async function locateElsewhere(git: Git, cwd: string): Promise<Git> {
  const local = (await readGit(git, ['rev-parse', '--local-env-vars'])).toString('utf8').split('\n');
  const kept = Object.entries(git.env).filter(
    ([name]) => !local.includes(name) && !/^GIT_CONFIG_(KEY|VALUE)_/.test(name),
  );
  const path = safePath(git.env['PATH'], cwd);
  return { program: git.program, cwd, env: gitEnvironment(Object.fromEntries(kept), path) };
}

const running = new Set<ChildProcessWithoutNullStreams>();
let stopped = false;

/** Starts git; the caller owns its streams. */
export function startGit(git: Git, args: readonly string[]): ChildProcessWithoutNullStreams {
  if (stopped) throw new Fault('git', 'git was stopped.');
  const child = spawn(git.program, [...FIXED_ARGUMENTS, ...args], { cwd: git.cwd, env: git.env, windowsHide: true });
  // Node makes no pipes where the system has no descriptor left.
  if (!child.stdin) throw withoutDescriptors(git, child);
  running.add(child);
  child.on('close', () => running.delete(child));
  return child;
}

function withoutDescriptors({ program }: Git, child: ChildProcess): Fault {
  child.on('error', () => undefined);
  return tooManyFilesOpen(program);
}

/** Ends every git that is still at work, and lets no other one start: nobody waits for the answer
 * any more. */
export function stopGit(): void {
  stopped = true;
  for (const child of running) child.kill('SIGKILL');
}

/** Runs git to its end. The exit code is data; a git that cannot be started, or that was killed, is
 * a fault. */
export async function runGit(git: Git, args: readonly string[], input?: Uint8Array): Promise<GitResult> {
  const out: Buffer[] = [];
  const { code, stderr } = await streamGit(git, args, (chunk) => out.push(chunk), input);
  return { code, stdout: Buffer.concat(out), stderr };
}

/** As {@link runGit}, for output that may be long: it is handed out as it comes. What `take` throws
 * ends git. */
export function streamGit(
  git: Git,
  args: readonly string[],
  take: (chunk: Buffer) => void,
  input?: Uint8Array,
): Promise<Pick<GitResult, 'code' | 'stderr'>> {
  return new Promise((resolve, reject) => {
    const child = startGit(git, args);
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        reject(error);
        child.kill();
      }
    });
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (cause) => reject(gitNotStarted(git.program, cause)));
    child.on('close', (status, signal) => {
      const code = status ?? 128;
      const stderr = signal === null ? Buffer.concat(err).toString('utf8') : `killed by ${signal}`;
      if (isKilled(code, signal)) reject(gitFailed(args, { code, stderr }));
      else resolve({ code, stderr });
    });
    // A git that ends before it has read all its input says why on stderr; the pipe's error adds
    // nothing.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? undefined : reject(error)));
    child.stdin.end(input);
  });
}

/** Runs git and returns its output. @throws Fault `git` with git's own words, unless the exit code
 * is one of `accept`. */
export async function readGit(
  git: Git,
  args: readonly string[],
  input?: Uint8Array,
  accept: readonly number[] = [0],
): Promise<Buffer> {
  const result = await runGit(git, args, input);
  if (!accept.includes(result.code)) throw gitFailed(args, result);
  return result.stdout;
}

/**
 * Runs git to its end on the main thread, as everything that writes does: what is written happens
 * in one order, with nothing in between. `output`: an open file that takes stdout in place of the
 * result; `largest`: bytes of stdout that are waited for.
 */
export function runGitSync(
  git: Git,
  args: readonly string[],
  { input, output, largest }: { input?: Uint8Array; output?: number; largest?: number } = {},
): GitResult {
  const { status, signal, stdout, stderr, error } = spawnSync(git.program, [...FIXED_ARGUMENTS, ...args], {
    cwd: git.cwd,
    env: git.env,
    windowsHide: true,
    maxBuffer: largest ?? Number.POSITIVE_INFINITY,
    ...(input === undefined ? {} : { input }),
    stdio: [input === undefined ? 'ignore' : 'pipe', output ?? 'pipe', 'pipe'],
  });
  // A git that ends before it has read all its input says why on stderr; the pipe's error adds
  // nothing.
  const words = error && (error as NodeJS.ErrnoException).code !== 'EPIPE' ? [error.message] : [];
  if (signal !== null) words.push(`killed by ${signal}`);
  const said = [stderr?.toString('utf8') ?? '', ...words].join('');
  return { code: words.length > 0 ? 128 : (status ?? 128), stdout: stdout ?? Buffer.alloc(0), stderr: said };
}

/** A shell in between makes 128 + n of a signal; git itself ends with no number in that range. */
function isKilled(code: number, signal: NodeJS.Signals | null): boolean {
  return signal !== null || (code > 129 && code < 255);
}

/** What to throw when git said no. */
export function gitFailed(args: readonly string[], result: Pick<GitResult, 'code' | 'stderr'>): Fault {
  const words = result.stderr.trim() || `exit code ${result.code}`;
  const verb = args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '-c');
  return gitSaidNo(verb ?? '', words);
}

/** @throws Fault `git` if this git is older than dos-sync can work with. */
export async function requireGitVersion(git: Git): Promise<void> {
  const words = await readGitVersion(git);
  if (isAtLeast(words, OLDEST_GIT)) return;
  throw gitTooOld(words, git.program, OLDEST_GIT.join('.'));
}

/** `git version <number>`. */
export async function readGitVersion(git: Git): Promise<string> {
  return (await readGit(git, ['--version'])).toString('utf8').trim();
}
