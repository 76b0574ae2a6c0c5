// What a state that a fault left is worth: what is lost, and whether the next commands work in it.

import type { Repo } from '../support/repo.js';
import { digestState, findBroken, findLeft, findLost, readState, type Treasure } from './oracle.js';
import type { Scenario } from './scenarios.js';

/** What is known of a scenario before a fault is tried. */
export interface Known {
  readonly scenario: Scenario;
  readonly treasure: Treasure;
  /** Before the command, and after it succeeded. */
  readonly before: string;
  readonly after: string;
  /** The results for each state that a fault has left, so far. */
  readonly judged: Map<string, Judgement>;
}

/** The result for one state that a fault can leave. */
export interface Judgement {
  /** The user's state, as `readState` gives it. */
  readonly state: string;
  readonly lost: readonly string[];
  readonly problems: readonly string[];
  /** True if a journal was left, and one command restored everything. */
  readonly recovered: boolean;
  /** The exit code of the same command, run again. */
  readonly again: number;
}

/**
 * The state that a fault left determines everything after it, so each state is tried once. `left`
 * identifies it. `code`: the exit code of the command; `gitDied`: a git of it was killed.
 */
export function judge(repo: Repo, known: Known, code: number, gitDied: boolean): Judgement & { readonly left: string } {
  const left = `${digestState(repo)} ${gitDied}`;
  const judged = known.judged.get(left) ?? tryOut(repo, known, gitDied);
  known.judged.set(left, judged);
  const wrong = code === 0 && judged.state !== known.after;
  const problems = wrong ? [...judged.problems, 'exit code 0, and not what the fix should have made'] : judged.problems;
  return { ...judged, left, problems };
}

/** Runs the same command again, then undo: what is lost, and what is wrong. */
function tryOut(repo: Repo, known: Known, gitDied: boolean): Judgement {
  const lost = findLost(repo, known.treasure);
  const problems: string[] = [];
  const expect = (holds: boolean, words: string): void => void (holds || problems.push(words));
  const state = readState(repo);
  // A lock left by a killed git is git's, and the user removes it.
  if (gitDied) repo.run('rm', ['-f', '.git/index.lock']);
  const interrupted = repo.exists('.git/dos-sync/fixes/main/journal.json');
  if (interrupted) expect(repo.dosSync('check').code === 2, 'a check that meets a journal does not exit 2');
  const isUndo = known.scenario.command[0] === 'undo';
  // Restoring an interrupted undo is all that one undo does; the next one undoes.
  if (isUndo && interrupted) expect(repo.dosSync('undo').code === 0, 'undo does not put an undo back');
  const again = repo.dosSync(...known.scenario.command);
  lost.push(...findLost(repo, known.treasure));
  expect(readState(repo) === known.after || again.code !== 0, `run again: exit code ${again.code}, and another state`);
  if (!isUndo) expect(repo.dosSync('undo').code === 0, 'undo does not go through');
  if (!isUndo) expect(readState(repo) === known.before, 'undo does not give back what was there');
  problems.push(...findLeft(repo).map((path) => `left: ${path}`), ...findBroken(repo));
  return { state, lost, problems, recovered: interrupted && problems.length === 0, again: again.code };
}
