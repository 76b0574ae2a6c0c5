import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('the test runner');

// Inside the project, so that the files find uvu.
let place: string;

test.before.each(() => {
  place = mkdtempSync(resolve('dist/runner-'));
});
test.after.each(() => {
  rmSync(place, { recursive: true });
});

function run(source: string, ...flags: string[]): { code: number | null; last: string; output: string } {
  const file = join(place, 'a.test.ts');
  writeFileSync(file, `import { test } from 'uvu';\nimport * as assert from 'uvu/assert';\n${source}\n`);
  const args = ['--import', 'tsx', 'scripts/test.ts', ...flags, file];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { code: status, last: stdout.trim().split('\n').at(-1) ?? '', output: stdout };
}

test('a file whose tests pass is green', () => {
  const { code, last } = run(`test('fine', () => assert.is(1, 1)); test.run();`);
  assert.is(code, 0);
  assert.is(last, '1 passed, 0 failed');
});

const BROKEN: Readonly<Record<string, string>> = {
  'a failing test': `test('wrong', () => assert.is(1, 2)); test.run();`,
  'before throws': `test.before(() => { throw new Error('before'); }); test('fine', () => assert.is(1, 1)); test.run();`,
  'after.each throws after a failing test': `test.after.each(() => { throw new Error('after'); }); test('wrong', () => assert.is(1, 2)); test.run();`,
  'run was forgotten': `test('fine', () => assert.is(1, 1));`,
  'it leaves early': `test('fine', () => process.exit(0)); test.run();`,
  'a skipped test': `test('fine', () => assert.is(1, 1)); test.skip('left out', () => assert.is(1, 2)); test.run();`,
  'a file left behind': `import { writeFileSync } from 'node:fs';\ntest('fine', () => writeFileSync(process.env.TMPDIR + '/x', '')); test.run();`,
};

for (const [name, source] of Object.entries(BROKEN)) {
  test(`red: ${name}`, () => {
    const { code, last, output } = run(source);
    assert.is(code, 1, output);
    assert.match(last, /^\d+ passed, [1-9]\d* failed$/);
  });
}

test('red: a test that never ends', () => {
  const { code, output } = run(
    `test('hangs', () => new Promise(() => { setInterval(() => 1, 1000); })); test.run();`,
    '--timeout',
    '2',
  );
  assert.is(code, 1);
  assert.match(output, 'time limit');
});

test('red: no file at all', () => {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/test.ts', 'nothing-here'], {
    encoding: 'utf8',
  });
  assert.is(status, 1);
});

test('nothing of this machine reaches a test: home, git, terminal', () => {
  const { code, output } = run(`
    import { openSync } from 'node:fs';
    test('isolated', () => {
      assert.ok(process.env.HOME?.includes('dos-sync-test-'));
      assert.is(process.env.GIT_DIR, undefined);
      assert.throws(() => openSync('/dev/tty', 'r'));
    });
    test.run();`);
  assert.is(code, 0, output);
});

test.run();
