// Edits the manifest's text in place, keeping its own format.

import { applyEdits, modify } from 'jsonc-parser';

/** The text with one more pair at the end of `pairs`; indentation and line ends are the text's own. */
export function addPair(source: string, a: string, b: string): string {
  const indent = /^([ \t]+)"/m.exec(source)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: source.includes('\r\n') ? '\r\n' : '\n',
  };
  const edits = modify(source, ['pairs', -1], { a, b }, { formattingOptions, isArrayInsertion: true });
  return applyEdits(source, edits);
}
