// The pairs of random states, and their first texts.

export interface RandomShape {
  readonly pairs: readonly object[];
  readonly files: readonly string[];
  /** The first texts, if they differ; all files are equal otherwise. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Lines that no edit changes: they begin or end a part. */
  readonly fixed?: readonly string[];
  /** True if the first difference is accepted. */
  readonly agreed?: boolean;
}

export const SHAPES: readonly RandomShape[] = [
  { pairs: [{ a: 'a', b: 'b' }], files: ['a', 'b'] },
  { pairs: [{ a: 'live', b: 'web' }], files: ['live/x', 'web/x'] },
  {
    pairs: [{ a: 'L', b: 'packages/{p}/L' }],
    files: ['L', 'packages/one/L', 'packages/two/L', 'packages/three/L'],
  },
  {
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'release', b: 'pack' },
    ],
    files: ['live/x', 'release/x', 'pack/x'],
  },
];

const LINES = 12;

const BASE = Array.from({ length: LINES }, (_, at) => `line ${at}`).join('\n');

/** What the file holds at first. */
export function firstText({ texts }: RandomShape, path: string): string {
  return texts?.[path] ?? `${BASE}\n`;
}
