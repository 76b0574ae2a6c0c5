// The numbers that tell copies from coincidence.

export interface Limits {
  /** Bytes; a smaller file is equal to others by chance. */
  readonly smallest: number;
  /** Bytes; in a fan-out of `many` copies and more even a smaller file is no chance. */
  readonly smallestOfMany: number;
  readonly many: number;
  /** Bytes; for files that are alone, outside any pair of directories. */
  readonly smallestAlone: number;
  /** Bytes; two equal files of one name and at least this size are copies without more to show for
   * it. */
  readonly large: number;
  /** A larger group of equal files speaks for directories through its first file alone. */
  readonly largestGroup: number;
}

export const LIMITS: Limits = {
  smallest: 32,
  smallestOfMany: 8,
  many: 10,
  smallestAlone: 256,
  large: 1000,
  largestGroup: 60,
};
