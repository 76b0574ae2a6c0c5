// The command line's grammar as data, for completions and the manual page.

/** The possible values, for completion. `paired`: a path of a pair. */
export type ValueKind = 'path' | 'paired' | 'revision' | 'text' | readonly string[];

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
  /** The kind of its arguments; undefined if it takes none. */
  readonly argument: ValueKind | undefined;
  readonly options: readonly OptionGrammar[];
}

export type Grammar = readonly VerbGrammar[];

/** An option's names, as typed. */
export function namesOf({ long, short }: OptionGrammar): readonly string[] {
  return [short, long].filter((name) => name !== undefined);
}
