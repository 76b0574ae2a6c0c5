// Pairs whose texts differ as they are meant to, for random states.

import type { RandomShape } from './random-shapes.js';

const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
const BODY = Array.from({ length: 10 }, (_, at) => `line ${at}`);

const guide = (tool: string, file: string) =>
  lines(`# ${tool}`, `${tool} reads ${file}.`, ...BODY, `The end of ${file}.`);
const skill = (place: string) =>
  lines(
    '---',
    `name: ${place}`,
    '---',
    ...BODY.slice(0, 4),
    `# Rule: ${place}`,
    ...BODY.slice(4),
    '<own>',
    place,
    '</own>',
  );
const FIXED = ['---', '<own>', '</own>'];
const OWN = ['front_matter', { lines: '# Rule: ' }, { from: '<own>', to: '</own>' }];

export const RULED_SHAPES: readonly RandomShape[] = [
  {
    pairs: [
      {
        a: 'CLAUDE.md',
        b: 'AGENTS.md',
        with: [
          ['Claude Code', 'Codex'],
          ['CLAUDE.md', 'AGENTS.md'],
        ],
      },
    ],
    files: ['CLAUDE.md', 'AGENTS.md'],
    texts: { 'CLAUDE.md': guide('Claude Code', 'CLAUDE.md'), 'AGENTS.md': guide('Codex', 'AGENTS.md') },
  },
  {
    pairs: [{ a: 'live', b: 'pack', own: OWN }],
    files: ['live/x', 'pack/x'],
    texts: { 'live/x': skill('live'), 'pack/x': skill('pack') },
    fixed: FIXED,
  },
  {
    pairs: [{ a: 'L', b: 'packages/{p}/L', with: [['name: core', 'name: {p}']], own: [{ first_lines: 1 }] }],
    files: ['L', 'packages/one/L', 'packages/two/L'],
    texts: {
      L: lines('core', 'name: core', ...BODY),
      'packages/one/L': lines('first', 'name: one', ...BODY),
      'packages/two/L': lines('second', 'name: two', ...BODY),
    },
  },
  {
    pairs: [
      { a: 'live', b: 'release', own: OWN },
      { a: 'release', b: 'pack', with: [['line', 'row']] },
    ],
    files: ['live/x', 'release/x', 'pack/x'],
    texts: {
      'live/x': skill('live'),
      'release/x': skill('release'),
      'pack/x': skill('release').replaceAll('line', 'row'),
    },
    fixed: FIXED,
  },
  {
    pairs: [{ a: 'docs/x', b: 'site/x' }],
    files: ['docs/x', 'site/x'],
    texts: { 'docs/x': lines('# Guide', ...BODY, 'the end'), 'site/x': lines('# The guide', ...BODY, 'the last line') },
    agreed: true,
  },
];
