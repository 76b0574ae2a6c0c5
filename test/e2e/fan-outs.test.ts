import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('directory fan-outs, and copies that exclude keeps out');
let repo: Repo;

test.before.each(() => {
  repo = new Repo();
  for (const place of ['shared/cfg', 'p/one/cfg', 'p/two/cfg']) {
    repo.write(`${place}/lint.json`, 'lint\n').write(`${place}/sub/rules.json`, 'rules\n');
  }
});
test.after.each(() => repo.remove());

function declare(exclude: readonly string[] = []): void {
  repo.manifest({ pairs: [{ a: 'shared/cfg', b: 'p/{name}/cfg', ...(exclude.length > 0 && { exclude }) }] });
  repo.settle();
  repo.hooks();
}

function commit(): { readonly code: number; readonly stderr: string } {
  repo.git('add', '-A');
  return repo.tryGit('commit', '-qm', 'change');
}

test('every directory that matches is a copy, file by file', () => {
  declare();
  assert.match(repo.dosSync('check').stdout, 'in sync: 4 identical');
  repo.write('shared/cfg/lint.json', 'lint, edited\n');
  const { code, stderr } = commit();
  assert.is(code, 1);
  assert.match(stderr, 'p/one/cfg/lint.json');
  assert.match(stderr, 'p/two/cfg/lint.json');
});

test('below a copy a file can be missing; a place without the directory lacks nothing', () => {
  repo.write('p/three/main.ts', 'own\n');
  declare();
  repo.delete('p/one/cfg/sub/rules.json');
  assert.is(commit().code, 1);
  assert.match(repo.dosSync('check').stdout, '3 identical, 0 drifted, 1 missing');
  repo.write('p/one/cfg/sub/rules.json', 'rules\n');
  repo.delete('p/two/cfg');
  assert.is(commit().code, 0);
  assert.match(repo.dosSync('check').stdout, 'in sync: 2 identical');
});

test('a new file in the source is missing in every copy, and a fix creates it', () => {
  declare();
  repo.write('shared/cfg/new.json', 'new\n');
  assert.is(commit().code, 1);
  repo.dosSync('fix', '--staged');
  assert.is(commit().code, 0);
  assert.is(repo.show('HEAD:p/two/cfg/new.json'), 'new\n');
});

test('a file in place of a copy is not a copy, and touches nothing', () => {
  declare();
  repo.write('p/three/cfg', 'a file\n').write('p/README.md', 'beside the copies\n');
  assert.is(commit().code, 0);
  assert.is(repo.dosSync('check').code, 0);
});

test('a new directory that matches is a copy from its first commit on', () => {
  declare();
  repo.write('p/three/cfg/lint.json', 'lint\n');
  assert.is(commit().code, 1);
  repo.write('p/three/cfg/sub/rules.json', 'rules\n');
  assert.is(commit().code, 0);
});

test('exclude by place leaves out a copy, or one file of it; relative, a name in all copies', () => {
  repo.write('p/own/cfg/lint.json', 'its own\n').write('p/two/cfg/sub/rules.json', 'other rules\n');
  repo.write('p/one/cfg/local.json', 'here alone\n');
  declare(['p/own/**', 'p/two/cfg/sub/rules.json', 'local.json']);
  assert.match(repo.dosSync('check').stdout, 'in sync: 3 identical');
  repo.write('p/own/cfg/lint.json', 'its own, edited\n').write('p/two/cfg/local.json', 'another\n');
  assert.is(commit().code, 0);
  repo.write('p/two/cfg/lint.json', 'guarded all the same\n');
  assert.is(commit().code, 1);
});

test('an excluded path may have another source', () => {
  repo.write('other.json', 'its own\n').write('p/own/cfg/lint.json', 'its own\n');
  const fanOut = { a: 'shared/cfg/lint.json', b: 'p/{name}/cfg/lint.json' };
  const other = { a: 'other.json', b: 'p/own/cfg/lint.json' };
  repo.manifest({ pairs: [fanOut, other] });
  assert.match(repo.dosSync('check').stderr, /two sources for one target|could write/);
  repo.manifest({ pairs: [{ ...fanOut, exclude: ['p/own/**'] }, other] });
  repo.settle();
  assert.match(repo.dosSync('check').stdout, 'in sync: 3 identical');
});

test.run();
