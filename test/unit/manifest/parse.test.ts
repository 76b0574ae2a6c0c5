import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseManifest } from '../../../src/manifest/parse.js';
import type { Manifest } from '../../../src/manifest/types.js';
import { formatProblems } from '../../../src/messages/manifest.js';

const test = suite('parseManifest');

/** Each problem as `line:column message | hint`. */
function problems(source: string | Uint8Array): string[] {
  const result = parseManifest(typeof source === 'string' ? Buffer.from(source) : source);
  if (result.ok) return [];
  return result.problems.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint ? ` | ${hint}` : ''}`,
  );
}

function parsed(manifest: object): Manifest {
  const result = parseManifest(
    Buffer.from(JSON.stringify({ pairs: [], fix_direction: 'live_to_submodule', ...manifest })),
  );
  if (!result.ok) throw new Error(formatProblems('manifest', result.problems));
  return result.manifest;
}

/** The problems of a manifest with these pairs and other keys. */
function refused(manifest: object): string[] {
  return problems(JSON.stringify({ fix_direction: 'live_to_submodule', pairs: [], ...manifest }));
}

const pair = (a: string, b: string, more = {}) => ({ a, b, ...more });

test('an overlap is reported beside problems of other kinds', () => {
  const found = refused({ pairs: [pair('x', '../y'), pair('p', 'q'), pair('z', 'q')], alias: {} });
  assert.equal(found, [
    '1:60 "../y": .. in a path | write the path from the top level',
    '1:86 z -> q: two sources for one target, with p -> q | keep them apart with exclude, or remove one of them',
    '1:105 the key "alias" is unknown | did you mean "aliases"?',
  ]);
});

test('an overlap is not reported if an alias that could keep the sides apart is itself wrong', () => {
  const found = refused({ pairs: [pair('p', 'q'), pair('z', 'q/old')], aliases: { 'p/old': 7 } });
  assert.equal(found.length, 1);
});

test('the example of the specification is accepted', () => {
  const manifest = parsed({
    $schema: './node_modules/dos-sync/schema.json',
    pairs: [
      pair('~/.claude/skills/Sentinel', 'Releases/v0.1.0/.claude/skills/Sentinel'),
      pair('Releases/v0.1.0/.claude/skills/{Name}', 'Packs/{Name}/src', { exclude: ['README.md', 'package.json'] }),
      pair('LICENSE', 'packages/{pkg}/LICENSE'),
    ],
    aliases: { 'Releases/v0.1.0/.claude/skills/Mem/mempalace_bridge.py': 'Packs/Mem/src/bridge.py' },
    live_only: ['~/.claude/skills/**/*.local.md'],
    submodule_only: ['Packs/*/src/LICENSE'],
  });
  assert.is(manifest.pairs.length, 3);
  assert.ok(manifest.pairs[0]?.a.outside);
  assert.equal(manifest.pairs[1]?.b.segments, ['Packs', { name: 'Name' }, 'src']);
});

test('all problems are reported at once, by line and column', () => {
  const source =
    '{\n  "pairs": [\n    { "a": "../x", "b": "C:\\\\y", "exlude": [] },\n    { "a": "ok" }\n  ],\n  "live_only": [""]\n}\n';
  assert.equal(problems(source), [
    '1:1 the required key "fix_direction" is missing',
    '3:12 "../x": .. in a path | write the path from the top level',
    '3:25 "C:\\\\y": a backslash | separate with / on every system',
    '3:34 the key "exlude" is unknown | did you mean "exclude"?',
    '4:5 the required key "b" is missing',
    '6:17 an empty path | name a file or a directory',
  ]);
});

test('each unknown key is named, wherever it is, with the nearest known one', () => {
  const source = [
    '{ "pairs": [ { "zonk": 1, "A": 2, "a": "a", "b": "b" }, { "a": "c", "b": "d", "excludes": [] } ],',
    '  "lives": [], "pear": [], "fixDirection": 1, "fix_direction": "live_to_submodule",',
    '  "aliases": [ { "a": "p", "b": "q", "reason": "x", "by": "y" }, { "r": { "b": "s", "exception": "z", "on": 1 } } ] }',
  ].join('\n');
  assert.equal(problems(source), [
    '1:16 the key "zonk" is unknown | known keys: a, b, exclude, with, own, name, note',
    '1:27 the key "A" is unknown | did you mean "a"?',
    '1:79 the key "excludes" is unknown | did you mean "exclude"?',
    '2:3 the key "lives" is unknown | known keys: $schema, pairs, aliases, live_only, submodule_only, fix_direction',
    '2:16 the key "pear" is unknown | known keys: $schema, pairs, aliases, live_only, submodule_only, fix_direction',
    '2:28 the key "fixDirection" is unknown | did you mean "fix_direction"?',
    '3:38 the key "reason" is unknown | known keys: a, b, exception, at, holds, digest, with, own, name, note',
    '3:53 the key "by" is unknown | did you mean "b"?',
    '3:103 the key "on" is unknown | did you mean "own"?',
  ]);
});

test('keys with the prefix x- are for other programs, wherever keys are; in a map of aliases they are paths', () => {
  const pairs = [pair('p', 'q', { 'x-team': 'docs' })];
  const manifest = parsed({ pairs, 'x-': 1, aliases: [{ a: 'r', b: 's', 'x-note': {} }] });
  assert.equal([manifest.pairs.length, manifest.aliases.length], [1, 1]);
  assert.is(parsed({ aliases: { 'x-ray.md': 'y.md' } }).aliases[0]?.a.text, 'x-ray.md');
});

test("a key of another program's manifest is refused with its equivalent", () => {
  const found = refused({ pack_pairs: [], native_workflows: [], pairs: [pair('p', 'q', { kind: 'dir' })] });
  assert.is(found.length, 3);
  for (const [at, words] of [
    '"kind" is unknown | remove it',
    '"pack_pairs" is unknown | write each of its entries into "pairs"',
    '"native_workflows" is unknown | write each of its entries into "pairs", as a pair of two files',
  ].entries()) {
    assert.match(found[at] ?? '', words);
  }
});

test('wrong types and missing keys are reported together', () => {
  const found = refused({ pairs: [{ a: 1, exclude: 'x' }, 'p', { b: ['q'] }], live_only: 'x', fix_direction: 'up' });
  assert.equal(
    found.map((each) => each.replace(/^\d+:/, '')),
    [
      '18 expected "live_to_submodule" or "submodule_to_live", not "up"',
      '32 the required key "b" is missing',
      '37 expected a string, not 1',
      '49 expected an array, not "x"',
      '54 expected an object, not "p"',
      '58 the required key "a" is missing',
      '63 expected a string, not an array',
      '83 expected an array, not "x"',
    ],
  );
});

test('other problems are reported together with comments and trailing commas', () => {
  const source = '{ // why\n  "pears": [],\n  "pairs": [],\n  "pairs": [],\n  "fix_direction": "live_to_submodule",\n}';
  assert.equal(
    problems(source).map((each) => each.split(':').slice(0, 2).join(':').slice(0, 40)),
    [
      '1:3 a comment',
      '2:3 the key "pears" is unknown | did you',
      '4:3 the key "pairs" appears twice in thi',
      '6:1 a trailing comma',
    ],
  );
});

test('comments and trailing commas are refused, because other programs read the file with JSON.parse', () => {
  const [comment] = problems('{\n  // why\n  "pairs": [], "fix_direction": "live_to_submodule" }');
  assert.match(comment ?? '', /^2:3 a comment: other programs read this file with JSON\.parse/);
  const [comma] = problems('{ "pairs": [\n  ],\n  "fix_direction": "live_to_submodule",\n}');
  assert.match(comma ?? '', /^4:1 a trailing comma: other programs read this file with JSON\.parse/);
});

test('not JSON, not UTF-8, or with a byte order mark', () => {
  assert.match(problems('')[0] ?? '', 'the file is empty');
  assert.match(problems('{ "pairs" [] }')[0] ?? '', /^1:\d+ not JSON/);
  assert.match(problems('{} {}')[0] ?? '', 'not JSON');
  assert.match(problems(Uint8Array.of(0x7b, 0xff, 0x7d))[0] ?? '', 'not UTF-8');
  assert.match(problems('\ufeff{}')[0] ?? '', 'byte order mark');
  assert.match(problems('[]')[0] ?? '', /^1:1 /);
  assert.match(problems('"x"')[0] ?? '', /^1:1 /);
});

test('more than 16 MiB, and nesting deeper than 16, are refused without a crash', () => {
  assert.match(problems(Buffer.alloc(16 * 1024 * 1024 + 1, ' '))[0] ?? '', 'larger than 16 MiB');
  assert.match(problems('['.repeat(200_000))[0] ?? '', /^1:17 objects and arrays are nested deeper than 16/);
  assert.match(problems('{"a":'.repeat(200_000))[0] ?? '', 'nested deeper than 16');
});

test('a duplicate key, at any depth', () => {
  const twice = '{ "pairs": [{ "a": "x", "a": "y", "b": "z" }],\n "fix_direction": "live_to_submodule", "pairs": [] }';
  assert.equal(problems(twice), [
    '1:25 the key "a" appears twice in this object | keep one of them',
    '2:40 the key "pairs" appears twice in this object | keep one of them',
  ]);
});

test('__proto__ is a key like any other', () => {
  assert.match(
    problems('{ "__proto__": 1, "pairs": [], "fix_direction": "live_to_submodule" }')[0] ?? '',
    '"__proto__" is unknown',
  );
  const result = parseManifest(
    Buffer.from('{"pairs":[],"aliases":{"__proto__":"x/y"},"fix_direction":"live_to_submodule"}'),
  );
  assert.ok(result.ok && result.manifest.aliases[0]?.a.text === '__proto__');
});

test('fix_direction is one of two', () => {
  assert.match(problems('{ "pairs": [], "fix_direction": "up" }')[0] ?? '', /^1:33 expected/);
});

const BAD_PATHS: readonly (readonly [path: string, message: string])[] = [
  ['', 'an empty path'],
  ['.', 'no path'],
  ['~', 'no path'],
  ['~/', 'no path'],
  ['../x', '.. in a path'],
  ['a/../../x', '.. in a path'],
  ['~/../x', '.. in a path'],
  ['/x', 'an absolute path'],
  ['//x', 'an absolute path'],
  ['C:\\x', 'a backslash'],
  ['a\\..\\x', 'a backslash'],
  ['C:/x', 'a drive letter'],
  ['c:x', 'a drive letter'],
  ['a\u0000b', 'a control character'],
  ['a\nb', 'a control character'],
  ['a\u0085b', 'a control character'],
  ['a\ud800b', 'lone surrogate'],
  ['a//b', 'nothing between two /'],
  ['a/./b', 'nothing between two /'],
  ['.git/hooks', "git's own directory"],
  ['x/.GIT/hooks', "git's own directory"],
  ['git~1/x', "git's own directory"],
  ['.git./x', "git's own directory"],
  ['.git . ./x', "git's own directory"],
  ['.g\u200cit/config', "git's own directory"],
  ['.git::$INDEX_ALLOCATION/x', "git's own directory"],
  ['x/*.md', '* or ? in a path'],
  ['x/a?', '* or ? in a path'],
  ['x/pre-{Name}', 'stands for a whole segment'],
];

for (const [path, message] of BAD_PATHS) {
  test(`refused as a side: ${JSON.stringify(path)}`, () => {
    const found = refused({ pairs: [pair(path, 'fine')] });
    assert.is(found.length, 1, found.join('\n'));
    assert.match(found[0] ?? '', message);
  });
}

test('harmless names that look dangerous are accepted', () => {
  for (const path of [
    '.gitignore',
    '.github',
    'x.git',
    'a b',
    '#x',
    'é',
    '{{slug}}/x',
    './x/y/',
    '~user/x',
    'con',
    'xy:z/w',
  ]) {
    assert.equal(refused({ pairs: [pair(path, 'fine')] }), [], path);
  }
});

test('globs follow the same rules, with wildcards', () => {
  assert.equal(refused({ live_only: ['**/*.md', '~/x/?', 'a/{b}', '[x]'] }), []);
  assert.match(refused({ live_only: ['../x'] })[0] ?? '', '.. in a path');
  assert.match(refused({ pairs: [pair('a', 'b', { exclude: ['~/x'] })] })[0] ?? '', '~/ in exclude');
});

test('aliases: three shapes, one meaning', () => {
  const wanted = [
    ['x/a', 'y/b', undefined],
    ['p', 'q', { reason: 'meant' }],
    ['r', 's', { reason: 'for now', at: [{ mode: '100644', oid: 'a'.repeat(40) }, null] }],
  ];
  const state = `100644 ${'a'.repeat(40)}`;
  const target = { b: 's', exception: 'for now', at: [state, null] };
  for (const aliases of [
    { 'x/a': 'y/b', p: { b: 'q', exception: 'meant' }, r: target },
    [
      { a: 'x/a', b: 'y/b' },
      { a: 'p', b: 'q', exception: 'meant' },
      { a: 'r', ...target },
    ],
    [{ 'x/a': 'y/b' }, { p: { b: 'q', exception: 'meant' } }, { r: target }],
  ]) {
    assert.equal(
      parsed({ aliases }).aliases.map(({ a, b, exception }) => [a.text, b.text, exception]),
      wanted,
    );
  }
});

const DIGEST = `sha256:${'0'.repeat(64)}`;

test('aliases: their problems', () => {
  const wrong: [unknown, string][] = [
    [{ a: { b: 'q', exception: ' ' } }, 'an exception without a reason'],
    [{ a: { b: 'q' } }, 'the required key "exception" is missing'],
    [{ a: { exception: 'x' } }, 'the required key "b" is missing'],
    [{ a: { b: 'q', exception: 'x', att: [] } }, 'the key "att" is unknown'],
    [{ a: { b: 'q', exception: 'x', at: ['100644 xyz', null] } }, 'is not [state, state]'],
    [{ a: { b: 'q', exception: 'x', at: [null] } }, 'is not [state, state]'],
    [[{ a: 'p', b: 'q', at: [null, null] }], '"at" belongs to an exception, but there is none'],
    [[{ a: 'p', b: 'q', holds: 'difference' }], '"holds" belongs to an exception, but there is none'],
    [{ a: { b: 'q', exception: 'x', holds: 'both' } }, '"holds" is neither "states" nor "difference"'],
    [{ a: { b: 'q', exception: 'x', holds: 'difference', digest: DIGEST } }, '"holds" needs "at"'],
    [{ a: { b: 'q', exception: 'x', holds: 'difference', at: [null, null] } }, 'needs "digest": "sha256:…"'],
    [{ a: { b: 'q', exception: 'x', digest: DIGEST, at: [null, null] } }, '"digest" without "holds": "difference"'],
    [{ a: { b: 'q', exception: 'x', own: ['front_matter'] } }, 'an exception without "at", and a rule'],
    [[{ a: 'p' }], 'the required key "b" is missing'],
    [[{ a: 'p', b: 'q', why: 1 }], 'the key "why" is unknown'],
    [[{ x: 'p', y: 'q' }], 'exactly one key'],
    [['x'], 'an element of aliases must be an object'],
    ['x', 'neither an object nor an array'],
    [{ a: 1 }, 'an alias must be a path or an object'],
    [{ '../a': 'b' }, '.. in a path'],
    [{ 'x/{Name}': 'y' }, 'a {Name} in an alias'],
    [{ 'x/*': 'y' }, '* or ? in a path'],
  ];
  for (const [aliases, message] of wrong) {
    const found = refused({ aliases });
    assert.ok(
      found.some((each) => each.includes(message)),
      `${JSON.stringify(aliases)}: ${found.join(' / ')}`,
    );
  }
});

test('pairs that cannot stand together', () => {
  const wrong: [object, string][] = [
    [{ pairs: [pair('x', 'x')] }, 'one side is inside the other'],
    [{ pairs: [pair('x', 'x/y')] }, 'one side is inside the other'],
    [{ pairs: [pair('x/y', 'x')] }, 'one side is inside the other'],
    [{ pairs: [pair('x', 'x/{A}/y')] }, 'one side is inside the other'],
    [{ pairs: [pair('live', 'release'), pair('release/f', '{A}/f')] }, 'a cycle: '],
    [{ pairs: [pair('x', '{A}/f'), pair('y', '{A}/f')] }, 'two sources for one target'],
    [{ pairs: [pair('f', '{A}/f'), pair('x', 'vendor')] }, 'could write'],
    [{ pairs: [pair('f', '{A}/f'), pair('g', '{A}/f/g')] }, 'could write'],
    [{ pairs: [pair('x', 'y'), pair('x', 'y/')] }, 'the same pair twice'],
    [{ pairs: [pair('x', 'y'), pair('y', 'x')] }, 'a cycle: '],
    [{ pairs: [pair('x', 'y'), pair('y', 'z'), pair('z', 'x')] }, 'a cycle: '],
    [{ pairs: [pair('x', 'y'), pair('y/deep', 'x/other')] }, 'a cycle: '],
    [{ pairs: [pair('x', 'z'), pair('y', 'z')] }, 'two sources for one target'],
    [{ pairs: [pair('x', 'z'), pair('y', 'z/deep')] }, 'could write'],
    [{ pairs: [pair('x', 'p/{N}/src'), pair('y', 'p/one/src/lib')] }, 'could write'],
    [{ pairs: [pair('x', 'z')], aliases: { y: 'z' } }, 'two sources for one target'],
    [{ pairs: [pair('x', '.dos-sync-manifest.json')] }, 'a side is the manifest itself'],
    [{ pairs: [pair('x/{A}', 'y/{B}')] }, 'the {Name}s of the two sides do not match'],
    [{ pairs: [pair('x/{A}', 'y')] }, 'the {Name}s of the two sides do not match'],
    [{ pairs: [pair('x', 'y/{A}')], fix_direction: 'submodule_to_live' }, 'many sources for one target'],
    [
      {
        pairs: [pair('x', 'y')],
        aliases: [
          { a: 'x/a', b: 'y/b' },
          { a: 'x/a', b: 'y/c' },
        ],
      },
      'another alias',
    ],
  ];
  for (const [manifest, message] of wrong) {
    const found = refused(manifest);
    assert.ok(
      found.some((each) => each.includes(message)),
      `${JSON.stringify(manifest)}: ${found.join(' / ')}`,
    );
  }
});

test('pairs that can coexist: stars, chains, nested sources, targets that exclude or an alias keeps apart', () => {
  const fine: object[] = [
    { pairs: [pair('x', 'y'), pair('x', 'z'), pair('x/deep', 'w')] },
    { pairs: [pair('release', 'pack'), pair('live', 'release')] },
    { pairs: [pair('x', 'z', { exclude: ['deep'] }), pair('y', 'z/deep')] },
    { pairs: [pair('x', 'z'), pair('y', 'z/f')], aliases: { 'x/f': 'z/g' } },
    { pairs: [pair('packages/core/LICENSE', 'packages/{pkg}/LICENSE')] },
    { pairs: [pair('x', 'z')], aliases: { 'x/f': { b: 'z/f', exception: 'meant' } } },
    { pairs: [pair('~/x', 'y'), pair('y', 'z')] },
  ];
  for (const manifest of fine) assert.equal(refused(manifest), [], JSON.stringify(manifest));
});

test('a {Name} at the start of a fan-out never puts it inside its source', () => {
  const fine: object[] = [
    { pairs: [pair('x.sh', '{version}/{variant}/x.sh')] },
    { pairs: [pair('x.sh', '{version}/{variant}/x.sh'), pair('y.sh', '{version}/{variant}/y.sh')] },
    { pairs: [pair('x.sh', '{version}/{variant}/x.sh'), pair('y.sh', '{version}/y.sh')] },
    { pairs: [pair('LICENSE', '{p}/LICENSE')] },
    { pairs: [pair('docs/LICENSE', '{p}/LICENSE')] },
    { pairs: [pair('LICENSE', '{a}/{b}/docs/LICENSE')] },
    { pairs: [pair('docs/LICENSE', '{a}/{b}/docs/LICENSE')] },
    { pairs: [pair('packages/LICENSE', 'packages/{p}/LICENSE')] },
    { pairs: [pair('docs/LICENSE', '{p}')] },
  ];
  for (const manifest of fine) assert.equal(refused(manifest), [], JSON.stringify(manifest));
});

test('a manifest of 100,000 pairs in a chain, a star and a row loads', () => {
  const many = Array.from({ length: 33_333 }, (_, at) => [
    pair(`chain/${at}`, `chain/${at + 1}`),
    pair('star', `stars/${at}/x`),
    pair(`row/${at}/a`, `row/${at}/b`),
  ]).flat();
  assert.equal(refused({ pairs: many }), []);
});

test.run();
