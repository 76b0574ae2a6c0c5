// A plot of lines on two logarithmic axes, as SVG, for light and dark pages.

export interface Line {
  /** In words, for the legend. */
  readonly name: string;
  /** True for dos-sync: the lines that it is compared with are dashed. */
  readonly isOurs: boolean;
  readonly points: readonly (readonly [number, number])[];
}

const [WIDTH, LEFT, RIGHT, TOP, FLOOR, AXIS, ENTRY] = [640, 80, 40, 40, 300, 48, 20];

/** Colours with a contrast of at least 4.5 to each ground; marks and dashes differ too. */
const STYLE = `
text { fill: #1f2328; } .soft { fill: #59636e; } .title { font-weight: bold; font-size: 14px; }
.ground { fill: #ffffff; } .rule { stroke: #d1d9e0; fill: none; } .line { fill: none; stroke-width: 2; }
.c0 { stroke: #0969da; } .c1 { stroke: #8a4600; } .c2 { stroke: #8250df; } .c3 { stroke: #59636e; }
.mark { fill: #ffffff; stroke-width: 2; } .other { stroke-dasharray: 5 4; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .soft { fill: #9da7b3; } .ground, .mark { fill: #0d1117; } .rule { stroke: #3d444d; }
  .c0 { stroke: #58a6ff; } .c1 { stroke: #ffb77c; } .c2 { stroke: #d2a8ff; } .c3 { stroke: #9da7b3; }
}`;

/** The powers of ten around the values. */
function decades(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}

type Scale = (value: number) => number;

function scale(ticks: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.log10(ticks[0] ?? 1), Math.log10(ticks.at(-1) ?? 10)];
  return (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
}

function text(x: number, y: number, words: string, { anchor = 'middle', kind = '' } = {}): string {
  const style = kind === '' ? '' : ` class="${kind}"`;
  return `<text${style} x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<path class="rule" d="M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}"/>`;
}

/** A circle, a square, a triangle or a diamond. */
function mark(at: number, x: number, y: number): string {
  const moves = ['', 'm-4 -4h8v8h-8z', 'm0 -5l5 9h-10z', 'm0 -5l5 5l-5 5l-5 -5z'][at % 4] ?? '';
  const place = `${x.toFixed(1)} ${y.toFixed(1)}`;
  if (moves !== '') return `<path class="mark c${at % 4}" d="M${place}${moves}"/>`;
  return `<circle class="mark c${at % 4}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4"/>`;
}

function styleOf({ isOurs }: Line, at: number): string {
  return `line c${at % 4}${isOurs ? '' : ' other'}`;
}

function drawLine(line: Line, at: number, x: Scale, y: Scale): string[] {
  const { points } = line;
  const steps = points.map(([px, py], step) => `${step === 0 ? 'M' : 'L'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`);
  const marks = points.map(([px, py]) => mark(at, x(px), y(py)));
  return [`<path class="${styleOf(line, at)}" d="${steps.join('')}"/>`, ...marks];
}

function drawEntry(line: Line, at: number): string[] {
  const y = FLOOR + AXIS + 12 + at * ENTRY;
  const sample = `<path class="${styleOf(line, at)}" d="M${LEFT} ${y}h32"/>`;
  return [sample, mark(at, LEFT + 16, y), text(LEFT + 44, y + 4, line.name, { anchor: 'start' })];
}

/** `across`: what the horizontal axis counts. */
export function drawPlot(title: string, across: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const [ticksX, ticksY] = [decades(points.map(([x]) => x)), decades(points.map(([, y]) => y))];
  const [x, y] = [scale(ticksX, LEFT, WIDTH - RIGHT), scale(ticksY, FLOOR, TOP)];
  const height = FLOOR + AXIS + lines.length * ENTRY + 12;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${title}: milliseconds by ${across}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" width="${WIDTH}" height="${height}" rx="8"/>`,
    text(16, 22, title, { anchor: 'start', kind: 'title' }),
    ...ticksX.flatMap((tick) => [
      rule(x(tick), TOP, x(tick), FLOOR),
      text(x(tick), FLOOR + 16, tick.toLocaleString('en')),
    ]),
    ...ticksY.flatMap((tick) => [
      rule(LEFT, y(tick), WIDTH - RIGHT, y(tick)),
      text(LEFT - 8, y(tick) + 4, `${tick.toLocaleString('en')} ms`, { anchor: 'end' }),
    ]),
    text((LEFT + WIDTH - RIGHT) / 2, FLOOR + 34, across, { kind: 'soft' }),
    ...lines.flatMap((line, at) => drawLine(line, at, x, y)),
    ...lines.flatMap(drawEntry),
    '</svg>',
    '',
  ].join('\n');
}
