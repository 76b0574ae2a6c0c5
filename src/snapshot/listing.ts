// A list of files held as a directory tree in memory.

import { baseOf, joinPath, parentOf, type RepoPath } from '../git/path.js';
import { ABSENT, DIRECTORY, type Entry, type Standing } from './types.js';

export class Listing {
  readonly #directories = new Map<RepoPath, Map<string, Standing>>([['' as RepoPath, new Map()]]);

  /** Puts an entry at the path; absent takes the path out, and the directories that it leaves empty. */
  set(path: RepoPath, entry: Entry): void {
    if (entry.kind === 'absent') this.#remove(path);
    else this.#put(path, entry);
  }

  #put(path: RepoPath, standing: Standing): void {
    const directory = parentOf(path);
    const names = this.#directories.get(directory);
    if (names) {
      names.set(baseOf(path), standing);
      return;
    }
    this.#directories.set(directory, new Map([[baseOf(path) as string, standing]]));
    this.#put(directory, DIRECTORY);
  }

  #remove(path: RepoPath): void {
    const directory = parentOf(path);
    const names = this.#directories.get(directory);
    if (!names?.delete(baseOf(path)) || names.size > 0 || directory === '') return;
    this.#directories.delete(directory);
    this.#remove(directory);
  }

  entry(path: RepoPath): Standing {
    if (path === '') return DIRECTORY;
    return this.#directories.get(parentOf(path))?.get(baseOf(path)) ?? ABSENT;
  }

  names(directory: RepoPath): readonly string[] {
    return [...(this.#directories.get(directory)?.keys() ?? [])];
  }

  files(path: RepoPath): readonly RepoPath[] {
    const standing = this.entry(path);
    if (standing.kind === 'absent') return [];
    if (standing.kind !== 'directory') return [path];
    return this.names(path).flatMap((name) => this.files(joinPath(path, name as RepoPath)));
  }
}
