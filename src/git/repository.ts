// Opens the repository around a directory: its paths, hash function and HEAD tree.

import { join, resolve } from 'node:path';
import { Fault } from '../messages/fault.js';
import { brokenHead, noSuchCommit, objectMissing } from '../messages/trees.js';
import { emptyTree, type ObjectFormat, type Oid, parseOid } from './oid.js';
import { type Git, type GitResult, gitFailed, locate, readGit, requireGitVersion, runGit, runGitSync } from './run.js';

/** A repository's objects and refs; the work tree is optional. */
export interface Store {
  readonly git: Git;
  /** Absolute. */
  readonly gitDir: string;
  readonly format: ObjectFormat;
}

export interface Repository extends Store {
  /** Runs at the top level. */
  readonly git: Git;
  /** The work tree's top level, absolute. */
  readonly top: string;
  /** This worktree's git directory, absolute. */
  readonly gitDir: string;
  /** The directory that all worktrees share, absolute. */
  readonly commonDir: string;
  readonly format: ObjectFormat;
  /** HEAD's tree; the empty tree before the first commit. */
  readonly headTree: Oid;
}

const QUESTIONS = ['--path-format=absolute', '--absolute-git-dir', '--git-common-dir', '--show-object-format'];

/**
 * The repository around `cwd`.
 * @throws Fault `usage` outside a work tree; `git` if git is absent, too old, refuses the owner, or
 * HEAD is broken.
 */
export async function openRepository(cwd: string): Promise<Repository> {
  const git = locate(cwd);
  const [repository] = await Promise.all([readRepository(git), requireGitVersion(git)]);
  return repository;
}

/**
 * The repository that this git finds from its directory. @throws Fault as {@link openRepository}.
 */
export async function readRepository(git: Git): Promise<Repository> {
  const { cwd } = git;
  const answer = await runGit(git, ['rev-parse', ...QUESTIONS, '--show-toplevel', 'HEAD^{tree}']);
  const [gitDir, commonDir, format, top, head] = answer.stdout.toString('utf8').split('\n');
  if (gitDir === undefined || commonDir === undefined || !top || (format !== 'sha1' && format !== 'sha256')) {
    throw notAWorkTree(cwd, answer);
  }
  const atTop = { ...git, cwd: top, env: environmentAtTop(git.env, top, gitDir) };
  const headTree = answer.code === 0 && head !== undefined ? parseOid(head) : await unbornTree(atTop, format);
  return { git: atTop, top, gitDir, commonDir, format, headTree };
}

/** The absolute path of the directory that git writes objects into. */
export function objectsOf({ git, commonDir }: Pick<Repository, 'git' | 'commonDir'>): string {
  return resolve(git.cwd, git.env['GIT_OBJECT_DIRECTORY'] ?? join(commonDir, 'objects'));
}

/**
 * The repository of a push hook, with or without a work tree: for a bare one git sets GIT_DIR.
 * @throws Fault `usage` outside a repository; `git` if git is absent, too old, or refuses the
 * owner.
 */
export async function openStore(cwd: string): Promise<Store> {
  const git = locate(cwd);
  const [answer] = await Promise.all([
    runGit(git, ['rev-parse', '--absolute-git-dir', '--show-object-format']),
    requireGitVersion(git),
  ]);
  const [gitDir, format] = answer.stdout.toString('utf8').split('\n');
  if (answer.code === 0 && gitDir && (format === 'sha1' || format === 'sha256')) return { git, gitDir, format };
  throw notAWorkTree(cwd, answer);
}

// Relative values of these variables refer to our start directory.
function environmentAtTop(env: NodeJS.ProcessEnv, top: string, gitDir: string): NodeJS.ProcessEnv {
  return {
    ...env,
    ...(env['GIT_DIR'] === undefined ? {} : { GIT_DIR: gitDir }),
    ...(env['GIT_WORK_TREE'] === undefined ? {} : { GIT_WORK_TREE: top }),
  };
}

function notAWorkTree(cwd: string, answer: GitResult): Fault {
  if (/not a git repository/.test(answer.stderr)) {
    return new Fault('usage', `${cwd} is not in a git repository.`, 'go to your repository, or make one: git init');
  }
  if (/must be run in a work tree|cannot use bare repository/.test(answer.stderr)) {
    return new Fault('usage', `${cwd} is a repository without a work tree.`, 'run dos-sync in a checkout of it');
  }
  // Each answer is one line, so a path with a line break would count as two.
  if (answer.stdout.length === 0) return gitFailed(['rev-parse'], answer);
  const words = `The path ${cwd} has a line break in it.`;
  return new Fault('usage', words, 'move the repository to a directory with another name');
}

