// A made-up history as one stream for git fast-import: real commits, without a working tree.

/**
 * Pseudo-random numbers, the same for the same seed.
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Inclusive at both ends. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length - 1)] as Item;
  }

  /** That many of the items, in their order. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, items.length)) chosen.add(this.between(0, items.length - 1));
    return items.filter((_, at) => chosen.has(at));
  }
}

const WORDS =
  'store reads every value before it returns the next page of results to whoever asked for them and keeps what is left ' +
  'until a later call comes with the same key or the time is over which the caller has set for the whole of the work';

interface File {
  readonly content: string;
  readonly executable: boolean;
}

export class History {
  readonly random: Random;
  readonly #files = new Map<string, File>();
  readonly #commands: string[] = [];
  #changes: string[] = [];
  #commits = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** A unique text. */
  text(lines = this.random.between(8, 40)): string {
    const words = WORDS.split(' ');
    const line = () => Array.from({ length: 8 }, () => this.random.pick(words)).join(' ');
    return Array.from({ length: lines }, () => `${line()} ${this.random.between(0, 1e9)}\n`).join('');
  }

  write(path: string, content: string, executable = this.#files.get(path)?.executable ?? false): void {
    this.#files.set(path, { content, executable });
    const mode = executable ? '100755' : '100644';
    this.#changes.push(`M ${mode} inline ${path}\ndata ${Buffer.byteLength(content)}\n${content}\n`);
  }

  /** Writes one text to all of these places. */
  writeAll(paths: readonly string[], content = this.text(), executable = false): void {
    for (const path of paths) this.write(path, content, executable);
  }

  read(path: string): string {
    return this.#files.get(path)?.content ?? '';
  }

  /** Changes a line in the middle, in the same way in all of these places. */
  edit(...paths: readonly string[]): void {
    const added = this.text(1);
    for (const path of paths) {
      const lines = this.read(path).split('\n');
      const at = Math.floor(lines.length / 2);
      this.write(path, [...lines.slice(0, at), added.trimEnd(), ...lines.slice(at)].join('\n'));
    }
  }

  /** Copies the first file's present content to the others. */
  copy(from: string, ...to: readonly string[]): void {
    for (const path of to) this.write(path, this.read(from), this.#files.get(from)?.executable);
  }

  remove(path: string): void {
    this.#files.delete(path);
    this.#changes.push(`D ${path}\n`);
  }

  move(from: string, to: string): void {
    this.copy(from, to);
    this.remove(from);
  }

  commit(): void {
    const message = `commit ${this.#commits}`;
    const who = `A Tester <tester@example.org> ${1_700_000_000 + this.#commits * 3600} +0000`;
    this.#commands.push(
      `commit refs/heads/main\ncommitter ${who}\ndata ${message.length}\n${message}\n${this.#changes.join('')}\n`,
    );
    this.#changes = [];
    this.#commits += 1;
  }

  /** The stream for git fast-import. */
  stream(): string {
    return this.#commands.join('');
  }
}
