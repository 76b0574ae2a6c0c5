// Fetches the contents that a fix will write, in groups.

import { type CheckOut, groupBySize, LARGEST, readCheckedOut, readSizes } from '../git/check-out.js';
import type { Repository } from '../git/repository.js';
import type { FileChange } from './changes.js';

type Wanted = CheckOut & { readonly change: FileChange; readonly size: number };

/** Yields the contents to write, in the order of the changes. */
export class CheckOuts {
  readonly #repository: Repository;
  readonly #groups: Generator<Wanted[]>;
  readonly #fetched = new Map<FileChange, Buffer>();
  /** The next group; its first element comes next. */
  #ahead: Wanted[] | undefined;

  constructor(repository: Repository, changes: readonly FileChange[]) {
    this.#repository = repository;
    const plain = changes.flatMap((change) => {
      const { content, path } = change;
      return content.kind === 'blob' && content.partner === undefined ? [{ change, path, oid: content.oid }] : [];
    });
    const ids = plain.map(({ oid }) => oid);
    const sizes = readSizes(repository.git, ids);
    const sized = plain.map((each) => ({ ...each, size: sizes.get(each.oid) ?? Number.POSITIVE_INFINITY }));
    this.#groups = groupBySize(sized.filter(({ size }) => size <= LARGEST));
    this.#ahead = this.#groups.next().value ?? undefined;
  }

  /** The content of the next file; undefined for one that is not fetched here. */
  take(change: FileChange): Buffer | undefined {
    if (this.#ahead?.[0]?.change === change) this.#fetch(this.#ahead);
    const content = this.#fetched.get(change);
    this.#fetched.delete(change);
    return content;
  }

  #fetch(group: readonly Wanted[]): void {
    const contents = readCheckedOut(this.#repository.git, group);
    for (const [at, { change }] of group.entries()) {
      const content = contents[at];
      if (content) this.#fetched.set(change, content);
    }
    this.#ahead = this.#groups.next().value ?? undefined;
  }
}
