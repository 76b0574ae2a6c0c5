// Splits a shell script into words and operators. Pure; nothing is run or expanded.

export type Token =
  /** As written, with quotes. */
  | { readonly kind: 'word'; readonly raw: string }
  | { readonly kind: 'operator'; readonly raw: string }
  /** With its target, or its here-document. */
  | { readonly kind: 'redirection' };

/** Thrown for unsupported syntax; the reader of the whole script catches it. */
export class UnreadWord extends Error {}

const BLANK = /(?:[ \t]|\\\n)*/y;
const OPERATOR = /&&|\|\||;;&?|;&|\|&|[;&|()\n]/y;
const REDIRECTION = /\d*(?:&>>?|<<-?(?!<)|<<<|>>|>\||<>|[<>]&|[<>](?!\())/y;
const PLAIN = /[^\s'"\\$`;&|()<>]+/y;

/** @throws UnreadWord */
export function readTokens(text: string): Token[] {
  const reader = new Reader(text);
  const tokens: Token[] = [];
  for (let token = reader.next(); token; token = reader.next()) tokens.push(token);
  return tokens;
}

class Reader {
  #at = 0;
  /** Here-documents whose lines follow this one. */
  #awaited: { readonly end: string; readonly tabs: boolean }[] = [];

  constructor(readonly text: string) {}

  next(): Token | undefined {
    this.#take(BLANK);
    if (this.text[this.#at] === '#') this.#take(/[^\n]*/y);
    if (this.#at >= this.text.length) return undefined;
    const redirection = this.#take(REDIRECTION);
    if (redirection !== undefined) return this.#redirection(redirection);
    const raw = this.#take(OPERATOR);
    if (raw === undefined) return { kind: 'word', raw: this.#word() };
    if (raw === '\n') this.#skipDocuments();
    return { kind: 'operator', raw };
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #redirection(operator: string): Token {
    this.#take(BLANK);
    const target = this.#word();
    if (/^\d*<<-?$/.test(operator)) {
      this.#awaited.push({ end: target.replace(/['"\\]/g, ''), tabs: operator.endsWith('-') });
    }
    return { kind: 'redirection' };
  }

  #skipDocuments(): void {
    for (const { end, tabs } of this.#awaited) {
      for (let line: string | undefined; line !== end && this.#at < this.text.length; ) {
        line = this.#take(/[^\n]*/y)?.replace(tabs ? /^\t+/ : /^$/, '');
        this.#at++;
      }
    }
    this.#awaited = [];
  }

  #word(): string {
    const start = this.#at;
    while (this.#part());
    if (this.#at === start) throw new UnreadWord();
    return this.text.slice(start, this.#at).replaceAll('\\\n', '');
  }

  /** Reads one part of a word; false at its end. */
  #part(): boolean {
    if (this.#take(PLAIN) !== undefined || this.#take(/\\[\s\S]/y) !== undefined) return true;
    if (this.#take(/\$?'/y) !== undefined) return this.#until("'");
    if (this.#take(/\$?"/y) !== undefined) return this.#until('"');
    if (this.#take(/`/y) !== undefined) return this.#until('`');
    if (this.#take(/\$\(/y) !== undefined) return this.#until(')');
    if (this.#take(/\$\{/y) !== undefined) return this.#until('}');
    return this.#take(/\$/y) !== undefined;
  }

  /** Skips past the given end. */
  #until(end: string): true {
    while (this.text[this.#at] !== end) {
      if (this.#at >= this.text.length) throw new UnreadWord();
      this.#inside(end);
    }
    this.#at++;
    return true;
  }

  #inside(end: string): void {
    const isQuoted = end === '"' || end === '}';
    const nests = end !== "'" && end !== '`';
    // A here-document or a comment could contain any quote.
    if (end === ')' && /^(?:<<|\s#)/.test(this.text.slice(this.#at, this.#at + 2))) throw new UnreadWord();
    if (end !== "'" && this.#take(/\\[\s\S]/y) !== undefined) return;
    if (nests && this.#take(/\$\(/y) !== undefined) this.#until(')');
    else if (nests && this.#take(/\$\{/y) !== undefined) this.#until('}');
    else if (nests && this.#take(/`/y) !== undefined) this.#until('`');
    else if (end !== '"' && nests && this.#take(/"/y) !== undefined) this.#until('"');
    else if (!isQuoted && nests && this.#take(/'/y) !== undefined) this.#until("'");
    else if (end === ')' && this.#take(/\(/y) !== undefined) this.#until(')');
    else this.#at++;
  }
}
