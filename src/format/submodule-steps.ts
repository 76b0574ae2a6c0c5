// Formats submodule steps: the remaining commands, in order.

import { below, type RepoPath, textOf } from '../git/path.js';
import { shellPath } from '../messages/show.js';
import { sayWrittenInside, WALK } from '../messages/submodules.js';
import { type Command, sayCommands } from '../messages/ways.js';
import { buildSubmoduleSteps, buildSubmoduleStepsAfter, type SubmoduleSteps } from '../resolve/submodule-steps.js';
import type { PathStatuses, Plan } from '../resolve/types.js';
import { type Person, wordFor } from './person.js';

/**
 * `write`: the command that writes the submodule's working files. `word`: a path as the user types
 * it. `stage`: the command that stages the outermost gitlink.
 */
export function commandsOfWalk(
  steps: SubmoduleSteps,
  write: string,
  word: (path: RepoPath) => string,
  stage = (gitlink: RepoPath) => `git add ${word(gitlink)}`,
): readonly Command[] {
  const ways: Command[] = steps.written || steps.committed ? [] : [{ what: WALK.write, command: write }];
  const chain = [...steps.gitlinks].reverse();
  const [inner] = chain;
  if (inner === undefined) return ways;
  if (!steps.committed) {
    ways.push({ what: WALK.commit, command: addAndCommit(word(inner), namesBelow(steps.paths, inner)) });
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

/**
 * The remaining work in submodules: everything if the index cannot be fixed, or only the commits if
 * working files were written.
 */
export function formatSubmoduleSteps(plan: Plan, statuses: PathStatuses, person: Person): string[] {
  const word = wordFor(person);
  const [refusal] = plan.refusals;
  const write = [person.program, 'fix', refusal === undefined ? '' : word(refusal.from)].join(' ').trim();
  const refused = buildSubmoduleSteps(plan, statuses).flatMap((steps) =>
    sayCommands(commandsOfWalk(steps, write, word)),
  );
  const written = buildSubmoduleStepsAfter(plan, statuses).flatMap((steps) => {
    return [
      sayWrittenInside(textOf(steps.gitlinks.at(-1) as RepoPath)),
      ...sayCommands(commandsOfWalk(steps, write, word)),
    ];
  });
  return [...refused, ...written];
}
