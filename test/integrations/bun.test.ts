// bun: the drop-in for sync-check.ts, and the library.

import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { mustRun, suiteOfTarball } from '../support/package.js';

const test = suiteOfTarball('bun');

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

test.run();
