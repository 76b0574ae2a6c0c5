// The one exception of the program: "could not check", for a reason that a person can act on.

/** `busy`: somebody else is writing; nothing was changed, and the same command can be run again. */
export type FaultKind = 'usage' | 'manifest' | 'git' | 'disk' | 'busy' | 'bug';

/**
 * Thrown where a check or a fix cannot be carried out; ends in exit code 2, or 1 where it is only
 * `busy`. `message` says what and where, `hint` what to type next. Drift is never a fault: findings
 * are values.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly kind: FaultKind;
  readonly hint: string | undefined;

  /** True for a fault of any of our bundles: each has a class of its own, so that `instanceof` does
   * not tell. */
  static is(error: unknown): error is Fault {
    return error instanceof Error && error.name === 'Fault' && 'kind' in error;
  }

  /** The exit code that an error of any kind ends in. */
  static exitCodeOf(error: unknown): 1 | 2 {
    return Fault.is(error) && error.kind === 'busy' ? 1 : 2;
  }

  constructor(kind: FaultKind, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.hint = hint;
  }
}
