// bun: the drop-in for sync-check.ts, and the library. deno: what works, and what is refused.

import { delimiter, join } from 'node:path';
import * as assert from 'uvu/assert';
import { mustRun, sh, suiteOfTarball } from '../support/package.js';

const test = suiteOfTarball('bun and deno');

test('bun runs sync-check.ts with each of its options, and the library', ({ repo, tarball, peer }) => {
  const name = `@oven/bun-${process.platform}-${process.arch}`;
  const bun = join(peer(name), name, 'bin/bun');
  mustRun(repo, `npm install -D '${tarball}'`);
  mustRun(repo, 'mkdir Tools && cp node_modules/dos-sync/templates/sync-check.ts Tools/');
  repo.write('docs/api.md', '1\n').write('web/api.md', '1\n').settle();
  mustRun(repo, 'npx --no dos-sync init && npx --no dos-sync add docs web');
  repo.write('docs/api.md', '2\n').settle();
  const check = (...words: string[]) => repo.run(bun, ['Tools/sync-check.ts', ...words]);
  assert.match(check('--summary').stdout, /^out of sync: 0 identical, 1 drifted, 0 missing$/m);
  assert.match(check('--full').stdout, /^ {2}DRIFT .*docs\/api\.md -> web\/api\.md/m);
  const json = check('--json');
  assert.is(json.code, 1);
  const { total_drift, pair_counts, files } = JSON.parse(json.stdout);
  assert.equal([total_drift, pair_counts['docs -> web'].drift, files[0].status], [1, 1, 'DRIFT']);
  const plan = check('--dry-run');
  assert.is(plan.code, 1);
  assert.match(plan.stdout, 'would copy  docs/api.md -> web/api.md\n');
  assert.is(repo.read('web/api.md'), '1\n');
  assert.is(check('--fix').code, 0);
  assert.is(repo.read('web/api.md'), '2\n');
  assert.is(check('--summary').code, 0);
  repo.write(
    'library.ts',
    `import { openRepository, readManifestFile } from 'dos-sync';
const repository = await openRepository(process.cwd());
console.log(repository.format, readManifestFile(repository.top)?.manifest.pairs.length);
`,
  );
  assert.is(mustRun(repo, `'${bun}' library.ts`), 'sha1 1\n');
});

test('deno runs check and fix; install is refused with the reason, and writes nothing', ({ repo, tarball, peer }) => {
  repo.env['PATH'] = [join(peer('deno@2'), '.bin'), process.env['PATH']].join(delimiter);
  mustRun(repo, `npm install -D '${tarball}'`);
  repo.write('docs/api.md', '1\n').write('web/api.md', '1\n').settle();
  const run = 'deno run --quiet -A node_modules/dos-sync/dist/cli.js';
  mustRun(repo, `${run} init && ${run} add docs web`);
  repo.settle();
  repo.write('docs/api.md', '2\n').settle();
  assert.is(sh(repo, `${run} check`).code, 1);
  mustRun(repo, `${run} fix && ${run} check`);
  assert.is(repo.read('web/api.md'), '2\n');
  const before = [repo.read('.git/config'), mustRun(repo, 'ls -A .git/hooks')];
  const { code, stderr } = sh(repo, `${run} install`);
  assert.is(code, 2, stderr);
  assert.match(stderr, 'Deno cannot run the hooks');
  assert.match(stderr, 'install Node.js 20.12 or newer');
  assert.equal([repo.read('.git/config'), mustRun(repo, 'ls -A .git/hooks')], before);
});

test.run();
