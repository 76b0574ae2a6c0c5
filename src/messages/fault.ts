// The program's one exception: "could not check", for a reason that the user can fix.

/** `busy`: another process is writing; nothing was changed, and the command can be repeated. */
export type FaultKind = 'usage' | 'manifest' | 'git' | 'disk' | 'busy' | 'bug';

/**
 * Thrown if a check or a fix is impossible; the exit code is 2, or 1 for `busy`. `message` says
 * what and where, `hint` what to type next. Drift is never a Fault: findings are values.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly hint: string | undefined;

  /**
   * True for a Fault of any of our bundles. `instanceof` fails, because each bundle has its own
   * class.
   */
  static is(error: unknown): error is Fault {
    return error instanceof Error && error.name === 'Fault' && 'kind' in error;
  }

  static exitCodeOf(error: unknown): 1 | 2 {
    return Fault.is(error) && error.kind === 'busy' ? 1 : 2;
  }

  constructor(kind: FaultKind, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.hint = hint;
  }
}
