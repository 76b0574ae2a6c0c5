// Thresholds that separate copies from coincidence.

export interface Limits {
  /** Bytes; smaller files are equal by chance. */
  readonly smallest: number;
  /** Bytes; in a fan-out of at least `many` copies even smaller files are significant. */
  readonly smallestOfMany: number;
  readonly many: number;
  /** Bytes; for files outside any pair of directories. */
  readonly smallestAlone: number;
  /**
   * Bytes; two equal files of the same name and at least this size are copies without further
   * evidence.
   */
  readonly large: number;
  /** In a larger group of equal files only the first file votes for directories. */
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
