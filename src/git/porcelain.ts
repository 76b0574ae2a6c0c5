// git for commands outside hooks: the hooks directory, the configuration, tracked files.

import { realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { errorCode } from '../disk/error-code.js';
import { gitSaidNo } from '../messages/git.js';
import { bareRepository, otherRepository, outsideWorkTree, unreadableName } from '../messages/install.js';
import { findProgram, safePath } from './locate.js';
import { forgetConfiguration } from './repository.js';
import { type Git, type GitResult, locate, readGitVersion, runGit } from './run.js';
import { isAtLeast } from './version.js';

/** A checkout, as commands outside hooks see it. All paths are absolute. */
export interface Checkout {
  readonly git: Git;
  readonly top: string;
  readonly gitDir: string;
  /** The git directory that all worktrees share. */
  readonly commonDir: string;
}

/** A configured value and its scope: local, worktree, global, system or command. */
export interface Configured {
  readonly value: string;
  readonly scope: string;
}

// simple-git accepts other program names only with its unsafe options.
const PLAIN_PROGRAM = /^[\w/.~-]+$/;

/**
 * The user's GIT_* settings, which simple-git would drop; not those that change the meaning of
 * pathspecs.
 */
function inheritedSettings(): string[] {
  return Object.keys(process.env).filter((name) => name.startsWith('GIT_') && !name.endsWith('_PATHSPECS'));
}

/**
 * git's answer, whatever the exit code: simple-git takes a failure without output for a success.
 */
async function ask(git: Git, args: readonly string[]): Promise<GitResult> {
  if (!PLAIN_PROGRAM.test(git.program)) return runGit(git, args);
  let answer: GitResult | undefined;
  const errors = (_: unknown, said: { exitCode: number; stdOut: Buffer[]; stdErr: Buffer[] }): undefined => {
    const stderr = Buffer.concat(said.stdErr).toString('utf8');
    answer = { code: said.exitCode, stdout: Buffer.concat(said.stdOut), stderr };
  };
  const options = { baseDir: git.cwd, binary: git.program, allowEnvironment: inheritedSettings(), errors };
  // Loaded lazily: commands that do not need it start faster.
  const { simpleGit } = await import('simple-git');
  await simpleGit(options).raw([...args]);
  if (answer === undefined) throw gitSaidNo(args[0] ?? '', 'no answer');
  return answer;
}

/** The answer without its line end. @throws Fault `git` unless the exit code is one of `accept`. */
async function readAnswer(git: Git, args: readonly string[], accept: readonly number[] = [0]): Promise<string> {
  const answer = await ask(git, args);
  if (!accept.includes(answer.code)) throw gitSaidNo(args[0] ?? '', wordsOf(answer));
  return answer.stdout.toString('utf8').replace(/\n$/, '');
}

function wordsOf(answer: GitResult): string {
  return answer.stderr.trim() || `exit code ${answer.code}`;
}

async function readDirectory(git: Git, question: readonly string[], what: string): Promise<string> {
  const answer = await readAnswer(git, ['rev-parse', ...question]);
  if (answer.includes('\ufffd')) throw unreadableName(what);
  return resolve(git.cwd, answer);
}

/**
 * The checkout around `cwd`.
 * @throws Fault `usage` outside a work tree; `git` if git is absent or refuses the repository's
 * owner.
 */
export async function openCheckout(cwd: string): Promise<Checkout> {
  const here = locate(cwd);
  const place = await ask(here, ['rev-parse', '--is-bare-repository']);
  if (place.code !== 0) throw outsideWorkTree(cwd, wordsOf(place));
  if (place.stdout.toString('utf8') === 'true\n') throw bareRepository(cwd);
  const found = await ask(here, ['rev-parse', '--show-toplevel']);
  if (found.code !== 0) throw outsideWorkTree(cwd, wordsOf(found));
  const top = await readDirectory(here, ['--show-toplevel'], 'the top level');
  const git = { ...here, cwd: top };
  const gitDir = await readDirectory(git, ['--absolute-git-dir'], 'the git directory');
  if (gitDir !== (await readDirectory(here, ['--absolute-git-dir'], 'the git directory'))) throw otherRepository(cwd);
  const commonDir = await readDirectory(git, ['--git-common-dir'], 'the git directory');
  return { git, top, gitDir, commonDir };
}

/** The directory that git starts hooks from, absolute; it need not exist. @throws Fault `git`. */
export function readHooksDirectory(checkout: Checkout): Promise<string> {
  return readDirectory(checkout.git, ['--git-path', 'hooks'], 'the hooks directory');
}

/** The effective value and its scope; undefined if it is not set. @throws Fault `git`. */
export async function readConfigured(checkout: Checkout, key: string): Promise<Configured | undefined> {
  const answer = await readAnswer(checkout.git, ['config', '--show-scope', '--get', key], [0, 1]);
  const tab = answer.indexOf('\t');
  return tab < 0 ? undefined : { scope: answer.slice(0, tab), value: answer.slice(tab + 1) };
}

/** One line of the configuration. */
export interface ConfigEntry {
  readonly scope: string;
  /** The section and the name in lower case, the subsection as written. */
  readonly key: string;
  readonly value: string;
}

/** Every entry with a matching key, lowest precedence first. @throws Fault `git`. */
export async function readConfigEntries(checkout: Checkout, pattern: string): Promise<readonly ConfigEntry[]> {
  const answer = await ask(checkout.git, ['config', '--show-scope', '-z', '--get-regexp', pattern]);
  if (answer.code > 1) throw gitSaidNo('config', wordsOf(answer));
  // <scope> NUL <key> LF <value> NUL, repeated.
  const fields = answer.stdout.toString('utf8').split('\0');
  const entries: ConfigEntry[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [key = '', ...value] = (fields[at + 1] ?? '').split('\n');
    entries.push({ scope: fields[at] ?? '', key, value: value.join('\n') });
  }
  return entries;
}

/** True if this git has that version or a newer one. */
export async function isGitAtLeast({ git }: Checkout, least: readonly [number, number]): Promise<boolean> {
  return isAtLeast(await readGitVersion(git), least);
}

/**
 * Removes a section from the repository's configuration. @throws Fault `git`, also if it does not
 * exist.
 */
export function removeLocalSection(checkout: Checkout, section: string): Promise<void> {
  return changeConfig(checkout, ['--remove-section', section]);
}

/**
 * The value in the repository's configuration; undefined if it is not set there. @throws Fault
 * `git`.
 */
export async function readLocalConfig(checkout: Checkout, key: string): Promise<string | undefined> {
  const answer = await ask(checkout.git, ['config', '--local', '--get', key]);
  if (answer.code === 1) return undefined;
  if (answer.code !== 0) throw gitSaidNo('config', wordsOf(answer));
  return answer.stdout.toString('utf8').replace(/\n$/, '');
}

// simple-git writes alias.* and core.hooksPath only with its unsafe options.
async function changeConfig(checkout: Checkout, args: readonly string[]): Promise<void> {
  forgetConfiguration();
  const answer = await runGit(checkout.git, ['config', '--local', ...args]);
  if (answer.code !== 0) throw gitSaidNo('config', wordsOf(answer));
}

/** Sets one value in the repository's configuration. @throws Fault `git`. */
export function writeLocalConfig(checkout: Checkout, key: string, value: string): Promise<void> {
  return changeConfig(checkout, ['--replace-all', key, value]);
}

/**
 * Removes a key from the repository's configuration. @throws Fault `git`, also if it is not set
 * there.
 */
export function unsetLocalConfig(checkout: Checkout, key: string): Promise<void> {
  return changeConfig(checkout, ['--unset-all', key]);
}

/**
 * True if the file at this absolute path is in the index, under its name, its link target, or
 * another case on a case-insensitive disk. @throws Fault `git`.
 */
export async function isTracked(checkout: Checkout, path: string): Promise<boolean> {
  const spellings = new Set([path, realPath(path)].map((each) => relative(checkout.top, each)));
  for (const name of spellings) {
    if (name === '' || name === '..' || name.startsWith(`..${sep}`)) continue;
    const pathspec = `:(top,literal,icase)${name.split(sep).join('/')}`;
    const answer = await ask(checkout.git, ['ls-files', '--error-unmatch', '--', pathspec]);
    if (answer.code === 0) return true;
    if (answer.code !== 1) throw gitSaidNo('ls-files', wordsOf(answer));
  }
  return false;
}

/** Resolves links; for a file that does not exist, those of its directory. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return resolve(realPath(dirname(path)), path.slice(dirname(path).length).replace(/^[/\\]/, ''));
  }
}

// Directories that package managers put on PATH only while a script runs: node_modules/.bin, yarn's
// xfs-….
const PASSING = /(?:[\\/]node_modules[\\/]\.bin|[\\/]xfs-[0-9a-f]+)[\\/]?$/;

/** True if a program of that name is on PATH outside the work tree, also after this command. */
export function isOnPath(checkout: Checkout, name: string): boolean {
  const lasting = safePath(process.env['PATH'], checkout.top).filter((entry) => !PASSING.test(entry));
  return findProgram(name, lasting) !== undefined;
}