/** HEAD has no tree: normal before the first commit, otherwise broken. */
async function unbornTree(git: Git, format: ObjectFormat): Promise<Oid> {
  const symbolic = await runGit(git, ['symbolic-ref', '-q', 'HEAD']);
  const branch = symbolic.stdout.toString('utf8').trim();
  if (symbolic.code !== 0 || branch === '') throw brokenHead('HEAD', symbolic.stderr);
  const refs = await runGit(git, ['for-each-ref', '--format=%(objectname)', branch]);
  const broken = refs.code !== 0 || refs.stdout.length > 0 || refs.stderr !== '';
  if (broken) throw brokenHead(branch, refs.stderr);
  return emptyTree(format);
}

let configurations = new WeakMap<Git, Promise<ReadonlyMap<string, string>>>();

/**
 * A configuration value (keys without a subsection); undefined if it is not set. git runs once for
 * all keys.
 */
export async function readConfig(git: Git, key: string): Promise<string | undefined> {
  const configuration = configurations.get(git) ?? readConfiguration(git);
  configurations.set(git, configuration);
  return (await configuration).get(key.toLowerCase());
}

/** Must be called after a change of the configuration. */
export function forgetConfiguration(): void {
  configurations = new WeakMap();
}

/** All values by key, in lower case as git prints it. The last of several values wins. */
async function readConfiguration(git: Git): Promise<ReadonlyMap<string, string>> {
  const records = (await readGit(git, ['config', '--list', '-z'])).toString('utf8').split('\0');
  return new Map(
    records.filter(Boolean).map((record) => {
      const end = record.indexOf('\n');
      return end < 0 ? [record, ''] : [record.slice(0, end), record.slice(end + 1)];
    }),
  );
}

/** An expiry date from git's configuration, in milliseconds, as git parses it; 0 for `never`. */
export function readExpiry(git: Git, key: string, otherwise: string): number {
  const args = ['config', '--type=expiry-date', `--default=${otherwise}`, '--get', key];
  const result = runGitSync(git, args);
  if (result.code !== 0) throw gitFailed(args, result);
  return Number(result.stdout.toString('latin1').trim()) * 1000;
}

/** The tree of a commit or tag. @throws Fault `usage` if there is no such revision. */
export async function readTreeId(git: Git, revision: string): Promise<Oid> {
  const answer = await runGit(git, ['rev-parse', '-q', '--verify', '--end-of-options', `${revision}^{tree}`]);
  if (answer.code === 0) return parseOid(answer.stdout.toString('utf8').trim());
  const lost = await findMissing(git, revision);
  throw lost === undefined ? noSuchCommit(revision) : objectMissing(lost, await isShallow(git));
}

/**
 * The missing object because of which a revision has no tree; undefined if the revision is not a
 * commit.
 */
async function findMissing(git: Git, revision: string): Promise<string | undefined> {
  const named = await runGit(git, ['rev-parse', '-q', '--verify', '--end-of-options', revision]);
  const oid = named.stdout.toString('latin1').trim();
  if (named.code !== 0 || oid === '') return undefined;
  const type = await runGit(git, ['cat-file', '-t', oid]);
  if (type.code !== 0) return oid;
  if (!/^(?:commit|tag)$/m.test(type.stdout.toString('latin1'))) return undefined;
  const [, behind] =
    /^(?:tree|object) ([0-9a-f]+)\n/.exec((await readGit(git, ['cat-file', '-p', oid])).toString('latin1')) ?? [];
  return behind === undefined ? undefined : findMissing(git, behind);
}

/** True in a shallow clone. */
export async function isShallow(git: Git): Promise<boolean> {
  return (await readGit(git, ['rev-parse', '--is-shallow-repository'])).toString('latin1').trim() === 'true';
}

/** The commit of that name; undefined if it does not exist, as before the first commit. */
export async function readCommitId(git: Git, revision: string): Promise<Oid | undefined> {
  const answer = await runGit(git, ['rev-parse', '-q', '--verify', '--end-of-options', `${revision}^{commit}`]);
  return answer.code === 0 ? parseOid(answer.stdout.toString('utf8').trim()) : undefined;
}
