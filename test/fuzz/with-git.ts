// Properties with a second opinion: git's answer for the same paths, globs and index.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import { ObjectReader } from '../../src/git/objects.js';
import { pathFromText } from '../../src/git/path.js';
import { openRepository } from '../../src/git/repository.js';
import { checkStaged } from '../../src/judge/staged.js';
import { isOutOfSync } from '../../src/judge/types.js';
import { compileGlob } from '../../src/manifest/glob.js';
import { findPathProblem } from '../../src/manifest/path-rules.js';
import { readTree } from '../faults/oracle.js';
import { Repo } from '../support/repo.js';
import type { Property } from './pure.js';

async function withRepo(options: readonly string[], work: (repo: Repo) => void | Promise<void>): Promise<void> {
  const repo = new Repo(options);
  try {
    await work(repo);
  } finally {
    repo.remove();
  }
}

const NAMES = ['a', 'b', 'aa', 'ab', 'ba', '.a', 'a.b', '-', '!a', '#'];
const path = fc.array(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
// Not `a**`: git's manual calls these ordinary stars, but git 2.39 matches `a**/*` with `aa`.
const PATTERNS = ['*', '?', '**', 'a', 'b', '*a', 'a*', '?b', '*.*', '!a', '#', '-', 'a*b'];
const glob = fc.array(fc.constantFrom(...PATTERNS), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

/**
 * Our globs against git's exclude rules, in which a matching pattern also covers everything below
 * it.
 */
function compareGlobs(runs: number, seed: number): Promise<void> {
  return withRepo([], (repo) => {
    const property = fc.property(glob, fc.uniqueArray(path, { minLength: 5, maxLength: 40 }), (pattern, paths) => {
      writeFileSync(repo.path('.git/info/exclude'), `/${pattern}\n`);
      const answer = repo.run('git', ['check-ignore', '--no-index', '-z', '--stdin'], { input: paths.join('\0') });
      assert.ok(answer.code < 2, answer.stderr);
      const matches = compileGlob(pattern);
      const ours = paths.filter((each) => matches(pathFromText(each)));
      assert.equal(ours.sort(), answer.stdout.split('\0').filter(Boolean).sort(), pattern);
    });
    fc.assert(property, { numRuns: runs, seed });
  });
}

const PIECES = [
  'a',
  '.git',
  '.GIT',
  'git~1',
  '.git ',
  '.git.',
  '.g\u200cit',
  '.gi\u200dt',
  '\ufeff.git',
  'GIT~1',
  '..',
  'x',
];
const name = fc
  .array(fc.constantFrom(...PIECES, '.', ':', ' ', 'é', '/'), { minLength: 1, maxLength: 5 })
  .map((all) => all.join(''));

/** git accepts what our rules accept, with all its protections on. */
function compareRules(runs: number, seed: number): Promise<void> {
  return withRepo([], (repo) => {
    const oid = repo.run('git', ['hash-object', '-w', '--stdin']).stdout.trim();
    const protect = ['-c', 'core.protectHFS=true', '-c', 'core.protectNTFS=true', 'update-index'];
    for (const [at, text] of fc.sample(name, { numRuns: runs, seed }).entries()) {
      if (findPathProblem(text, 'glob') || text.startsWith('~') || /^\.\//.test(text) || text.endsWith('/')) continue;
      const answer = repo.tryGit(...protect, '--add', '--replace', '--cacheinfo', `100644,${oid},${text}`);
      assert.is(answer.code, 0, `${at} ${JSON.stringify(text)}: ${answer.stderr}`);
    }
  });
}

interface Slot {
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000';
  readonly content: number;
}

const FILES = [
  'live/a',
  'live/b',
  'live/c/d',
  'release/a',
  'release/b',
  'release/c/d',
  'one',
  'two',
  'other',
  'live/skip',
  'release/skip',
];
const slot = fc.record({
  path: fc.constantFrom(...FILES),
  mode: fc.constantFrom('100644', '100755', '120000'),
  content: fc.nat({ max: 2 }),
});
const tree = fc.uniqueArray(slot as fc.Arbitrary<Slot>, { selector: ({ path: at }) => at, maxLength: FILES.length });

/** The staged check against a plain comparison of `git ls-tree -r` for the resulting commit. */
async function compareVerdicts(runs: number, seed: number): Promise<void> {
  await withRepo([], async (repo) => {
    repo.manifest({
      pairs: [
        { a: 'live', b: 'release', exclude: ['skip'] },
        { a: 'one', b: 'two' },
      ],
    });
    const manifest = repo.git('hash-object', '-w', '.dos-sync-manifest.json').trim();
    const blobs = ['0', '1', '2'].map((content) =>
      repo.run('git', ['hash-object', '-w', '--stdin'], { input: content }).stdout.trim(),
    );
    const stage = (slots: readonly Slot[]) => {
      repo.git('read-tree', '--empty');
      const lines = slots.map((each) => `${each.mode} ${blobs[each.content]}\t${each.path}\0`);
      repo.run('git', ['update-index', '-z', '--index-info'], {
        input: [`100644 ${manifest}\t.dos-sync-manifest.json\0`, ...lines].join(''),
      });
      return repo.git('write-tree').trim();
    };
    const property = fc.asyncProperty(tree, tree, async (before, after) => {
      const base = stage(before);
      repo.git('update-ref', 'HEAD', repo.git('commit-tree', base, '-m', 'x').trim());
      const result = stage(after);
      assert.equal(await ours(repo), plain(repo, base, result));
    });
    await fc.assert(property, { numRuns: runs, seed });
  });
}

async function ours(repo: Repo): Promise<string[]> {
  const repository = await openRepository(repo.top);
  const objects = new ObjectReader(repository.git);
  try {
    const outcome = await checkStaged(repository, objects);
    const verdicts = outcome.kind === 'checked' ? outcome.verdicts.filter(isOutOfSync) : [];
    return verdicts.map(({ pair, status }) => `${status} ${pair.a} ${pair.b}`).sort();
  } finally {
    await objects.close();
  }
}

function plain(repo: Repo, base: string, result: string): string[] {
  const held = new Map<string, string>();
  for (const line of repo.git('ls-tree', '-r', '-z', result).split('\0').filter(Boolean)) {
    const [entry = '', at = ''] = line.split('\t');
    held.set(at, entry);
  }
  const touched = new Set(repo.git('diff-tree', '-r', '-z', '--name-only', base, result).split('\0').filter(Boolean));
  const pairs = [...new Set(FILES.map((each) => each.replace(/^(?:live|release)\//, '')))].flatMap((rest) => {
    if (rest === 'other' || rest === 'skip' || rest === 'two') return [];
    return [rest === 'one' ? ['one', 'two'] : [`live/${rest}`, `release/${rest}`]];
  });
  return pairs
    .filter(([a = '', b = '']) => (touched.has(a) || touched.has(b)) && held.get(a) !== held.get(b))
    .map(([a = '', b = '']) => `${held.has(a) ? (held.has(b) ? 'DRIFT' : 'MISSING_B') : 'MISSING_A'} ${a} ${b}`)
    .sort();
}

// Any valid file name on Linux.
const fileName = fc
  .uint8Array({ minLength: 1, maxLength: 40, min: 1 })
  .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0x2f ? 0x5f : byte))))
  .filter((bytes) => !/^\.\.?$/.test(bytes.toString('latin1')) && !/git/i.test(bytes.toString('latin1')));

/** A fix copies files of any name, byte for byte; nothing outside the repository changes. */
async function copyNames(runs: number, seed: number): Promise<void> {
  const AT_ONCE = 50;
  const sets = fc.uniqueArray(fileName, {
    selector: (bytes) => bytes.toString('latin1'),
    minLength: AT_ONCE,
    maxLength: AT_ONCE,
  });
  for (const names of fc.sample(sets, { numRuns: Math.ceil(runs / AT_ONCE), seed })) {
    await withRepo([], (repo) => {
      repo.manifest({ pairs: [{ a: 'repo/live', b: 'repo/release' }] });
      mkdirSync(repo.path('repo/live'), { recursive: true });
      for (const bytes of names)
        writeFileSync(Buffer.concat([Buffer.from(`${repo.path('repo/live')}/`), bytes]), bytes);
      repo.settle();
      const beside = JSON.stringify([...readTree(repo.top, ['.git', 'repo/release'])]);
      const { code, stderr } = repo.dosSync('fix');
      assert.is(code, 0, stderr);
      assert.equal(listed(repo.path('repo/release')), listed(repo.path('repo/live')));
      assert.is(JSON.stringify([...readTree(repo.top, ['.git', 'repo/release'])]), beside);
    });
  }
}

function listed(directory: string): string[] {
  const names = readdirSync(Buffer.from(directory), 'buffer');
  return names
    .map(
      (bytes) =>
        `${bytes.toString('hex')} ${readFileSync(Buffer.concat([Buffer.from(`${directory}/`), bytes]), 'hex')}`,
    )
    .sort();
}

export const WITH_GIT: readonly Property[] = [
  { name: "our glob and git's exclude rules", few: 60, run: compareGlobs },
  { name: 'a path that the rules accept, and git with all protections', few: 150, run: compareRules },
  { name: 'the staged verdict, and git ls-tree -r of the would-be commit', few: 15, run: compareVerdicts },
  { name: 'file names that a fix copies', few: 50, run: copyNames },
];
