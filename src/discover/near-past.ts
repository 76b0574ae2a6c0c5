// The past of near-copies: their contents at each commit, and the edits that both took.

import { differenceOf } from '../differences/agreed.js';
import type { Commit } from '../git/history.js';
import { isZero, type Oid } from '../git/oid.js';
import type { RepoPath } from '../git/path.js';
import type { RawChange } from '../git/records.js';
import type { NearTexts } from './near-texts.js';
import type { NearPair } from './near-types.js';

/** The newest states of a pair that count. */
const MOST_STATES = 50;
/** The newest commits that changed both. */
const MOST_TOGETHER = 60;
/** Edits that are read in all; beyond these, pairs are ranked by what is known. */
const MOST_EDITS = 4000;

/** Undefined: no regular file. */
type Content = Oid | undefined;

interface Edit {
  /** The number of the commit, from the newest. */
  readonly at: number;
  readonly before: Content;
  readonly after: Content;
}

/** Both contents between two commits. */
interface NearState {
  readonly a: Oid;
  readonly b: Oid;
}

export class NearPast {
  readonly #edits: ReadonlyMap<RepoPath, Edit[]>;
  readonly #read = new Map<string, Promise<ReadonlySet<string>>>();
  #commits = 0;

  constructor(paths: Iterable<RepoPath>) {
    this.#edits = new Map([...paths].map((path) => [path, []]));
  }

  /** Commits come newest first. */
  take({ changes }: Pick<Commit, 'changes'>): void {
    for (const { path, before, after } of changes) {
      this.#edits.get(path)?.push({ at: this.#commits, before: contentOf(before), after: contentOf(after) });
    }
    this.#commits += 1;
  }

  /** Since how many commits the file has been there; infinite if it was before them. */
  ageOf(path: RepoPath): number {
    const first = this.#edits.get(path)?.find(({ before }) => before === undefined);
    return first?.at ?? Number.POSITIVE_INFINITY;
  }

  /** The states in which both files were there, newest first; the present one is the first. */
  statesOf(a: { path: RepoPath; oid: Oid }, b: { path: RepoPath; oid: Oid }): readonly NearState[] {
    const [left, right] = [this.#edits.get(a.path) ?? [], this.#edits.get(b.path) ?? []];
    const states: NearState[] = [{ a: a.oid, b: b.oid }];
    let [one, other]: [Content, Content] = [a.oid, b.oid];
    for (const at of new Set([...left, ...right].map((edit) => edit.at).sort((x, y) => x - y))) {
      one = beforeAt(left, at, one);
      other = beforeAt(right, at, other);
      if (one === undefined || other === undefined || states.length >= MOST_STATES) break;
      states.push({ a: one, b: other });
    }
    return states;
  }

  /** The number of commits that changed a line of both in the same way. */
  async countKept({ one, other }: NearPair, texts: NearTexts): Promise<number> {
    let kept = 0;
    for (const [mine, theirs] of this.#together(one.path, other.path)) {
      const [left, right] = [await this.#linesOf(mine, texts), await this.#linesOf(theirs, texts)];
      if ([...left].some((line) => right.has(line))) kept += 1;
    }
    return kept;
  }

  /** The edits of both in one commit, newest first. */
  #together(one: RepoPath, other: RepoPath): readonly (readonly [Edit, Edit])[] {
    const theirs = new Map((this.#edits.get(other) ?? []).map((edit) => [edit.at, edit]));
    return (this.#edits.get(one) ?? [])
      .flatMap((edit) => {
        const same = theirs.get(edit.at);
        return same && isEdit(edit) && isEdit(same) ? [[edit, same] as const] : [];
      })
      .slice(0, MOST_TOGETHER);
  }

  /** The removed and added lines of an edit that say something. */
  #linesOf({ before, after }: Edit, texts: NearTexts): Promise<ReadonlySet<string>> {
    const key = `${before} ${after}`;
    const known = this.#read.get(key);
    if (known) return known;
    if (this.#read.size >= MOST_EDITS) return Promise.resolve(new Set<string>());
    const read = readEdit(before, after, texts);
    this.#read.set(key, read);
    return read;
  }
}

function contentOf({ mode, oid }: RawChange['before']): Content {
  return isZero(oid) || !mode.startsWith('100') ? undefined : oid;
}

function isEdit({ before, after }: Edit): boolean {
  return before !== undefined && after !== undefined && before !== after;
}

function beforeAt(edits: readonly Edit[], at: number, present: Content): Content {
  const edit = edits.find((each) => each.at === at);
  return edit ? edit.before : present;
}

async function readEdit(before: Content, after: Content, texts: NearTexts): Promise<ReadonlySet<string>> {
  const [one, other] = [await texts.read(before), await texts.read(after)];
  if (one === undefined || other === undefined) return new Set();
  const lines = differenceOf(one, other).map(({ sign, line }) => `${sign}${line.trim()}`);
  return new Set(lines.filter((line) => line.length > 3));
}
