// The working tree and the index with the same content give the same answer.

import { chmodSync, symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('one answer for one content');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
});
test.after.each(() => repo.remove());

/** The content of both sides of a file, and how it differs. */
const SIDES: Readonly<Record<string, () => void>> = {
  equal: () => both('equal', '1\n', '1\n'),
  differs: () => both('differs', '1\n', '2\n'),
  empty: () => both('empty', '', ''),
  'line ends.txt': () => both('line ends.txt', '1\r\n2\r\n', '1\n2\n'),
  'raw.bin': () => both('raw.bin', '1\r\n\0', '1\n\0'),
  executable: () => {
    both('executable', '1\n', '1\n');
    chmodSync(repo.path('live/executable'), 0o755);
  },
  'live alone': () => repo.write('live/live alone', '1\n'),
  'release alone': () => repo.write('release/release alone', '1\n'),
  'é\n"x"': () => both('é\n"x"', '1\n', '2\n'),
  link: () => {
    repo.write('live/link', '1\n');
    symlinkSync('../live/link', repo.path('release/link'));
  },
  'link elsewhere': () => {
    repo.write('live/link elsewhere', '1\n');
    symlinkSync('nowhere', repo.path('release/link elsewhere'));
  },
  'link and link': () => {
    for (const side of ['live', 'release']) symlinkSync('nowhere', repo.path(`${side}/link and link`));
  },
};

function both(name: string, live: string, release: string): void {
  repo.write(`live/${name}`, live).write(`release/${name}`, release);
}

function answers(...scope: string[]): string[] {
  const { stdout, stderr } = repo.dosSync('check', '--json', ...scope);
  assert.is.not(stdout, '', stderr);
  const { files } = JSON.parse(stdout) as { files: { relative_path: string; status: string; reason?: string }[] };
  return files.map(({ relative_path, status, reason = '' }) => `${relative_path}: ${status} ${reason}`).sort();
}

for (const [setting, value] of [
  ['core.fileMode', 'true'],
  ['core.fileMode', 'false'],
  ['core.autocrlf', 'input'],
] as const) {
  test(`the working tree, the same staged, and the same committed are judged alike (${setting} = ${value})`, () => {
    repo.git('config', setting, value);
    repo.write('.gitattributes', '*.txt text=auto\n*.bin -text\n').write('live/x', '1\n').write('release/x', '1\n');
    repo.settle();
    for (const make of Object.values(SIDES)) make();
    repo.git('add', '-A');
    const staged = answers('--staged');
    assert.ok(staged.some((row) => row.includes('DRIFT')) && staged.length > Object.keys(SIDES).length / 2);
    assert.equal(answers(), staged);
    repo.git('commit', '-q', '--no-verify', '-m', 'all of it');
    assert.equal(answers('--commit', 'HEAD'), staged);
    assert.equal(answers(), staged);
  });
}

test.run();
