// The outcome of one test file.

export interface FileOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** Why the file failed without a failed test. */
  readonly broken?: string | undefined;
}

/** The outcome of a file that failed without a failed test. */
export function brokenFile(broken: string, outcome?: FileOutcome): FileOutcome {
  const { passed = 0, failed = 0, seconds = 0 } = outcome ?? {};
  return { passed, failed, seconds, broken };
}

/** The number of failures that it counts for. */
export function failuresOf({ failed, broken }: FileOutcome): number {
  return Math.max(failed, broken === undefined ? 0 : 1);
}
