// `diff`: the difference of each pair that is out of step, through git's own diff and pager.

import { check } from '../check.js';
import { isFinding, type Judgement } from '../drift/types.js';
import { emptyTree } from '../git/oid.js';
import { isUtf8, type RepoPath, textOf } from '../git/path.js';
import { sayNotMeant } from '../messages/check.js';
import { NOTHING_DIFFERS, sayCannotShow } from '../messages/explain.js';
import { Fault } from '../messages/fault.js';
import type { Output } from './output.js';
import { isMeant, type Opened, openScope, pathsOfArguments, type Scope, withRepository } from './scope.js';

export interface DiffOptions {
  readonly cwd: string;
  readonly scope: Scope;
  readonly paths: readonly string[];
}

/** 1 if something differs, 0 if nothing does. */
export function runDiff({ cwd, scope, paths: words }: DiffOptions, output: Output): Promise<number> {
  return withRepository(cwd, async (place) => {
    const opened = await openScope(place, scope);
    const paths = await pathsOfArguments(place.repository, cwd, words);
    const judgements = (await check(opened.index, opened.span)).filter(({ pair }) => isMeant(pair, paths));
    if (paths.length > 0 && judgements.length === 0) {
      throw new Fault('usage', sayNotMeant(words), 'see the pairs: git dos-sync check --full');
    }
    const findings = judgements.filter(isFinding);
    if (findings.length === 0) {
      output.print([NOTHING_DIFFERS]);
      return 0;
    }
    for (const finding of findings) await showFinding(opened, scope, finding, output);
    return 1;
  });
}

async function showFinding(opened: Opened, scope: Scope, finding: Judgement, output: Output): Promise<void> {
  const { a, b } = finding.pair;
  const unnamed = [a, b].find((path) => path !== null && !isUtf8(path));
  if (unnamed) {
    output.complain([sayCannotShow(textOf(unnamed))]);
    return;
  }
  const { runDiff: show } = await import('../git/show-diff.js');
  await show(opened.place.repository.git, argumentsFor(opened, scope, finding));
}

/** What `git diff` is asked: from side a to side b, where an absent side is nothing. */
function argumentsFor({ place }: Opened, scope: Scope, { pair, a, b }: Judgement): readonly string[] {
  const [pathA, pathB] = [present(pair.a, a.kind), present(pair.b, b.kind)];
  const nothing = emptyTree(place.repository.format);
  switch (scope.kind) {
    case 'worktree':
      return ['--no-index', '--', pathA ?? '/dev/null', pathB ?? '/dev/null'];
    case 'staged':
      if (pathA !== undefined && pathB !== undefined) return [`:0:${pathA}`, `:0:${pathB}`];
      return pathA === undefined ? ['--cached', nothing, '--', pathB ?? ''] : ['--cached', '-R', nothing, '--', pathA];
    case 'commit': {
      const { revision } = scope;
      if (pathA !== undefined && pathB !== undefined) return [`${revision}:${pathA}`, `${revision}:${pathB}`];
      return pathA === undefined
        ? [nothing, `${revision}^{tree}`, '--', pathB ?? '']
        : [`${revision}^{tree}`, nothing, '--', pathA];
    }
  }
}

function present(path: RepoPath | null, kind: Judgement['a']['kind']): string | undefined {
  if (path === null || kind === 'absent') return undefined;
  // A lone dash would be standard input.
  return path === '-' ? './-' : textOf(path);
}
