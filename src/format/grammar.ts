// The command line as a value: what completions and the manual page are laid out from.

/** What a value may be, where that can be offered. */
export type ValueKind = 'path' | 'revision' | 'text' | readonly string[];

export interface OptionGrammar {
  readonly long: string | undefined;
  readonly short: string | undefined;
  /** As in `--format <layout>`; undefined for a flag. */
  readonly value: { readonly name: string; readonly kind: ValueKind } | undefined;
  readonly description: string;
}

export interface VerbGrammar {
  readonly name: string;
  /** As typed after the name: `[paths...]`. */
  readonly usage: string;
  readonly description: string;
  /** What its arguments may be; undefined if it takes none. */
  readonly argument: ValueKind | undefined;
  readonly options: readonly OptionGrammar[];
}

export type Grammar = readonly VerbGrammar[];

/** An option's names, as typed. */
export function namesOf({ long, short }: OptionGrammar): readonly string[] {
  return [short, long].filter((name) => name !== undefined);
}
