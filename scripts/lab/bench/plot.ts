// A plot of lines on two logarithmic axes, as SVG.

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 360, 64, 180, 36, 48];
const COLOURS = ['#0b6e99', '#c2410c', '#4d7c0f', '#7e22ce', '#475569'];

/** The powers of ten around the values. */
function decades(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}

function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log10(ticks[0] ?? 1), Math.log10(ticks.at(-1) ?? 10)];
  return (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
}

export function drawPlot(title: string, across: string, lines: readonly Line[]): string {
  const points = lines.flatMap((line) => line.points);
  const [ticksX, ticksY] = [decades(points.map(([x]) => x)), decades(points.map(([, y]) => y))];
  const x = scale(ticksX, LEFT, WIDTH - RIGHT);
  const y = scale(ticksY, HEIGHT - BOTTOM, TOP);
  const text = (at: number, down: number, words: string, anchor = 'middle') =>
    `<text x="${at.toFixed(1)}" y="${down.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
  const rule = (x1: number, y1: number, x2: number, y2: number) =>
    `<path d="M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}" stroke="#ddd" fill="none"/>`;
  const drawn = lines.flatMap(({ name, points: own }, at) => {
    const colour = COLOURS[at % COLOURS.length];
    const path = own
      .map(([px, py], first) => `${first === 0 ? 'M' : 'L'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`)
      .join('');
    const dots = own.map(
      ([px, py]) => `<circle cx="${x(px).toFixed(1)}" cy="${y(py).toFixed(1)}" r="3" fill="${colour}"/>`,
    );
    const legend = TOP + 8 + at * 18;
    return [
      `<path d="${path}" stroke="${colour}" stroke-width="2" fill="none"/>`,
      ...dots,
      `<path d="M${WIDTH - RIGHT + 12} ${legend}h18" stroke="${colour}" stroke-width="2"/>`,
      text(WIDTH - RIGHT + 36, legend + 4, name, 'start'),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${title} against ${across}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(LEFT, 20, `${title}: milliseconds (median)`, 'start'),
    ...ticksX.flatMap((tick) => [
      rule(x(tick), TOP, x(tick), HEIGHT - BOTTOM),
      text(x(tick), HEIGHT - BOTTOM + 16, tick.toLocaleString('en')),
    ]),
    ...ticksY.flatMap((tick) => [
      rule(LEFT, y(tick), WIDTH - RIGHT, y(tick)),
      text(LEFT - 8, y(tick) + 4, String(tick), 'end'),
    ]),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, across),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
