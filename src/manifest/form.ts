// The format of a manifest, so that additions look like the rest.

/** The line ends, and the indentation of one level. */
export interface ManifestForm {
  readonly eol: '\n' | '\r\n';
  readonly step: string;
}

/** Pure. Taken from the first key at the start of a line. */
export function formOf(text: string): ManifestForm {
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', step: /\n([ \t]+)"/.exec(text)?.[1] ?? '  ' };
}
