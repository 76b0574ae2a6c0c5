import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('the test runner');

// Inside the project, so that the files can import uvu.
let place: string;

test.before.each(() => {
  mkdirSync('node_modules/.cache', { recursive: true });
  place = mkdtempSync(resolve('node_modules/.cache/runner-'));
});
test.after.each(() => {
  rmSync(place, { recursive: true });
});

interface Run {
  readonly code: number | null;
  readonly last: string;
  readonly output: string;
  /** The line of that file in the output, from its mark to its name; undefined if there is none. */
  readonly markOf: (name: string) => string | undefined;
}

// A separate suite, because uvu's `test` is shared by all files of a process.
const HEAD = `import { suite } from 'uvu';\nimport * as assert from 'uvu/assert';\nconst test = suite();`;

function writeTest(name: string, source: string): string {
  const file = join(place, `${name}.test.ts`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${HEAD}\n${source}\n`);
  return file;
}

function run(files: readonly string[], flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Run {
  const args = ['--import', 'tsx', 'scripts/test.ts', ...flags, ...files];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, ...env } });
  const markOf = (name: string): string | undefined => {
    const line = stdout.split('\n').find((each) => each.includes(` ${relative('.', place)}/${name}.test.ts (`));
    return line?.split(' ')[0];
  };
  return { code: status, last: stdout.trim().split('\n').at(-1) ?? '', output: stdout, markOf };
}

const FINE = `test('fine', () => assert.is(1, 1)); test.run();`;

const BROKEN: Readonly<Record<string, string>> = {
  'a-failing-test': `test('wrong', () => assert.is(1, 2)); test.run();`,
  'before-throws': `test.before(() => { throw new Error('before'); }); test('fine', () => assert.is(1, 1)); test.run();`,
  'after-throws': `test.after(() => { throw new Error('after'); }); test('fine', () => assert.is(1, 1)); test.run();`,
  'after-each-throws-after-a-failing-test': `test.after.each(() => { throw new Error('after'); }); test('wrong', () => assert.is(1, 2)); test.run();`,
  'run-was-forgotten': `test('fine', () => assert.is(1, 1));`,
  'no-test-at-all': 'test.run();',
  'a-skipped-test': `test('fine', () => assert.is(1, 1)); test.skip('left out', () => assert.is(1, 2)); test.run();`,
  'only-one-of-two': `test('left out', () => assert.is(1, 1)); test.only('fine', () => assert.is(1, 1)); test.run();`,
  'a-file-left-behind': `import { writeFileSync } from 'node:fs';\ntest('fine', () => writeFileSync(process.env.TMPDIR + '/x', '')); test.run();`,
  'it-throws-when-loaded': `throw new Error('loading');`,
};
const ENDS = {
  'an-exit-code': `test('fine', () => { process.exitCode = 3; }); test.run();`,
  'it-leaves-early': `test('fine', () => process.exit(0)); test.run();`,
};

test('each in a process of its own: a file whose tests pass is green, all others are red', () => {
  const broken = Object.entries({ ...BROKEN, ...ENDS }).map(([name, source]) => writeTest(name, source));
  const { code, markOf, output } = run([writeTest('fine', FINE), ...broken]);
  assert.is(code, 1, output);
  assert.is(markOf('fine'), 'ok', output);
  for (const name of Object.keys({ ...BROKEN, ...ENDS })) assert.is(markOf(name), 'FAIL', `${name}: ${output}`);
});

test('unit tests, all in one process: a file is judged by itself', () => {
  const broken = Object.entries(BROKEN).map(([name, source]) => writeTest(`test/unit/${name}`, source));
  const { code, markOf, output } = run([...broken, writeTest('test/unit/fine', FINE)]);
  assert.is(code, 1, output);
  assert.is(markOf('test/unit/fine'), 'ok', output);
  for (const name of Object.keys(BROKEN)) assert.is(markOf(`test/unit/${name}`), 'FAIL', `${name}: ${output}`);
});

test('unit tests, all in one process: what comes after the file that leaves early is red too', () => {
  const files = ['fine', 'leaves', 'after'].map((name) =>
    writeTest(`test/unit/${name}`, name === 'leaves' ? ENDS['it-leaves-early'] : FINE),
  );
  const { code, last, markOf } = run(files);
  assert.is(code, 1);
  assert.is(last, '1 passed, 2 failed');
  assert.is(markOf('test/unit/after'), 'FAIL');
});

test('green: the counts of all files are the last line, and the exit code is 0', () => {
  const { code, last } = run(['a', 'test/unit/a', 'test/unit/b'].map((name) => writeTest(name, FINE)));
  assert.is(last, '3 passed, 0 failed');
  assert.is(code, 0);
});

test('red: a test that never ends', () => {
  const hangs = `test('hangs', () => new Promise(() => { setInterval(() => 1, 1000); })); test.run();`;
  const { code, output } = run([writeTest('hangs', hangs)], ['--timeout', '2']);
  assert.is(code, 1);
  assert.match(output, 'time limit');
});

test('red: no file at all, and a file that is not there', () => {
  assert.is(run(['nothing-here']).code, 1);
  assert.is(run([join(place, 'gone.test.ts'), writeTest('fine', FINE)]).code, 1);
});

test('nothing of this machine reaches a test: home, git, terminal, a dos-sync on PATH', () => {
  const programs = join(place, 'programs');
  mkdirSync(programs);
  for (const name of ['dos-sync', 'another']) {
    writeFileSync(join(programs, name), '#!/bin/sh\n');
    chmodSync(join(programs, name), 0o755);
  }
  const source = `
    import { spawnSync } from 'node:child_process';
    import { openSync } from 'node:fs';
    test('isolated', () => {
      assert.ok(process.env.HOME?.includes('dos-sync-test-'));
      assert.is(process.env.GIT_DIR, undefined);
      assert.throws(() => openSync('/dev/tty', 'r'));
      assert.is(spawnSync('another').status, 0);
      assert.is(spawnSync('dos-sync').error?.code, 'ENOENT');
    });
    test.run();`;
  const path = [programs, process.env['PATH']].join(delimiter);
  const { code, output } = run([writeTest('isolated', source)], [], { PATH: path, GIT_DIR: place });
  assert.is(code, 0, output);
});

test.run();
