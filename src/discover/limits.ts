// The numbers that tell copies from coincidence.

export interface Limits {
  /** Bytes; a smaller file is equal to others by chance. */
  readonly smallest: number;
  /** Bytes; in a fan-out of `many` copies and more even a smaller file is no chance. */
  readonly smallestOfMany: number;
  readonly many: number;
  /** Bytes; for files that stand alone, outside any pair of directories. */
  readonly smallestAlone: number;
  /** Bytes; a single file below this counts half. */
  readonly half: number;
  /** A larger group of equal files says nothing about directories. */
  readonly largestGroup: number;
}

export const LIMITS: Limits = {
  smallest: 32,
  smallestOfMany: 8,
  many: 10,
  smallestAlone: 256,
  half: 1000,
  largestGroup: 400,
};
