// How a manifest is laid out, so that what is added looks like the rest of it.

/** What ends its lines, and how far one level is indented. */
export interface ManifestForm {
  readonly eol: '\n' | '\r\n';
  readonly step: string;
}

/** Pure: read off the first key that stands on a line of its own. */
export function formOf(text: string): ManifestForm {
  return { eol: text.includes('\r\n') ? '\r\n' : '\n', step: /\n([ \t]+)"/.exec(text)?.[1] ?? '  ' };
}
