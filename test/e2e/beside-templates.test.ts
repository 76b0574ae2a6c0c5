// What touches a pair with a {Name}: not a plain file in place of a directory; a link or a
// submodule only one instance.

import { symlinkSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Repo } from '../support/repo.js';

const test = suite('beside templates');
let template: Repo;
let repo: Repo;

// packages/web and skills/old are out of sync from the start; a commit that does not touch them is
// not responsible.
test.before(() => {
  template = new Repo();
  template.manifest({
    pairs: [
      { a: 'LICENSE', b: 'packages/{pkg}/LICENSE' },
      { a: 'skills/{Name}', b: 'packs/{Name}/src' },
    ],
  });
  template.write('LICENSE', 'MIT\n').write('packages/api/LICENSE', 'MIT\n').write('packages/web/LICENSE', 'OLD\n');
  template.write('skills/one/f', '1\n').write('packs/one/src/f', '1\n').write('packs/README.md', 'hi\n');
  template.write('skills/old/f', '1\n').write('packs/old/src/f', '2\n').write('packages/README.md', 'hi\n');
  template.settle();
  template.hooks();
});
test.before.each(() => {
  repo = template.copy();
});
test.after.each(() => repo.remove());
test.after(() => template.remove());

function passes(): void {
  repo.git('add', '-A');
  assert.equal(repo.tryGit('commit', '-q', '-m', 'next'), { code: 0, stdout: '', stderr: '' });
}

function blocked(words: string): void {
  repo.git('add', '-A');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, words);
}

test('a plain file, edited, deleted and created, touches nothing', () => {
  repo.write('packages/README.md', 'more\n').write('packs/README.md', 'more\n').write('packages/new.txt', '1\n');
  passes();
  repo.delete('packages/README.md');
  repo.delete('packs/README.md');
  passes();
});

test('a plain file becomes a link, a link becomes a directory, and is deleted: only that instance is touched', () => {
  repo.delete('packages/README.md');
  symlinkSync('../packs', repo.path('packages/README.md'));
  symlinkSync('api', repo.path('packages/latest'));
  passes();
  repo.delete('packages/latest');
  repo.write('packages/latest/LICENSE', 'MIT\n');
  passes();
  repo.delete('packages/README.md');
  passes();
  repo.write('packages/latest/LICENSE', 'BSD\n');
  blocked('packages/latest/LICENSE');
});

test('a submodule beside them is the only instance that is read', () => {
  const origin = new Repo().write('LICENSE', 'MIT\n');
  origin.settle();
  repo.git('submodule', '--quiet', 'add', origin.top, 'packages/sub');
  passes();
  origin.write('LICENSE', 'BSD\n').settle();
  repo.git('-C', 'packages/sub', 'pull', '-q');
  blocked('packages/sub/LICENSE');
  origin.remove();
});

test('a directory above the instances that becomes a link is read whole', () => {
  repo.git('mv', 'packages', 'elsewhere');
  symlinkSync('elsewhere', repo.path('packages'));
  repo.git('add', '-A');
  const { code, stderr } = repo.tryGit('commit', '-q', '-m', 'next');
  assert.is(code, 1, stderr);
  assert.match(stderr, 'packages is a symlink');
});

test('names at the top: every match at its depth is a copy, but not the source, nor a directory of its name', () => {
  repo.manifest({ pairs: [{ a: 'docs/LICENSE', b: '{p}/LICENSE' }] });
  repo.write('docs/LICENSE', 'MIT\n').write('one/LICENSE', 'MIT\n').write('two/LICENSE', 'OLD\n');
  repo.write('three/LICENSE/MIT.txt', '1\n').write('file', '1\n');
  repo.settle();
  const rows = () => {
    const { files } = JSON.parse(repo.dosSync('check', '--json').stdout) as { files: { b: string; status: string }[] };
    return files.map(({ b, status }) => `${b}: ${status}`).sort();
  };
  assert.equal(rows(), ['one/LICENSE: SYNCED', 'two/LICENSE: DRIFT']);
  repo.write('file', '2\n').write('three/LICENSE/MIT.txt', '2\n');
  passes();
  repo.write('docs/LICENSE', 'MIT 2\n').write('one/LICENSE', 'MIT 2\n');
  blocked('two/LICENSE');
  repo.manifest({ pairs: [{ a: 'LICENSE', b: '{a}/{b}/docs/LICENSE' }] });
  repo.write('one/x/docs/LICENSE', 'MIT\n').write('docs/LICENSE', '1\n').settle();
  assert.equal(rows(), ['one/x/docs/LICENSE: SYNCED']);
});

test.run();
