// `complete-path`: what the completions of the shells ask for, the paths of pairs below a word.

import type { Command } from 'commander';
import { noManifest } from '../fix/manifest-file.js';
import { below, pathFromText, type RepoPath, textOf } from '../git/path.js';
import { parsePaths } from '../git/records.js';
import { openRepository } from '../git/repository.js';
import { readGit } from '../git/run.js';
import { isOutside } from '../manifest/outside.js';
import { readManifestFile } from '../manifest/read.js';
import { isPlain } from '../messages/show.js';
import { buildRules } from '../rules/build.js';
import { buildCover } from '../rules/cover.js';
import { findPaired } from '../rules/paired.js';
import type { Output } from './output.js';
import { pathsOfArguments } from './person.js';
import type { Stage } from './verb.js';

export function addCompletePath(program: Command, { cwd, output, finish }: Stage): void {
  program
    .command('complete-path [word]', { hidden: true })
    .description('print the paths of pairs that begin with this word, one a line')
    .action(async (word = '') => finish(await runCompletePath(cwd, word, output)));
}

/** @throws Fault outside a repository, or without a manifest; a shell then offers any file. */
export async function runCompletePath(cwd: string, word: string, output: Output): Promise<number> {
  const repository = await openRepository(cwd);
  const manifest = readManifestFile(repository.top)?.manifest;
  if (!manifest) throw await noManifest(repository);
  const rules = buildRules(manifest);
  const typed = word.slice(0, word.lastIndexOf('/') + 1);
  const [directory = '' as RepoPath] = await pathsOfArguments(repository, cwd, [typed === '' ? '.' : typed]);
  const flags = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--'];
  const listed = parsePaths(await readGit(repository.git, [...flags, ...(buildCover(rules.all) ?? [])]));
  const begun = pathFromText(word.slice(typed.length));
  const names = namesIn(directory, findPaired(rules, listed)).filter((name) => name.startsWith(begun));
  output.print(names.map((name) => `${typed}${textOf(name)}`).filter(isPlain));
  return 0;
}

/** The names directly in this directory; those of directories end in a slash. */
function namesIn(directory: RepoPath, paths: ReadonlySet<RepoPath>): readonly RepoPath[] {
  const names = new Set<RepoPath>();
  for (const path of paths) {
    const rest = isOutside(path) ? undefined : below(path, directory);
    if (!rest) continue;
    const end = rest.indexOf('/');
    names.add((end < 0 ? rest : rest.slice(0, end + 1)) as RepoPath);
  }
  return [...names].sort();
}
