// Finds a submodule's repository: its plain `.git` file must lead below the superproject's
// `modules/`.

import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { brokenSubmodule, foreignSubmodule, notADirectory, unnameableSubmodule } from '../messages/submodules.js';
import { isUtf8, type RepoPath, textOf } from './path.js';
import { type Repository, readConfig, readRepository } from './repository.js';
import { type Git, locateElsewhere, runGit } from './run.js';

/** Why a gitlink's content cannot be read. */
export type SubmoduleLack =
  /** Its directory holds no repository. */
  | 'not-initialised'
  /** Its repository is in the work tree, where old gits put it. */
  | 'embedded'
  /** A bare repository has no work tree to find it by. */
  | 'no-work-tree'
  /** The gitlink's commit is not in the store. */
  | 'no-commit';

export type FoundSubmodule =
  | { readonly kind: 'ready'; readonly repository: Repository }
  | { readonly kind: 'lacking'; readonly lack: SubmoduleLack };

/** git never writes a longer `.git` file. */
const LONGEST_GIT_FILE = 8192;

/**
 * The submodule at a gitlink of the repository that `git` runs in. Names and URLs in `.gitmodules`
 * are ignored: they are untrusted content.
 * @throws Fault `disk` if the path has something else, `git` if `.git` leads to another repository.
 */
export async function findSubmodule(git: Git, at: RepoPath): Promise<FoundSubmodule> {
  const questions = ['--path-format=absolute', '--show-toplevel', '--absolute-git-dir', '--git-common-dir'];
  const answer = await runGit(git, ['rev-parse', ...questions]);
  const [top, gitDir, commonDir] = answer.stdout.toString('utf8').split('\n');
  if (answer.code !== 0 || !top || !gitDir || !commonDir) return { kind: 'lacking', lack: 'no-work-tree' };
  if (!isUtf8(at)) throw unnameableSubmodule(textOf(at));
  const lack = findLack(top, textOf(at));
  if (lack) return { kind: 'lacking', lack };
  const place = join(top, textOf(at));
  const own = readGitDir(place, textOf(at));
  const homes = [gitDir, commonDir].map((directory) => join(realpathSync(directory), 'modules') + sep);
  if (!homes.some((home) => own.startsWith(home))) throw foreignSubmodule(textOf(at), own);
  const elsewhere = await locateElsewhere(git, place);
  const inside = { ...elsewhere, env: { ...elsewhere.env, GIT_DIR: own, GIT_WORK_TREE: place } };
  await requireItsPlace(inside, own, place, textOf(at));
  return { kind: 'ready', repository: await readRepository(inside) };
}

/** The first thing that is missing on the way to the submodule's `.git` file. */
function findLack(top: string, at: string): SubmoduleLack | undefined {
  let place = top;
  for (const name of at.split('/')) {
    place = join(place, name);
    const stat = lstatSync(place, { throwIfNoEntry: false });
    if (!stat) return 'not-initialised';
    if (!stat.isDirectory()) throw notADirectory(at, place.slice(top.length + 1));
  }
  const stat = lstatSync(join(place, '.git'), { throwIfNoEntry: false });
  if (!stat) return 'not-initialised';
  // safeguard embedded (T5): a directory .git is no submodule (e2e/submodules)
  if (stat.isDirectory()) return 'embedded';
  if (!stat.isFile() || stat.size > LONGEST_GIT_FILE) throw brokenSubmodule(at);
  return undefined;
}

/**
 * The target of the `.git` file, with every link resolved.
 * https://git-scm.com/docs/gitrepository-layout
 */
function readGitDir(place: string, at: string): string {
  const [, target] = /^gitdir: (.+?)\r?\n?$/s.exec(readFileSync(join(place, '.git'), 'utf8')) ?? [];
  if (target === undefined) throw brokenSubmodule(at);
  const own = resolve(place, target);
  if (!lstatSync(own, { throwIfNoEntry: false })) throw brokenSubmodule(at);
  return realpathSync(own);
}

/** If a git directory below `modules/` has another work tree, it belongs to another submodule. */
async function requireItsPlace(git: Git, own: string, place: string, at: string): Promise<void> {
  const configured = await readConfig(git, 'core.worktree');
  const theirs = configured === undefined ? undefined : resolve(own, configured);
  const exists = theirs !== undefined && lstatSync(theirs, { throwIfNoEntry: false }) !== undefined;
  // safeguard other-submodule (T5): .git leads to its submodule (e2e/submodules: a submodule whose)
  if (!exists || realpathSync(theirs) !== realpathSync(place)) throw foreignSubmodule(at, own);
}
