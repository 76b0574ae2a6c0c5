// `add` declares what can be compared: a missing side is rejected with the name that was probably
// meant.

import { mkdirSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo, type Result } from '../support/repo.js';

const test = suite('git dos-sync add');
const MANIFEST = '.dos-sync-manifest.json';
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  for (const path of [
    'docs/x',
    'web/x',
    'skills/one/f',
    'packs/one/src/f',
    'packs/two/src/f',
    'LICENSE',
    'p/a/LICENSE',
  ]) {
    repo.write(path, '1\n');
  }
  repo.manifest({ pairs: [] }).settle();
});
test.after.each(() => repo.remove());

function added(): string[] {
  return JSON.parse(repo.read(MANIFEST)).pairs.map(({ a, b }: { a: string; b: string }) => `${a} -> ${b}`);
}

const REFUSED: readonly (readonly [string, readonly [string, string], readonly string[]])[] = [
  ['a typo', ['dcos', 'web'], ['dcos does not exist; did you mean docs?', 'dos-sync add docs web\n']],
  ['a typo on the other side', ['docs', 'wbe'], ['did you mean web?', 'dos-sync add docs web\n']],
  ['two typos', ['dcos', 'wbe'], ['did you mean docs?', 'did you mean web?', 'dos-sync add docs web\n']],
  ['a typo below a directory', ['docs/X', 'web/x'], ['did you mean docs/x?', 'add docs/x web/x\n']],
  ['a typo above', ['packs/oen/src', 'skills/one'], ['did you mean packs/one/src?']],
  ['a name that is elsewhere', ['src', 'skills/one'], ['did you mean packs/one/src?']],
  ['nothing like it', ['nowhere', 'web'], ['nowhere does not exist.\n']],
  [
    'neither side, and nothing like them',
    ['nowhere', 'nothing'],
    ['nowhere does not exist.', 'nothing does not exist.'],
  ],
  ['an outside side with a typo inside', ['~/live', 'wbe'], ['did you mean web?', 'add ~/live web\n']],
  ['a template with a typo', ['skills/{N}', 'pakcs/{N}/src'], ["add 'skills/{N}' 'packs/{N}/src'\n"]],
  ['a template without a match', ['LICENSE', 'p/{N}/LICENCE'], ['Nothing matches p/{N}/LICENCE.']],
  ['a template whose only match is its source', ['p/a/LICENSE', 'p/{N}/LICENSE'], ['has no copy.']],
  [
    'templates without a common name',
    ['docs/{N}', 'packs/{N}'],
    ['No name exists on both sides of docs/{N} -> packs/{N}.'],
  ],
];

test('refused, with the name that was probably meant; --missing declares it anyway', () => {
  const before = repo.state();
  for (const [what, [a, b], words] of REFUSED) {
    const { code, stderr } = repo.dosSync('add', a, b);
    assert.is(code, 2, `${what}: ${stderr}`);
    for (const each of words) assert.ok(stderr.includes(each), `${what}: ${stderr}`);
    assert.ok(stderr.includes('to declare it anyway:'), `${what}: ${stderr}`);
    assert.is(repo.state(), before, what);
  }
  assert.is(repo.dosSync('add', '--missing', 'nowhere', 'web').code, 0);
  assert.equal(added(), ['nowhere -> web']);
});

const ACCEPTED: readonly (readonly [string, readonly [string, string], (() => void)?])[] = [
  ['two directories', ['docs', 'web']],
  ['two files', ['docs/x', 'web/x']],
  ['a side that git does not know yet', ['docs', 'fresh'], () => repo.write('fresh/x', '1\n')],
  ['a side that git ignores', ['docs', 'dist'], () => repo.write('.gitignore', 'dist\n').write('dist/x', '1\n')],
  ['an empty directory beside one with files', ['docs', 'empty'], () => mkdirSync(repo.path('empty'))],
  ['a place outside, whether or not it is there', ['~/nowhere', 'docs']],
  ['templates with a common name', ['skills/{N}', 'packs/{N}/src']],
  ['a fan-out with a copy', ['LICENSE', 'p/{N}/LICENSE']],
  ['a link', ['docs/x', 'web/l'], () => symlinkSync('../docs/x', repo.path('web/l'))],
];

