// What came of one test file.

export interface FileOutcome {
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** Why the file counts as broken, though no test of it failed. */
  readonly broken?: string | undefined;
}

/** One that is red without a test that failed. */
export function brokenFile(broken: string, outcome?: FileOutcome): FileOutcome {
  const { passed = 0, failed = 0, seconds = 0 } = outcome ?? {};
  return { passed, failed, seconds, broken };
}

/** How many failures it counts for. */
export function failuresOf({ failed, broken }: FileOutcome): number {
  return Math.max(failed, broken === undefined ? 0 : 1);
}
