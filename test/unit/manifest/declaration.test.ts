import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseManifest } from '../../../src/manifest/parse.js';
import type { DeclaredAlias, DeclaredPair } from '../../../src/manifest/types.js';

const test = suite('what pairs and aliases declare beside their sides');

function parse(manifest: object) {
  const whole = { pairs: [], fix_direction: 'live_to_submodule', ...manifest };
  return parseManifest(Buffer.from(JSON.stringify(whole)));
}

const problemsIn = (declaration: object): readonly string[] => {
  const [pair, alias] = [
    parse({ pairs: [{ a: 'x', b: 'y', ...declaration }] }),
    parse({ aliases: { x: { b: 'y', ...declaration } } }),
  ];
  const said = [pair, alias].map((each) => (each.ok ? [] : each.problems.map(({ message }) => message)));
  assert.equal(said[0], said[1], 'a pair and an alias refuse the same');
  return said[0] ?? [];
};

test('each part is kept, in a pair and in both forms of an alias', () => {
  const declaration = {
    with: [
      ['Claude Code', 'Codex'],
      ['name: core', 'name: {p}'],
    ],
    own: ['front_matter', { first_lines: 2 }, { lines: '# Rule: ' }, { from: '<own>', to: '</own>' }],
    name: 'the guides',
    note: 'one for each tool',
    'x-owner': 'docs',
  };
  const wanted = {
    textRule: {
      with: declaration.with,
      own: [
        { kind: 'front_matter' },
        { kind: 'first_lines', count: 2 },
        { kind: 'lines', prefix: '# Rule: ' },
        { kind: 'block', from: '<own>', to: '</own>' },
      ],
    },
    name: 'the guides',
    note: 'one for each tool',
  };
  const ofList = (each: DeclaredPair | DeclaredAlias | undefined) => {
    const { textRule, name, note } = each ?? ({} as DeclaredAlias);
    return { textRule, name, note };
  };
  for (const manifest of [
    { pairs: [{ a: 'x', b: 'y', ...declaration }] },
    { aliases: { x: { b: 'y', ...declaration } } },
    { aliases: [{ a: 'x', b: 'y', ...declaration }] },
  ]) {
    const parsed = parse(manifest);
    assert.ok(parsed.ok, JSON.stringify(parsed));
    if (parsed.ok) assert.equal(ofList(parsed.manifest.pairs[0] ?? parsed.manifest.aliases[0]), wanted);
  }
});

const WRONG: readonly (readonly [declaration: object, message: string])[] = [
  [{ with: 'x' }, '"with" must be a list of [side a, side b], 1 to 32 of them'],
  [{ with: [] }, '"with" must be a list of [side a, side b], 1 to 32 of them'],
  [
    { with: Array.from({ length: 33 }, (_, at) => [`${at}`, 'x']) },
    '"with" must be a list of [side a, side b], 1 to 32 of them',
  ],
  [{ with: [['x']] }, 'a substitution must be two strings'],
  [{ with: [['x', 1]] }, 'a substitution must be two strings'],
  [{ with: [['', 'x']] }, 'a substitution of nothing'],
  [
    {
      with: [
        ['x', 'y'],
        ['x', 'z'],
      ],
    },
    'the same words on side a twice',
  ],
  [{ own: 'front_matter' }, '"own" must be a list of parts'],
  [{ own: [] }, '"own" must be a list of parts'],
  [{ own: ['header'] }, 'not a part that a side can keep for itself'],
  [{ own: [{ first_lines: 0 }] }, 'not a part that a side can keep for itself'],
  [{ own: [{ first_lines: 1.5 }] }, 'not a part that a side can keep for itself'],
  [{ own: [{ lines: ' ' }] }, 'not a part that a side can keep for itself'],
  [{ own: [{ from: 'x' }] }, 'not a part that a side can keep for itself'],
  [{ own: [{ lines: 'x', from: 'y' }] }, 'not a part that a side can keep for itself'],
  [{ own: [{ lines: 'x\ny' }] }, 'a line break in a part of "own"'],
  [{ own: ['front_matter', 'front_matter'] }, 'the same part of "own" twice'],
  [{ own: [{ first_lines: 1 }, { first_lines: 2 }] }, 'the same part of "own" twice'],
  [
    {
      own: [
        { from: 'x', to: 'y' },
        { from: 'x', to: 'z' },
      ],
    },
    'the same part of "own" twice',
  ],
  [{ name: '' }, '"name" must be a text that is not empty'],
  [{ note: 1 }, '"note" must be a text that is not empty'],
];

for (const [declaration, message] of WRONG) {
  test(`refused: ${JSON.stringify(declaration).slice(0, 60)}`, () => {
    assert.equal(problemsIn(declaration), [message]);
  });
}

test('every problem is reported at once, with its line and column', () => {
  const text = [
    '{ "pairs": [ { "a": "a", "b": "b", "with": [["x", "y"], ["", "z"]],',
    '  "own": ["header"], "name": "" } ], "fix_direction": "live_to_submodule" }',
  ].join('\n');
  const parsed = parseManifest(Buffer.from(text));
  assert.equal(parsed.ok ? [] : parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`), [
    '1:58 a substitution of nothing',
    '2:11 not a part that a side can keep for itself',
    '2:30 "name" must be a text that is not empty',
  ]);
});

test.run();