test('accepted: sides of every kind that can be compared', () => {
  for (const [what, [a, b], prepare] of ACCEPTED) {
    prepare?.();
    const { code, stderr } = repo.dosSync('add', a, b);
    assert.is(code, 0, `${what}: ${stderr}`);
    assert.equal(added(), [`${a} -> ${b}`], what);
    repo.git('checkout', '-q', '-f', 'HEAD', '--', MANIFEST);
  }
});

test('a file beside a directory is refused, also with --missing', () => {
  for (const sides of [
    ['docs', 'web/x'],
    ['docs/x', 'web'],
    ['skills/{N}', 'packs/{N}/src/f'],
  ] as const) {
    for (const flags of [[], ['--missing']]) {
      const { code, stderr } = repo.dosSync('add', ...flags, ...sides);
      assert.is(code, 2);
      assert.match(stderr, 'pairs a file with a directory');
    }
  }
  assert.equal(added(), []);
});

test('two empty directories are refused', () => {
  mkdirSync(repo.path('one'));
  mkdirSync(repo.path('two'));
  const { code, stderr } = repo.dosSync('add', 'one', 'two');
  assert.is(code, 2);
  assert.match(stderr, 'one contains no file.\ntwo contains no file.');
});

test('from a subdirectory, names are shown and printed as they are typed there', () => {
  const typed = (...args: string[]): Result => repo.run(process.execPath, [CLI, ...args], { cwd: 'docs' });
  const { stderr } = typed('add', 'y', '../web/x');
  assert.match(stderr, 'docs/y does not exist; did you mean docs/x?\n');
  const command = /dos-sync (add x .*)\n/.exec(stderr)?.[1] ?? '';
  assert.is(typed(...command.split(' ')).code, 0, command);
  assert.equal(added(), ['docs/x -> web/x']);
});

test('a side inside a submodule that is not checked out cannot be read, and passes', () => {
  const origin = new Repo();
  try {
    origin.write('x', '1\n').settle();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', origin.top, 'mod');
    repo.settle();
    assert.is(repo.dosSync('add', 'docs', 'mod/nowhere').code, 2);
    repo.git('submodule', '--quiet', 'deinit', '-f', 'mod');
    assert.is(repo.dosSync('add', 'docs', 'mod/nowhere').code, 0);
  } finally {
    origin.remove();
  }
});

test('--with, --own and --name are declared as the manifest has them, and the pair is judged by them', () => {
  repo.write('docs/x', 'Claude Code\n# Rule: a\n').write('web/x', 'Codex\n# Rule: b\n');
  const options = ['--with', 'Claude Code=Codex', '--own', 'lines=# Rule: ', '--own', 'from=<own>,to=</own>'];
  assert.is(repo.dosSync('add', 'docs', 'web', ...options, '--own', 'front_matter', '--name', 'the docs').code, 0);
  assert.match(
    repo.read(MANIFEST),
    '"with": [["Claude Code", "Codex"]], "own": [{ "lines": "# Rule: " }, { "from": "<own>", "to": "</own>" }, "front_matter"]',
  );
  assert.equal(JSON.parse(repo.read(MANIFEST)).pairs[0].name, 'the docs');
  assert.is(repo.dosSync('check').code, 0);
  repo.write('docs/x', 'Claude Code 2\n# Rule: a\n');
  assert.match(repo.dosSync('check').stdout, '(the docs)');
});

test('a word that is no part or no substitution is refused, and the options are printed again', () => {
  for (const [option, word, said] of [
    ['--with', 'Claude', "--with 'Claude Code=Codex'"],
    ['--with', '=x', 'has no words of side a'],
    ['--own', 'header', 'it is one of front_matter'],
    ['--own', 'first_lines=0', 'is not a part of a file'],
  ] as const) {
    const { code, stderr } = repo.dosSync('add', 'docs', 'web', option, word);
    assert.is(code, 2, stderr);
    assert.ok(stderr.includes(said), stderr);
  }
  const { stderr } = repo.dosSync('add', 'dcos', 'web', '--own', 'lines=# Rule: ');
  assert.ok(stderr.includes("add docs web --own 'lines=# Rule: '\n"), stderr);
});

test.run();
