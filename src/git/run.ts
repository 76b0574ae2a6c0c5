// Runs git and returns its bytes; the only place that starts a git process for reading.

// Not execa: loading it takes a fifth of Node's start time, on every commit.
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { errorCode } from '../disk/error-code.js';
import { Fault } from '../messages/fault.js';
import { gitNotStarted, gitSaidNo, gitTooOld, tooManyFilesOpen } from '../messages/git.js';
import { locateGit, requireNameable, safePath } from './locate.js';
import { isAtLeast } from './version.js';

/** A git program, its directory and its environment. */
export interface Git {
  /** Absolute path. */
  readonly program: string;
  /** git's start directory: the top level, once that is known. */
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

// A bare repository inside the content must not apply its configuration.
const FIXED_ARGUMENTS = ['-c', 'safe.bareRepository=explicit'];

// In a partial clone git would fetch a missing blob, and run the remote's command for it. Older
// gits know only the second.
const NOTHING_FETCHED = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: 'none' };

/**
 * The environment for git: the inherited one (with GIT_INDEX_FILE and the quarantine), made safe
 * for reading.
 */
function gitEnvironment(inherited: NodeJS.ProcessEnv, path: readonly string[]): NodeJS.ProcessEnv {
  return {
    ...inherited,
    PATH: path.join(delimiter),
    // Replace refs change what diff-index and <rev>:path see, but not what is committed.
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    // safeguard nothing-fetched (T11): a missing blob is not fetched (e2e/attacks: T11)
    ...NOTHING_FETCHED,
    // Each command states how its pathspecs are read; the user's setting would conflict.
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
 * The same git for another repository: without GIT_DIR, GIT_INDEX_FILE and other variables of this
 * one. With GIT_INDEX_FILE, a git in a submodule would write the superproject's index.
 */
export async function locateElsewhere(git: Git, cwd: string): Promise<Git> {
  const local = (await readGit(git, ['rev-parse', '--local-env-vars'])).toString('utf8').split('\n');
  const env = { ...git.env };
  for (const name of Object.keys(env)) {
    // safeguard own-variables (R10): a submodule's git has its own index (e2e/submodules: in a)
    if (local.includes(name) || /^GIT_CONFIG_(KEY|VALUE)_/.test(name)) delete env[name];
  }
  return { program: git.program, cwd, env: gitEnvironment(env, safePath(env['PATH'], cwd)) };
}

const running = new Set<ChildProcessWithoutNullStreams>();
let stopped = false;
let killed = false;

/** Starts git; the caller owns its streams. */
export function startGit(git: Git, args: readonly string[]): ChildProcessWithoutNullStreams {
  if (stopped) throw new Fault('git', 'git was stopped.');
  const child = spawn(git.program, [...FIXED_ARGUMENTS, ...args], { cwd: git.cwd, env: git.env, windowsHide: true });
  // Node has no pipes if the system is out of file descriptors.
  if (!child.stdin) throw withoutDescriptors(git, child);
  running.add(child);
  child.on('close', (code, signal) => {
    running.delete(child);
    if (isKilled(code ?? 0, signal) && !child.killed) killed = true;
  });
  return child;
}

/** True if somebody else has killed a git of this process: run again, it can succeed. */
export function gitWasKilled(): boolean {
  return killed;
}

function withoutDescriptors({ program }: Git, child: ChildProcess): Fault {
  child.on('error', () => undefined);
  return tooManyFilesOpen(program);
}

/** Ends every running git, and prevents new ones: the result is not needed any more. */
export function stopGit(): void {
  stopped = true;
  for (const child of running) child.kill('SIGKILL');
}

/** Runs git to its end. The exit code is data; a git that cannot start or was killed is a Fault. */
export async function runGit(git: Git, args: readonly string[], input?: Uint8Array): Promise<GitResult> {
  const out: Buffer[] = [];
  const { code, stderr } = await streamGit(git, args, (chunk) => out.push(chunk), input);
  return { code, stdout: Buffer.concat(out), stderr };
}

/** As {@link runGit}, but streams a long output to `take`. If `take` throws, git is ended. */
function streamGit(
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
    // If git ends before it has read all its input, stderr says why; the pipe's error adds nothing.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? undefined : reject(error)));
    child.stdin.end(input);
  });
}

/**
 * Runs git and returns its output. @throws Fault `git` with git's message, unless the exit code is
 * in `accept`.
 */
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
 * Runs git synchronously, so that the steps of a write stay in order. `input`: bytes or an open
 * file; `output`: an open file for stdout; `largest`: the largest stdout in bytes.
 */
export function runGitSync(
  git: Git,
  args: readonly string[],
  { input, output, largest }: { input?: Uint8Array | number; output?: number; largest?: number } = {},
): GitResult {
  const { status, signal, stdout, stderr, error } = spawnSync(git.program, [...FIXED_ARGUMENTS, ...args], {
    cwd: git.cwd,
    env: git.env,
    windowsHide: true,
    maxBuffer: largest ?? Number.POSITIVE_INFINITY,
    ...(typeof input === 'object' ? { input } : {}),
    stdio: [typeof input === 'object' ? 'pipe' : (input ?? 'ignore'), output ?? 'pipe', 'pipe'],
  });
  // If git ends before it has read all its input, stderr says why; the pipe's error adds nothing.
  const words = error && errorCode(error) !== 'EPIPE' ? [error.message] : [];
  if (signal !== null) words.push(`killed by ${signal}`);
  const said = [stderr?.toString('utf8') ?? '', ...words].join('');
  return { code: words.length > 0 ? 128 : (status ?? 128), stdout: stdout ?? Buffer.alloc(0), stderr: said };
}

/** A shell turns signal n into exit code 128 + n; git's own exit codes are never in that range. */
function isKilled(code: number, signal: NodeJS.Signals | null): boolean {
  return signal !== null || (code > 129 && code < 255);
}

/** The Fault for a git that failed. */
export function gitFailed(args: readonly string[], result: Pick<GitResult, 'code' | 'stderr'>): Fault {
  const words = result.stderr.trim() || `exit code ${result.code}`;
  const verb = args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '-c');
  return gitSaidNo(verb ?? '', words);
}

/** @throws Fault `git` if this git is too old for dos-sync. */
export async function requireGitVersion(git: Git): Promise<void> {
  const words = await readGitVersion(git);
  if (isAtLeast(words, OLDEST_GIT)) return;
  // safeguard old-git (R20): a git that is too old is refused (e2e/bad-input: a git that is too)
  throw gitTooOld(words, git.program, OLDEST_GIT.join('.'));
}

/** `git version <number>`. */
export async function readGitVersion(git: Git): Promise<string> {
  return (await readGit(git, ['--version'])).toString('utf8').trim();
}
