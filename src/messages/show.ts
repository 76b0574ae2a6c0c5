// Makes names safe to print: no byte of a file name may act on a terminal, a shell or a CI log.

// C0, DEL, C1, bidirectional controls, zero-width and other invisible code points.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The text with everything that does not simply stand there written as an escape. */
export function show(text: string): string {
  return text.replace(UNSAFE, escaped);
}

/** The text as one word of a POSIX shell; with escapes, of bash, zsh and ksh. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (text.search(UNSAFE) >= 0) return `$'${show(text.replace(/[\\']/g, '\\$&'))}'`;
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/** A path as one word that no command takes for an option, nor the shell for a home directory. */
export function shellPath(text: string): string {
  return shellWord(/^[-~]/.test(text) ? `./${text}` : text);
}
