// Commands that edit the manifest stage it if that stages nothing else; otherwise they say why not,
// and print the command.

import { chmodSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo, type Result } from '../support/repo.js';

const test = suite('staging the manifest');
const MANIFEST = '.dos-sync-manifest.json';
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.write('docs/x', '1\n').write('web/x', '1\n');
  for (const [at, name] of ['types.ts', 'routes.ts', 'errors.ts'].entries()) {
    for (const side of ['api', 'app']) repo.write(`${side}/${name}`, `export const line${at} = ${at};\n`.repeat(9));
  }
  repo.git('add', '-A');
  repo.git('commit', '-q', '-m', 'files');
});
test.after.each(() => repo.remove());

/** The declared pairs of a manifest, by key. */
function pairsOf(text: string): string[] {
  return JSON.parse(text).pairs.map(({ a, b }: { a: string; b: string }) => `${a} -> ${b}`);
}

function commit(...args: string[]): Result {
  return repo.tryGit('commit', '-q', '-m', 'next', ...args);
}

/** Each printed command on a separate line, indented two levels. */
function printed({ stdout }: Result): string[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => line.trim());
}

/** Runs the printed commands; the staged manifest then equals the one in the working tree. */
function leadsOn(result: Result, cwd = '.'): void {
  const [command = ''] = printed(result);
  assert.is(repo.run('sh', ['-c', command], { cwd }).code, 0, command);
  assert.is(repo.show(`:${MANIFEST}`), repo.read(MANIFEST));
}

test('init, add and install: the next commit of one side is blocked', () => {
  for (const args of [['init'], ['add', 'docs', 'web'], ['install', '--native']]) {
    assert.is(repo.dosSync(...args).code, 0);
  }
  assert.equal(pairsOf(repo.show(`:${MANIFEST}`)), ['docs -> web']);
  repo.write('docs/x', '2\n').git('add', 'docs');
  const { code, stderr } = commit();
  assert.is(code, 1, stderr);
  repo.write('web/x', '2\n').git('add', 'web');
  assert.is(commit().code, 0);
});

test('undo reverts what add and init wrote, in the index too', () => {
  repo.dosSync('init');
  const before = repo.state();
  repo.dosSync('add', 'docs', 'web');
  assert.is(repo.dosSync('undo').code, 0);
  assert.is(repo.state(), before);
});

test('init stages an untracked manifest, and fails on a tracked one', () => {
  repo.manifest({ pairs: [{ a: 'docs', b: 'web' }] });
  const text = repo.read(MANIFEST);
  const { code, stdout } = repo.dosSync('init');
  assert.is(code, 0);
  assert.match(stdout, 'already existed\n  it is staged');
  assert.equal([repo.read(MANIFEST), repo.show(`:${MANIFEST}`)], [text, text]);
  assert.is(repo.dosSync('init').code, 2);
});

test('add stages a manifest that is intent-to-add', () => {
  repo.manifest({ pairs: [] }).git('add', '-N', MANIFEST);
  assert.match(repo.dosSync('add', 'docs', 'web').stdout, 'it is staged');
  assert.equal(pairsOf(repo.show(`:${MANIFEST}`)), ['docs -> web']);
});

test('unstaged edits stay unstaged: add, accept, accept --all, discover --write', () => {
  repo.manifest({ pairs: [{ a: 'docs', b: 'web' }] }).settle();
  const staged = repo.show(`:${MANIFEST}`);
  for (const args of [
    ['add', 'api', 'app'],
    ['accept', 'web/x', '--reason', 'its own'],
    ['accept', '--all', '--reason', 'its own'],
    ['discover', '--write', '1'],
  ]) {
    repo.git('checkout', '-q', '--', MANIFEST, 'web');
    repo.write(MANIFEST, repo.read(MANIFEST).replace('{', '{ ')).write('web/x', 'own\n');
    const result = repo.dosSync(...args);
    assert.is(result.code, 0, result.stderr);
    assert.match(
      result.stdout,
      'it is not staged, because it had unstaged edits; the hooks ignore it until you stage it:',
    );
    assert.equal(printed(result), [`git add ${MANIFEST}`]);
    assert.is(repo.show(`:${MANIFEST}`), staged);
    leadsOn(result);
    repo.git('reset', '-q');
  }
});

test('accept --all and discover --write stage a manifest without other edits', () => {
  repo
    .manifest({ pairs: [{ a: 'docs', b: 'web' }] })
    .write('web/x', 'own\n')
    .settle();
  assert.match(repo.dosSync('accept', '--all', '--reason', 'its own').stdout, 'it is staged');
  assert.is(JSON.parse(repo.show(`:${MANIFEST}`)).aliases.length, 1);
  assert.match(repo.dosSync('discover', '--write', '1').stdout, 'it is staged');
  assert.equal(pairsOf(repo.show(`:${MANIFEST}`)).length, 2);
  assert.is(repo.show(`:${MANIFEST}`), repo.read(MANIFEST));
});

