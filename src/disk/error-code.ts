// The system's codes of errors.

/** The code that a system call failed with, such as `ENOENT`; undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  const { code } = Object(error) as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
