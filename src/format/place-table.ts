// The table of copies: artifacts in rows, places in columns, and the state of each copy.

import type { RepoPath } from '../git/path.js';

/** One mark for each distinct verdict. */
export type Mark = '=' | '!' | '-' | '?' | '~' | '+';

export type Marks = Partial<Record<Mark, number>>;

export interface Cell {
  /** The roots in this place: one, or several copies of a fan-out. */
  readonly roots: readonly RepoPath[];
  /** No pair copies to it. */
  readonly isSource: boolean;
  readonly marks: Marks;
}

/** A copy from one place to another within a row. */
interface PlaceEdge {
  readonly from: number;
  readonly to: number;
  readonly marks: Marks;
}

export interface PlaceRow {
  readonly artifact: string;
  /** By the place's index; no cell if the artifact has no copy there. */
  readonly cells: ReadonlyMap<number, Cell>;
  readonly edges: readonly PlaceEdge[];
}

export interface PlaceTable {
  /** The common directory of all roots of a column; empty for the top level. */
  readonly places: readonly string[];
  readonly rows: readonly PlaceRow[];
}
