// Makes names safe to print: no byte of a file name may act on a terminal, a shell or a CI log.

// C0, DEL, C1, bidirectional controls, zero-width and other invisible code points, and what XML
// does not know.
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

// What a CI runner reads as a command: `::name::` at the start of a line, after any whitespace, and
// `##[name]` (GitHub, Azure), `##vso[` (Azure) or `##teamcity[` anywhere in it.
const LINE_COMMAND = /^(\s*):(?=:)/;
const COMMAND = /#(?=#(?:vso|teamcity)?\[)/g;

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, '0')}`;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** The text with every unsafe character escaped. */
export function show(text: string): string {
  // safeguard shown-names (T12): no name acts on a terminal (e2e/attacks: T12)
  return text.replace(UNSAFE, escaped).replace(COMMAND, '\\x23').replace(LINE_COMMAND, '$1\\x3a');
}

/** True if the text can be printed unchanged. */
export function isPlain(text: string): boolean {
  return show(text) === text;
}

/** JSON text with the same characters in JSON's escapes; its value does not change. */
export function showJson(json: string): string {
  const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const written = (characters: string) => (characters === '\n' ? characters : characters.split('').map(unit).join(''));
  return json.replace(UNSAFE, written).replace(COMMAND, unit);
}

/** The text as one POSIX shell word; with escapes, one of bash, zsh and ksh. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!isPlain(text)) return `$'${show(text.replace(/[\\']/g, '\\$&'))}'`;
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

/**
 * A path as one word that neither a command reads as an option nor the shell as a home directory.
 */
export function shellPath(text: string): string {
  return shellWord(/^[-~]/.test(text) ? `./${text}` : text);
}
