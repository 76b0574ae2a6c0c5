// Under husky with lint-staged and nano-staged: the check comes after the formatters, and uninstall
// restores every byte.

import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import * as assert from 'uvu/assert';
import { blockedThenFixed, bytesOf, commitAll, free, problems, suiteOfManaged } from '../support/managed.js';
import { mustRun, sh } from '../support/package.js';

const test = suiteOfManaged('lint-staged and nano-staged');

/** A formatter: everything in capitals. */
const FORMAT = `import { readFileSync, writeFileSync } from 'node:fs';
for (const file of process.argv.slice(2)) writeFileSync(file, readFileSync(file, 'utf8').toUpperCase());
`;

/** What husky itself writes: its directory, and core.hooksPath. */
function withoutHusky(bytes: readonly string[]): readonly string[] {
  return bytes.filter((line) => !/ \.\/(?:.*\/)?\.husky\/_\/| \.git\/config /.test(line));
}

const FORMATTERS = [
  { name: 'lint-staged@17', node: 24, config: { 'lint-staged': { '*.md': 'node format.mjs' } } },
  { name: 'nano-staged@1', node: 24, config: { 'nano-staged': { '*.md': 'node format.mjs' } } },
] as const;

for (const { name, node, config } of FORMATTERS) {
  test(`${name} on Node ${node}: the line comes after it, and sees what it has formatted`, ({ repo, add, peer }) => {
    const runtime = `node-${process.platform}-${process.arch}`;
    repo.env['PATH'] = [join(peer(`${runtime}@${node}`), runtime, 'bin'), process.env['PATH']].join(delimiter);
    repo.write('package.json', `${JSON.stringify({ name: 'x', private: true, ...config }, null, 2)}\n`);
    add(['husky@9', name]);
    const command = `npx ${name.replace(/@.*/, '')}\n`;
    repo.write('.husky/pre-commit', command).write('format.mjs', FORMAT);
    mustRun(repo, 'npx husky');
    const before = bytesOf(repo);
    mustRun(repo, 'npx --no dos-sync install');
    assert.match(repo.read('.husky/pre-commit'), `${command}dos-sync-hook pre-commit `);
    commitAll(repo);
    repo.write('docs/api.md', 'abc\n').write('web/api.md', 'ABC\n');
    mustRun(repo, 'git commit -qam "equal once formatted"');
    assert.is(repo.show('HEAD:docs/api.md'), 'ABC\n');
    blockedThenFixed(repo);
    mustRun(repo, 'npx --no dos-sync uninstall');
    assert.equal(bytesOf(repo), before);
    free(repo);
  });
}

test('husky with lint-staged: the line comes after it; a fresh clone and a worktree have hooks after npm ci', ({
  repo,
  add,
}) => {
  add(['husky@9', 'lint-staged@16']);
  repo.write('.husky/pre-commit', 'npx lint-staged\n');
  repo.write('lint-staged.config.mjs', "export default { '*.md': 'node format.mjs' };\n");
  repo.write('format.mjs', FORMAT);
  const before = bytesOf(repo);
  mustRun(repo, 'npx --no dos-sync install && npm run --silent prepare');
  assert.match(repo.read('.husky/pre-commit'), /^npx lint-staged\ndos-sync-hook pre-commit /);
  commitAll(repo);
  assert.equal(problems(repo), []);
  // The formatter makes both sides equal, so only a check after it sees what is committed.
  repo.write('docs/api.md', 'abc\n').write('web/api.md', 'ABC\n');
  mustRun(repo, 'git commit -qam "equal once formatted"');
  assert.is(repo.show('HEAD:docs/api.md'), 'ABC\n');
  blockedThenFixed(repo);

  mustRun(repo, 'git clone -q . clone && cd clone && npm ci --no-fund --no-audit --loglevel=error');
  repo.git('-C', 'clone', 'config', 'alias.dos-sync', '!npx --no dos-sync');
  blockedThenFixed(repo, 'clone');
  rmSync(repo.path('clone'), { recursive: true });

  mustRun(repo, 'git worktree add -q tree');
  assert.match(problems(repo).join('\n'), 'husky’s .husky/_ is missing in');
  mustRun(repo, 'cd tree && npm ci --no-fund --no-audit --loglevel=error');
  assert.equal(problems(repo), []);
  blockedThenFixed(repo, 'tree');
  mustRun(repo, 'git worktree remove --force tree');

  mustRun(repo, 'npx --no dos-sync uninstall');
  assert.equal(withoutHusky(bytesOf(repo)), withoutHusky(before));
  free(repo);
});

test('lint-staged with dosSync: the pair is checked after formatters ran, and a failure restores the staged files', ({
  repo,
  add,
}) => {
  add(['husky@9', 'lint-staged@16']);
  repo.write('.husky/pre-commit', 'npx lint-staged\n');
  const config = `import { dosSync } from 'dos-sync/lint-staged';
export default dosSync({
  '*.md': ['node format.mjs'],
  'docs/**': (files) => [\`node -e process.exit(\${files.length > 0 ? 0 : 1})\`],
});
`;
  repo.write('lint-staged.config.mjs', config);
  repo.write('format.mjs', FORMAT);
  mustRun(repo, 'npx husky');
  mustRun(repo, 'git add -A && git -c core.hooksPath=/dev/null commit -qm "set up"');
  repo.write('docs/api.md', 'a b\n').write('web/api.md', 'A B\n');
  mustRun(repo, 'git commit -qam "equal once formatted"');
  assert.is(repo.show('HEAD:docs/api.md'), 'A B\n');

  repo.write('docs/api.md', 'other\n');
  const blocked = sh(repo, 'git commit -qam change');
  assert.is(blocked.code, 1);
  assert.match(blocked.stdout + blocked.stderr, 'docs/api.md and its copy web/api.md differ.');
  assert.is(repo.read('docs/api.md'), 'other\n');
  // Staged, then edited further: the edit is neither committed nor lost.
  repo.write('docs/api.md', 'two\n').write('web/api.md', 'two\n');
  repo.git('add', '-A');
  repo.write('docs/api.md', 'two\nthree\n');
  mustRun(repo, 'git commit -qm partly');
  assert.is(repo.show('HEAD:docs/api.md'), 'TWO\n');
  assert.match(repo.read('docs/api.md'), /three/);
});

test.run();
