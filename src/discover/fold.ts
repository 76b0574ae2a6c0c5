// Folds files into whole directories if everything in a directory is alike.

import { baseOf, parentOf, type RepoPath } from '../git/path.js';

/**
 * The outermost directories that contain only these files, and the remaining files. `names`: all
 * files.
 */
export function foldNames(some: readonly RepoPath[], names: Iterable<RepoPath>): readonly RepoPath[] {
  const mixed = new Set<RepoPath>();
  const among = new Set(some);
  for (const name of names) {
    if (among.has(name)) continue;
    for (let above = parentOf(name); above !== ''; above = parentOf(above)) mixed.add(above);
  }
  const folded = some.map((name) => {
    let top = name;
    for (let above = parentOf(name); above !== '' && !mixed.has(above); above = parentOf(above)) top = above;
    return top;
  });
  return [...new Set(folded)];
}

type Renamed = readonly [RepoPath, RepoPath];

/** If all files below two directories have the same names, the directories were renamed. */
export function foldRenamed(
  renamed: readonly Renamed[],
  namesA: readonly RepoPath[],
  namesB: readonly RepoPath[],
): readonly Renamed[] {
  const counts = new Map<string, number>();
  for (const pair of renamed) for (const key of foldsOf(pair)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const countBelow = (names: readonly RepoPath[], directory: string) =>
    names.filter((name) => name.startsWith(`${directory}/`)).length;
  const whole = new Set(
    [...counts].flatMap(([key, count]) => {
      const [from = '', to = ''] = key.split('\0');
      const all = count > 1 && countBelow(namesA, from) === count && countBelow(namesB, to) === count;
      return all ? [key] : [];
    }),
  );
  const folded = renamed.map((pair) => {
    const [key] = foldsOf(pair).filter((each) => whole.has(each));
    return key ? (key.split('\0') as [RepoPath, RepoPath]) : pair;
  });
  return [...new Map(folded.map((pair) => [pair.join('\0'), pair])).values()];
}

/** The directories that hold the two files under one name, outermost first. */
function foldsOf([one, other]: Renamed): readonly string[] {
  const folds: string[] = [];
  let [a, b] = [one, other];
  while (baseOf(a) === baseOf(b)) {
    [a, b] = [parentOf(a), parentOf(b)];
    if (a === '' || b === '') break;
    folds.unshift(`${a}\0${b}`);
  }
  return folds;
}
