// `check` of a whole working tree against a second opinion: git hashes every file, over random
// changes of every kind.

import { chmodSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('check of everything');
const ROUNDS = 8;
const DIRECTORIES = ['', 'd', 'd/e', 'd/e/f', 'g', 'h'];
const NAMES = ['1', '2', '3', 'x y', 'é'];
let repo: Repo;
let seed = 20251126;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }], live_only: ['live/h'] });
  for (const directory of DIRECTORIES) {
    for (const name of NAMES) {
      for (const side of ['live', 'release']) repo.write(join(side, directory, name), `${directory} ${name}\n`);
    }
  }
  repo.settle();
});
test.after.each(() => repo.remove());

function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) % below;
}

function pick<Item>(items: readonly Item[]): Item {
  return items[random(items.length)] as Item;
}

/** One change of a file: its content, its kind or its index entry. */
function changeOne(path: string): void {
  const file = repo.path(path);
  if (!existsSync(file) || lstatSync(file).isDirectory()) return;
  const staged = () => {
    writeFileSync(file, 'staged\n');
    repo.git('add', path);
  };
  const kinds: readonly (() => unknown)[] = [
    () => writeFileSync(file, `${random(3)}\n`),
    () => rmSync(file),
    () => chmodSync(file, 0o755),
    () => {
      rmSync(file);
      symlinkSync('2', file);
    },
    () => {
      rmSync(file);
      repo.write(`${path}/inner`, 'new\n');
    },
    () => repo.write(`${path}.new`, 'new\n'),
    staged,
    () => {
      staged();
      writeFileSync(file, 'then edited\n');
    },
    () => repo.git('rm', '-q', '--cached', '-f', path),
    () => repo.write(`${path}.meant`, 'meant\n').git('add', '-N', `${path}.meant`),
    () => repo.write('.gitignore', '*.ignored\n').write(`${path}.ignored`, 'ignored\n'),
  ];
  pick(kinds)();
}

/**
 * The blob that git would store for each file that it tracks or would add, by its path below the
 * side.
 */
function filesOf(side: string): Map<string, string> {
  const listed = repo.git('ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', side).split('\0');
  const files = listed.filter((path) => path !== '' && isFile(path));
  const states = files.map((path): [string, string] => {
    const stat = lstatSync(repo.path(path));
    const state = stat.isSymbolicLink() ? 'link' : `${stat.mode & 0o100} ${readFileSync(repo.path(path), 'hex')}`;
    return [path.slice(side.length + 1), state];
  });
  return new Map(states);
}

function isFile(path: string): boolean {
  try {
    return !lstatSync(repo.path(path)).isDirectory();
  } catch {
    return false;
  }
}

function expected(): string {
  const [live, release] = [filesOf('live'), filesOf('release')];
  let [identical, drifted, missing] = [0, 0, 0];
  for (const path of new Set([...live.keys(), ...release.keys()])) {
    const [one, other] = [live.get(path), release.get(path)];
    if (one !== undefined && one === other) identical += 1;
    else if (one !== undefined && other !== undefined) drifted += 1;
    else if (one === undefined || !path.startsWith('h/')) missing += 1;
  }
  return `${identical} identical, ${drifted} drifted, ${missing} missing`;
}

test('the counts equal those of hashing every file, with and without rows', () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let changes = random(7); changes > 0; changes -= 1) {
      changeOne(join(pick(['live', 'release']), pick(DIRECTORIES), pick(NAMES)));
    }
    const wanted = expected();
    const { code, stdout: counts, stderr } = repo.dosSync('check');
    const told = `${round}: ${wanted}\n${repo.status()}${counts}${stderr}`;
    if (code === 2) {
      // A link beside a directory cannot be counted; the message names it.
      assert.match(stderr, / is a symlink, and /, told);
      repo.git('reset', '-q', '--hard');
      repo.git('clean', '-qfdx');
      continue;
    }
    assert.match(counts, wanted, told);
    const { stdout } = repo.dosSync('check', '--json');
    const json = JSON.parse(stdout) as Record<string, number>;
    assert.is(
      `${json['total_identical']} identical, ${json['total_drift']} drifted, ${json['total_missing']} missing`,
      wanted,
      told,
    );
    if (random(2) === 0) repo.settle();
  }
});

test('no file that git knows to be unchanged is read', () => {
  repo.git('update-index', '-q', '--really-refresh');
  const trace = repo.path('.git/trace');
  repo.env['GIT_TRACE'] = trace;
  assert.match(repo.dosSync('check').stdout, 'in sync: 30 identical');
  repo.write('live/1', 'edited\n').write('release/1', 'edited\n');
  rmSync(trace);
  assert.match(repo.dosSync('check').stdout, 'in sync: 30 identical');
  const calls = readFileSync(trace, 'utf8');
  assert.is(calls.match(/built-in: git status/g)?.length, 1, calls);
  assert.is(calls.match(/built-in: git hash-object/g)?.length, 1, calls);
  const entries = calls.split('\n').filter((line) => /ls-files|diff-files|diff-index/.test(line));
  assert.ok(
    entries.every((line) => line.trimEnd().endsWith('-- .dos-sync-manifest.json')),
    entries.join('\n'),
  );
});

test.run();