test('discover --write starts a manifest, and stages it', () => {
  assert.match(repo.dosSync('discover', '--all', '--write', '1').stdout, 'it is staged');
  assert.is(repo.show(`:${MANIFEST}`), repo.read(MANIFEST));
});

const MARKS: readonly (readonly [string, () => void, string, string])[] = [
  [
    'ignored',
    () => {
      repo.write('.gitignore', '.*.json\n');
      repo.manifest({ pairs: [] });
    },
    'because git ignores it (.gitignore)',
    `git add -f ${MANIFEST}`,
  ],
  [
    'assume-unchanged',
    () => {
      repo.manifest({ pairs: [] }).settle();
      repo.git('update-index', '--assume-unchanged', MANIFEST);
    },
    'because it is marked assume-unchanged',
    `git update-index --no-assume-unchanged ${MANIFEST} && git add ${MANIFEST}`,
  ],
  [
    'skip-worktree',
    () => {
      repo.manifest({ pairs: [] }).settle();
      repo.git('update-index', '--skip-worktree', MANIFEST);
    },
    'because it is marked skip-worktree',
    `git update-index --no-skip-worktree ${MANIFEST} && git add --sparse ${MANIFEST}`,
  ],
];

for (const [what, prepare, why, command] of MARKS) {
  test(`a manifest that is ${what}: add says that it is not staged, and the command leads on`, () => {
    prepare();
    repo.hooks();
    const result = repo.dosSync('add', 'docs', 'web');
    assert.match(result.stdout, `it is not staged, ${why}`);
    assert.equal(printed(result), [command]);
    repo.write('docs/x', '2\n').git('add', 'docs');
    const { code, stderr } = commit();
    assert.is(code, 0);
    assert.match(stderr, `(docs -> web): ${command}\n`);
    leadsOn(result);
    assert.equal(pairsOf(repo.show(`:${MANIFEST}`)), ['docs -> web']);
  });
}

test('an ignored but tracked manifest is staged', () => {
  repo.write('.gitignore', '.*.json\n').manifest({ pairs: [] }).git('add', '-f', MANIFEST);
  assert.match(repo.dosSync('add', 'docs', 'web').stdout, 'it is staged');
});

test('from a subdirectory, the printed command works there', () => {
  repo.write('.gitignore', '.*.json\n').manifest({ pairs: [] });
  const result = repo.run(process.execPath, [`${process.cwd()}/dist/cli.js`, 'add', 'x', '../web/x'], { cwd: 'docs' });
  assert.equal(printed(result), [`git add -f ../${MANIFEST}`]);
  leadsOn(result, 'docs');
});

test('a manifest that git has and the working tree lacks is reported, with the command that restores it', () => {
  repo.manifest({ pairs: [] }).settle();
  const verbs = [['init'], ['add', 'docs', 'web'], ['check'], ['discover', '--write', '1'], ['trust']];
  repo.delete(MANIFEST);
  for (const args of verbs) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2);
    assert.match(stderr, 'was deleted in the working tree; git still has it in the index.');
    assert.match(stderr, `git restore :/${MANIFEST}`);
  }
  repo.git('sparse-checkout', 'set', '--no-cone', 'docs');
  for (const args of verbs) assert.match(repo.dosSync(...args).stderr, 'sparse checkout (skip-worktree) keeps it out');
  repo.git('restore', '--ignore-skip-worktree-bits', `:/${MANIFEST}`);
  assert.ok(repo.exists(MANIFEST));
});

test('a manifest that is a link, a directory or unreadable JSON: nothing is written', () => {
  repo.write('elsewhere.json', '{ "pairs": [], "fix_direction": "live_to_submodule" }\n');
  symlinkSync('elsewhere.json', repo.path(MANIFEST));
  for (const args of [['init'], ['add', 'docs', 'web'], ['check']]) {
    const { code, stderr } = repo.dosSync(...args);
    assert.is(code, 2);
    assert.match(stderr, 'is a symbolic link, not a regular file');
  }
  repo.delete(MANIFEST);
  repo.write(`${MANIFEST}/x`, '');
  assert.match(repo.dosSync('init').stderr, 'is a directory or a submodule, not a regular file');
  repo.delete(MANIFEST);
  repo.write(MANIFEST, '{ // why\n}');
  assert.match(repo.dosSync('init').stderr, '3 problems');
  chmodSync(repo.path(MANIFEST), 0o644);
});

test.run();
