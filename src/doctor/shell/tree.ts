// Parses a shell script into a tree of commands. Pure.

import { readTokens, type Token, UnreadWord } from './words.js';

/** Words as written. */
export type ShellCommand =
  | { readonly kind: 'simple'; readonly assignments: readonly string[]; readonly words: readonly string[] }
  | { readonly kind: 'list'; readonly commands: readonly ShellCommand[] }
  | { readonly kind: 'and' | 'or'; readonly left: ShellCommand; readonly right: ShellCommand }
  | { readonly kind: 'not' | 'subshell' | 'background'; readonly body: ShellCommand }
  | { readonly kind: 'pipe'; readonly stages: readonly ShellCommand[] }
  | {
      readonly kind: 'if';
      readonly condition: ShellCommand;
      readonly body: ShellCommand;
      readonly otherwise: ShellCommand;
    }
  | { readonly kind: 'while' | 'until'; readonly condition: ShellCommand; readonly body: ShellCommand }
  | { readonly kind: 'for'; readonly name: string; readonly words: readonly string[]; readonly body: ShellCommand }
  | { readonly kind: 'case'; readonly word: string; readonly arms: readonly Arm[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: ShellCommand };

interface Arm {
  readonly patterns: readonly string[];
  readonly body: ShellCommand;
}

const ENDS = new Set(['then', 'do', 'done', 'fi', 'else', 'elif', 'esac', '}', ')', ';;']);
const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/;
const NOTHING: ShellCommand = { kind: 'list', commands: [] };

/** Undefined if it is not plain sh or is incomplete. */
export function readScript(text: string): ShellCommand | undefined {
  try {
    const parser = new Parser(readTokens(text));
    const script = parser.list();
    return parser.isAtEnd ? script : undefined;
  } catch (error) {
    if (error instanceof UnreadWord) return undefined;
    throw error;
  }
}

class Parser {
  #at = 0;

  constructor(readonly tokens: readonly Token[]) {}

  get isAtEnd(): boolean {
    return this.#at >= this.tokens.length;
  }

  get #raw(): string | undefined {
    const token = this.tokens[this.#at];
    return token && 'raw' in token ? token.raw : undefined;
  }

  get #isWord(): boolean {
    return this.tokens[this.#at]?.kind === 'word';
  }

  #skip(...raws: readonly string[]): boolean {
    const found = this.#raw !== undefined && raws.includes(this.#raw);
    if (found) this.#at++;
    return found;
  }

  #expect(raw: string): void {
    if (!this.#skip(raw)) throw new UnreadWord();
  }

  #word(): string {
    const raw = this.#raw;
    if (!this.#isWord || raw === undefined) throw new UnreadWord();
    this.#at++;
    return raw;
  }

  list(): ShellCommand {
    const commands: ShellCommand[] = [];
    for (;;) {
      while (this.#skip('\n', ';'));
      if (this.isAtEnd || ENDS.has(this.#raw ?? '')) return { kind: 'list', commands };
      const command = this.#chain();
      commands.push(this.#skip('&') ? { kind: 'background', body: command } : command);
      if (!this.isAtEnd && !ENDS.has(this.#raw ?? '') && !this.#skip('\n', ';') && commands.at(-1) === command) {
        throw new UnreadWord();
      }
    }
  }

  #chain(): ShellCommand {
    let left = this.#pipeline();
    for (;;) {
      const kind = this.#skip('&&') ? 'and' : this.#skip('||') ? 'or' : undefined;
      if (kind === undefined) return left;
      while (this.#skip('\n'));
      left = { kind, left, right: this.#pipeline() };
    }
  }

  #pipeline(): ShellCommand {
    if (this.#skip('!')) return { kind: 'not', body: this.#pipeline() };
    const stages = [this.#command()];
    while (this.#skip('|', '|&')) {
      while (this.#skip('\n'));
      stages.push(this.#command());
    }
    return stages.length === 1 && stages[0] ? stages[0] : { kind: 'pipe', stages };
  }

  #command(): ShellCommand {
    const compound = this.#compound();
    if (compound === undefined) return this.#simple();
    while (this.tokens[this.#at]?.kind === 'redirection') this.#at++;
    return compound;
  }

  #compound(): ShellCommand | undefined {
    if (this.#skip('(')) return { kind: 'subshell', body: this.#listUntil(')') };
    if (this.#skip('{')) return this.#listUntil('}');
    if (this.#skip('if')) return this.#if();
    if (this.#skip('for')) return this.#for();
    if (this.#skip('case')) return this.#case();
    if (this.#skip('function')) return this.#function(this.#word());
    const kind = this.#skip('while') ? 'while' : this.#skip('until') ? 'until' : undefined;
    if (kind) return { kind, condition: this.#listUntil('do'), body: this.#listUntil('done') };
    const next = this.tokens[this.#at + 1];
    return this.#isWord && next?.kind === 'operator' && next.raw === '(' ? this.#function(this.#word()) : undefined;
  }

  #listUntil(end: string): ShellCommand {
    // ((…)) is arithmetic.
    // safeguard unread-brackets: a pattern with a bracket is not guessed (unit/doctor/follow)
    if (end === ')' && this.#raw === '(') throw new UnreadWord();
    const body = this.list();
    this.#expect(end);
    return body;
  }

  #if(): ShellCommand {
    const condition = this.#listUntil('then');
    const body = this.list();
    if (this.#skip('elif')) return { kind: 'if', condition, body, otherwise: this.#if() };
    const otherwise = this.#skip('else') ? this.list() : NOTHING;
    this.#expect('fi');
    return { kind: 'if', condition, body, otherwise };
  }

  #for(): ShellCommand {
    const name = this.#word();
    const words: string[] = [];
    while (this.#skip('\n'));
    if (this.#skip('in')) while (this.#isWord) words.push(this.#word());
    else words.push('"$@"');
    while (this.#skip('\n', ';'));
    this.#expect('do');
    return { kind: 'for', name, words, body: this.#listUntil('done') };
  }

  #case(): ShellCommand {
    const word = this.#word();
    const arms: Arm[] = [];
    while (this.#skip('\n'));
    this.#expect('in');
    while (this.#skip('\n'));
    while (!this.#skip('esac')) {
      this.#skip('(');
      const patterns = [this.#word()];
      while (this.#skip('|')) patterns.push(this.#word());
      this.#expect(')');
      arms.push({ patterns, body: this.list() });
      if (this.#raw !== 'esac') this.#expect(';;');
      while (this.#skip('\n'));
    }
    return { kind: 'case', word, arms };
  }

  #function(name: string): ShellCommand {
    if (this.#skip('(')) this.#expect(')');
    while (this.#skip('\n'));
    return { kind: 'function', name, body: this.#command() };
  }

  #simple(): ShellCommand {
    const assignments: string[] = [];
    const words: string[] = [];
    const start = this.#at;
    for (; this.tokens[this.#at] && this.tokens[this.#at]?.kind !== 'operator'; this.#at++) {
      const raw = this.#raw;
      if (raw === undefined) continue;
      if (words.length === 0 && ASSIGNMENT.test(raw)) assignments.push(raw);
      else words.push(raw);
    }
    if (this.#at === start || this.#raw === '(') throw new UnreadWord();
    return { kind: 'simple', assignments, words };
  }
}
