// What every JSON report begins with.

/** The version that all reports share; it rises when a field changes its meaning or disappears. */
export const SCHEMA_VERSION = 1;

/** The verb that wrote the report, and the exit code that it ends with. */
export interface ReportHead<Name extends string> {
  readonly schema_version: typeof SCHEMA_VERSION;
  readonly report: Name;
  readonly exit_code: 0 | 1 | 2;
}

export function buildHead<Name extends string>(report: Name, exitCode: 0 | 1 | 2): ReportHead<Name> {
  return { schema_version: SCHEMA_VERSION, report, exit_code: exitCode };
}
