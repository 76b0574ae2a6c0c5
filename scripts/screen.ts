// A small terminal: it keeps what a program wrote as lines of coloured text, and draws them as SVG.

/** Text of one style. */
export interface Span {
  readonly text: string;
  readonly style: string;
}

export type ScreenLine = readonly Span[];

interface Cell {
  readonly character: string;
  readonly style: string;
}

// One control sequence, or one character. The final byte of a sequence says what it does.
const PIECE = /\u001b\[([0-9;?]*)([A-Za-z])|\u001b[=>78]|[\s\S]/gu;

/** By the codes of a terminal's colours, for a dark background. */
const STYLES: Readonly<Record<number, string>> = {
  1: 'font-weight="bold"',
  2: 'opacity="0.7"',
  4: 'text-decoration="underline"',
  31: 'fill="#ff7b72"',
  32: 'fill="#7ee787"',
  33: 'fill="#e3b341"',
  34: 'fill="#79c0ff"',
  35: 'fill="#d2a8ff"',
  36: 'fill="#76e3ea"',
  90: 'fill="#9198a1"',
};

/** A code that ends others. */
const ENDED: Readonly<Record<number, readonly number[]>> = {
  0: Object.keys(STYLES).map(Number),
  22: [1, 2],
  24: [4],
  39: [31, 32, 33, 34, 35, 36, 90],
};

export class Screen {
  readonly #rows: Cell[][] = [[]];
  #codes: readonly number[] = [];
  #row = 0;
  #column = 0;

  write(text: string): void {
    for (const [piece, parameters = '', end] of text.matchAll(PIECE)) {
      if (end !== undefined) this.#control(end, parameters);
      else if (piece === '\n') this.#move(this.#row + 1, this.#column);
      else if (piece === '\r') this.#column = 0;
      else if (piece === '\b') this.#move(this.#row, this.#column - 1);
      else if (piece >= ' ') this.#put(piece);
    }
  }

  /** Without the empty lines at the end. */
  get lines(): readonly ScreenLine[] {
    const lines = this.#rows.map(joinCells);
    while (lines.length > 0 && lines[lines.length - 1]?.length === 0) lines.pop();
    return lines;
  }

  get text(): string {
    return this.lines.map(textOfLine).join('\n');
  }

  #control(end: string, parameters: string): void {
    const count = Number(parameters) || 1;
    const row = this.#rows[this.#row] ?? [];
    if (end === 'A') this.#move(this.#row - count, this.#column);
    else if (end === 'B') this.#move(this.#row + count, this.#column);
    else if (end === 'C') this.#move(this.#row, this.#column + count);
    else if (end === 'D') this.#move(this.#row, this.#column - count);
    else if (end === 'G') this.#column = count - 1;
    else if (end === 'K') row.splice(parameters === '2' ? 0 : this.#column);
    else if (end === 'J') {
      row.splice(this.#column);
      this.#rows.splice(this.#row + 1);
    } else if (end === 'm') for (const code of parameters.split(';')) this.#colour(Number(code));
  }

  #move(row: number, column: number): void {
    this.#row = Math.max(0, row);
    this.#column = Math.max(0, column);
    while (this.#rows.length <= this.#row) this.#rows.push([]);
  }

  #put(character: string): void {
    const row = this.#rows[this.#row] ?? [];
    while (row.length < this.#column) row.push({ character: ' ', style: '' });
    const style = this.#codes.map((code) => STYLES[code]).join(' ');
    row[this.#column] = { character, style };
    this.#column += 1;
  }

  #colour(code: number): void {
    const ended = ENDED[code];
    if (ended) this.#codes = this.#codes.filter((each) => !ended.includes(each));
    else if (STYLES[code]) {
      const others = code > 30 ? (ENDED[39] ?? []) : [code];
      this.#codes = [...this.#codes.filter((each) => !others.includes(each)), code].sort((a, b) => a - b);
    }
  }
}

function joinCells(cells: readonly Cell[]): ScreenLine {
  const spans: { text: string; style: string }[] = [];
  for (const { character, style } of cells) {
    const last = spans[spans.length - 1];
    if (last?.style === style) last.text += character;
    else spans.push({ text: character, style });
  }
  const last = spans[spans.length - 1];
  if (last) last.text = last.text.trimEnd();
  return spans.filter(({ text }) => text !== '');
}

export function textOfLine(line: ScreenLine): string {
  return line.map(({ text }) => text).join('');
}

const [LEFT, TOP, LINE, CHARACTER] = [16, 28, 20, 8.43];

/** The lines as a picture of a terminal, which has its own background. */
export function drawLines(title: string, lines: readonly ScreenLine[]): string {
  const longest = Math.max(...lines.map((line) => textOfLine(line).length));
  const width = Math.ceil(LEFT * 2 + CHARACTER * longest);
  const height = TOP + LINE * lines.length;
  const rows = lines.map((line, at) => {
    const spans = line.map(({ text, style }) =>
      style === '' ? escapeXml(text) : `<tspan ${style}>${escapeXml(text)}</tspan>`,
    );
    return `  <text x="${LEFT}" y="${TOP + LINE * at}" xml:space="preserve">${spans.join('')}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" fill="#e6edf3" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">`,
    `  <title>${escapeXml(title)}</title>`,
    `  <rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
