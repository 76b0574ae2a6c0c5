// Under husky, by each recipe of its documentation: blocked, fixed, cloned,
// and uninstalled to the same bytes.

import * as assert from 'uvu/assert';
import { blockedThenFixed, bytesOf, commitAll, free, problems, suiteOfManaged } from '../support/managed.js';
import { mustRun } from '../support/package.js';

const test = suiteOfManaged('husky');

const CLEAN = 'npm ci --no-fund --no-audit --loglevel=error';

/** The recipes of husky's documentation: the scripts of package.json, and their files. */
const RECIPES = [
  { name: '"prepare": "husky"', scripts: { prepare: 'husky' }, files: {} },
  { name: '"postinstall": "husky", for yarn', scripts: { postinstall: 'husky' }, files: {} },
  { name: 'none yet: install adds "husky || true"', scripts: {}, files: {} },
  {
    name: '"prepare": "node .husky/install.mjs", which skips production and CI',
    scripts: { prepare: 'node .husky/install.mjs' },
    files: {
      '.husky/install.mjs': `if (process.env.NODE_ENV === 'production' || process.env.CI === 'true') process.exit(0);
const husky = (await import('husky')).default;
console.log(husky());
`,
    },
  },
];

for (const { name, scripts, files } of RECIPES) {
  test(`recipe ${name}: in a fresh clone, with HUSKY=0, in production, without .git, uninstalled`, ({ repo, add }) => {
    repo.write('package.json', `${JSON.stringify({ name: 'x', private: true, scripts }, null, 2)}\n`);
    for (const [file, text] of Object.entries(files)) repo.write(file, text);
    add(['husky@9']);
    repo.write('.husky/pre-commit', 'true\n');
    mustRun(repo, 'npx husky');
    const before = bytesOf(repo);
    mustRun(repo, 'npx --no dos-sync install');
    assert.is('prepare' in JSON.parse(repo.read('package.json')).scripts, !('postinstall' in scripts));
    commitAll(repo);
    assert.equal(problems(repo), []);
    blockedThenFixed(repo);

    mustRun(repo, `git clone -q . clone && cd clone && ${CLEAN}`);
    blockedThenFixed(repo, 'clone', 'npx --no dos-sync fix');
    const forgotten = 'echo x >>docs/api.md && HUSKY=0 git commit -qam "not checked"';
    mustRun(repo, `cd clone && ${forgotten}`);
    mustRun(repo, `git clone -q . ci && cd ci && HUSKY=0 ${CLEAN} && ! git config core.hooksPath`);
    if (name.includes('skips production')) mustRun(repo, `cd ci && CI=true ${CLEAN} && NODE_ENV=production ${CLEAN}`);
    if (name.includes('none yet')) mustRun(repo, `cd ci && ${CLEAN} --omit=dev && ${forgotten}`);
    mustRun(repo, `git archive --prefix=image/ HEAD | tar -x && cd image && GIT_CEILING_DIRECTORIES=.. ${CLEAN}`);
    mustRun(repo, 'rm -rf clone ci image');

    mustRun(repo, 'npx --no dos-sync uninstall');
    assert.equal(bytesOf(repo), before);
    free(repo);
  });
}

test('recipe "prepare": "cd .. && husky frontend/.husky", below the top', ({ repo, add }) => {
  const scripts = { prepare: 'cd .. && husky frontend/.husky' };
  repo.delete('package.json');
  repo.write('frontend/package.json', `${JSON.stringify({ name: 'frontend', private: true, scripts }, null, 2)}\n`);
  add(['husky@9'], 'frontend');
  repo.write('frontend/.husky/pre-commit', 'true\n');
  mustRun(repo, 'cd frontend && npm run --silent prepare');
  const before = bytesOf(repo);
  mustRun(repo, 'cd frontend && npx --no dos-sync install');
  assert.match(repo.read('frontend/.husky/pre-commit'), 'true\nfrontend/node_modules/.bin/dos-sync-hook pre-commit ');
  commitAll(repo);
  blockedThenFixed(repo);
  mustRun(repo, `git clone -q . clone && cd clone/frontend && ${CLEAN}`);
  blockedThenFixed(repo, 'clone', 'cd frontend && npx --no dos-sync fix && cd ..');
  mustRun(repo, 'rm -rf clone && cd frontend && npx --no dos-sync uninstall');
  assert.equal(bytesOf(repo), before);
  free(repo);
});

test.run();
