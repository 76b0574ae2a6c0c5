// Lays out the walk through a submodule: the commands that are left, in their order.

import { below, type RepoPath, textOf } from '../git/path.js';
import { shellPath } from '../messages/show.js';
import { sayWrittenInside, WALK } from '../messages/submodules.js';
import { type Command, sayCommands } from '../messages/ways.js';
import { buildWalks, buildWalksAfter, type Walk } from '../resolve/submodule-steps.js';
import type { Plan, Touches } from '../resolve/types.js';
import { type Person, wordFor } from './person.js';

/**
 * `write`: the command that writes the submodule's working files. `word`: a path as the person types it. `stage`: what
 * takes the outermost gitlink into the commit.
 */
export function commandsOfWalk(
  walk: Walk,
  write: string,
  word: (path: RepoPath) => string,
  stage = (gitlink: RepoPath) => `git add ${word(gitlink)}`,
): readonly Command[] {
  const ways: Command[] = walk.written || walk.committed ? [] : [{ what: WALK.write, command: write }];
  const chain = [...walk.gitlinks].reverse();
  const [inner] = chain;
  if (inner === undefined) return ways;
  if (!walk.committed) {
    ways.push({ what: WALK.commit, command: addAndCommit(word(inner), namesBelow(walk.paths, inner)) });
  }
  for (const [at, gitlink] of chain.entries()) {
    const outer = chain[at + 1];
    if (outer === undefined) ways.push({ what: WALK.stage, command: stage(gitlink) });
    else ways.push({ what: WALK.commit, command: addAndCommit(word(outer), namesBelow([gitlink], outer)) });
  }
  return ways;
}

function addAndCommit(place: string, names: readonly string[]): string {
  return `git -C ${place} add ${names.join(' ')} && git -C ${place} commit`;
}

function namesBelow(paths: readonly RepoPath[], gitlink: RepoPath): string[] {
  return paths.map((path) => shellPath(textOf(below(path, gitlink) ?? path)));
}

/** What is left to do in submodules: all of it where the index cannot be fixed, the commits where working files were written. */
export function layOutWalks(plan: Plan, touches: Touches, person: Person): string[] {
  const word = wordFor(person);
  const [refusal] = plan.refusals;
  const write = [person.program, 'fix', refusal === undefined ? '' : word(refusal.from)].join(' ').trim();
  const refused = buildWalks(plan, touches).flatMap((walk) => sayCommands(commandsOfWalk(walk, write, word)));
  const written = buildWalksAfter(plan, touches).flatMap((walk) => {
    return [
      sayWrittenInside(textOf(walk.gitlinks.at(-1) as RepoPath)),
      ...sayCommands(commandsOfWalk(walk, write, word)),
    ];
  });
  return [...refused, ...written];
}
