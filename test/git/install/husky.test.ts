// husky mode: the marked lines, the prepare script, and the real husky running them.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type InstallReport, installHooks, uninstallHooks } from '../../../src/install/index.js';
import {
  exitWith,
  git,
  makeScratch,
  put,
  removeScratch,
  type Scratch,
  seen,
  snapshot,
  tryCommit,
  tryGit,
} from '../../support/hooks.js';

const HUSKY = fileURLToPath(new URL('../../../node_modules/husky', import.meta.url));
const PACKAGE = '{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "true"\n\t},\n\t"devDependencies": { "husky": "9" }\n}';

const test = suite<{ s: Scratch }>('husky mode');

test.before.each((context) => {
  context.s = makeScratch('a repository');
});
test.after.each(({ s }) => removeScratch(s));

function install(s: Scratch, mode?: 'husky' | 'native'): Promise<InstallReport> {
  return installHooks({ cwd: s.top, program: s.program, node: process.execPath, ...(mode && { mode }) });
}

function at(s: Scratch, ...names: string[]): string {
  return join(s.top, ...names);
}

function read(s: Scratch, ...names: string[]): string {
  return readFileSync(at(s, ...names), 'utf8');
}

/** The real husky, and the stand-in program under the name that the hooks call. */
function startHusky(s: Scratch): void {
  cpSync(HUSKY, at(s, 'node_modules/husky'), { recursive: true });
  const starts = `#!/bin/sh\nexec '${process.execPath}' '${s.program}' hook "$@"\n`;
  put(at(s, 'node_modules/.bin/dos-sync-hook'), starts, 0o755);
  put(at(s, '.gitignore'), 'node_modules\n');
  execFileSync(process.execPath, [at(s, 'node_modules/husky/bin.js')], { cwd: s.top, env: s.env });
}

/** Every path that install may change in husky mode. */
function watched(s: Scratch): string[] {
  return [...['.husky', 'package.json'].flatMap((name) => snapshot(at(s, name))), ...snapshot(at(s, '.git/config'))];
}

async function thereAndBack(s: Scratch, between: () => void, mode?: 'husky'): Promise<InstallReport> {
  const before = watched(s);
  const report = await install(s, mode);
  const installed = watched(s);
  const again = await install(s, mode);
  assert.equal([...new Set(again.actions.map(({ what }) => what))], ['unchanged']);
  assert.equal(watched(s), installed);
  between();
  await uninstallHooks({ cwd: s.top });
  assert.equal(watched(s), before);
  assert.not(existsSync(at(s, '.git/dos-sync')));
  return report;
}

test('the real husky runs the line after the others, and its failure blocks', async ({ s }) => {
  put(at(s, 'package.json'), PACKAGE);
  startHusky(s);
  put(at(s, '.husky/pre-commit'), `touch ${s.root}/first\n`);
  const { mode } = await thereAndBack(s, () => {
    assert.is(
      read(s, '.husky/pre-commit'),
      `touch ${s.root}/first\ndos-sync-hook pre-commit "$@" || exit $?  # dos-sync\n`,
    );
    writeFileSync(at(s, '.husky/pre-commit'), `${read(s, '.husky/pre-commit')}true\n`);
    assert.is(tryCommit(s).code, 0);
    assert.ok(existsSync(join(s.root, 'first')));
    exitWith(s, 1);
    assert.is(tryCommit(s).code, 1);
    assert.equal(
      seen(s).map(({ args }) => args),
      [
        ['hook', 'pre-commit'],
        ['hook', 'pre-commit'],
      ],
    );
    writeFileSync(at(s, '.husky/pre-commit'), read(s, '.husky/pre-commit').replace(/true\n$/, ''));
  });
  assert.is(mode, 'husky');
});

test('under the real husky a push passes its ref lines, and a clean merge is checked', async ({ s }) => {
  put(at(s, 'package.json'), PACKAGE);
  startHusky(s);
  const { notices } = await install(s);
  assert.equal(notices.length, 3);
  const remote = join(s.root, 'remote');
  git(s, 'init', '-q', '--bare', remote);
  assert.is(tryGit(s, ['push', '-q', remote, 'main']).code, 0);
  assert.match(seen(s)[0]?.stdin ?? '', /^refs\/heads\/main /);
  git(s, 'checkout', '-qb', 'side');
  git(s, 'add', '.');
  git(s, 'commit', '-qm', 'side');
  git(s, 'checkout', '-q', 'main');
  assert.is(tryGit(s, ['commit', '-q', '--allow-empty', '-m', 'main']).code, 0);
  assert.is(tryGit(s, ['merge', '-q', '--no-edit', 'side']).code, 0);
  assert.equal(seen(s).at(-1)?.args, ['hook', 'pre-merge-commit']);
});

const ENDS = [
  ['no final newline', 'npx lint-staged', 'npx lint-staged\ndos-sync-hook pre-commit "$@" || exit $?  # dos-sync'],
  ['CRLF', 'a\r\nb\r\n', 'a\r\nb\r\ndos-sync-hook pre-commit "$@" || exit $?  # dos-sync\r\n'],
  ['CRLF and no end', 'a\r\nb', 'a\r\nb\r\ndos-sync-hook pre-commit "$@" || exit $?  # dos-sync'],
  ['nothing in it', '', 'dos-sync-hook pre-commit "$@" || exit $?  # dos-sync\n'],
  ['a byte that is not UTF-8', '# \xff\n', '# \xff\ndos-sync-hook pre-commit "$@" || exit $?  # dos-sync\n'],
] as const;

for (const [what, before, after] of ENDS) {
  test(`a husky hook with ${what} gets its bytes and mode back`, async ({ s }) => {
    put(at(s, '.husky/pre-commit'), Buffer.from(before, 'latin1'), 0o755);
    await thereAndBack(s, () => assert.is(readFileSync(at(s, '.husky/pre-commit'), 'latin1'), after));
  });
}

const PACKAGES = [
  ['tabs, no final newline', PACKAGE, '"prepare": "husky || true"\n\t}'],
  ['CRLF', PACKAGE.replaceAll('\n', '\r\n').concat('\r\n'), '"prepare": "husky || true"\r\n\t}'],
  [
    'no scripts',
    '{\n    "devDependencies": { "husky": "9" }\n}\n',
    '    "scripts": {\n        "prepare": "husky || true"\n    }\n}\n',
  ],
  ['one line', '{"devDependencies":{"husky":"9"}}', '{"husky":"9"},"scripts":{"prepare":"husky || true"}}'],
  [
    'empty scripts',
    '{\n "scripts": {},\n "devDependencies": { "husky": "9" }\n}',
    '"scripts": {\n  "prepare": "husky || true"\n },',
  ],
  ['a byte order mark', `\ufeff${PACKAGE}\n`, '"prepare": "husky || true"\n\t}'],
] as const;

for (const [what, before, part] of PACKAGES) {
  test(`a package.json with ${what} gets a prepare script, and its bytes back`, async ({ s }) => {
    put(at(s, 'package.json'), before);
    const { mode, notices } = await thereAndBack(s, () => assert.ok(read(s, 'package.json').includes(part)));
    assert.is(mode, 'husky');
    assert.match(notices.join('\n'), /run once {2}npm run prepare/);
    assert.match(notices.join('\n'), /npm install --save-dev dos-sync/);
  });
}

test('a package.json edited since loses only the prepare script', async ({ s }) => {
  put(at(s, 'package.json'), '{\n  "devDependencies": { "husky": "9" }\n}\n');
  await install(s);
  writeFileSync(at(s, 'package.json'), read(s, 'package.json').replace('"9"', '"10"'));
  await uninstallHooks({ cwd: s.top });
  assert.is(read(s, 'package.json'), '{\n  "devDependencies": { "husky": "10" }\n}\n');
});

test('an existing prepare script is kept; one without husky is mentioned', async ({ s }) => {
  put(at(s, 'package.json'), '{ "scripts": { "prepare": "npm run build" }, "devDependencies": { "husky": "9" } }');
  const { notices } = await thereAndBack(s, () => undefined);
  assert.match(notices.join('\n'), /does not run husky \("npm run build"\); it was not changed/);
  put(at(s, 'package.json'), '{ "scripts": { "prepare": "husky || true" } }');
  const second = await thereAndBack(s, () => undefined, 'husky');
  assert.not.match(second.notices.join('\n'), /prepare script/);
});

for (const script of ['postinstall', 'dependencies']) {
  test(`no prepare script is added where ${script} runs husky`, async ({ s }) => {
    const text = `{ "scripts": { "${script}": "husky" }, "devDependencies": { "husky": "9", "dos-sync": "1" } }`;
    put(at(s, 'package.json'), text);
    const { notices } = await thereAndBack(s, () => assert.is(read(s, 'package.json'), text));
    assert.match(notices.join('\n'), `run once  npm run ${script}`);
    assert.not.match(notices.join('\n'), 'prepare');
  });
}

test('husky below the top: the line starts the program of that directory, as its own recipe has it', async ({ s }) => {
  cpSync(HUSKY, at(s, 'frontend/node_modules/husky'), { recursive: true });
  put(at(s, 'frontend/package.json'), '{ "scripts": { "prepare": "cd .. && husky frontend/.husky" } }');
  put(at(s, '.gitignore'), 'node_modules\n');
  const program = at(s, 'frontend/node_modules/dos-sync/dist/cli.js');
  put(at(s, 'frontend/node_modules/dos-sync/package.json'), '{ "type": "module" }');
  put(program, readFileSync(s.program));
  const starts = `#!/bin/sh\nexec '${process.execPath}' '${program}' hook "$@"\n`;
  put(at(s, 'frontend/node_modules/.bin/dos-sync-hook'), starts, 0o755);
  const husky = [at(s, 'frontend/node_modules/husky/bin.js'), 'frontend/.husky'];
  execFileSync(process.execPath, husky, { cwd: s.top, env: s.env });
  const before = snapshot(at(s, 'frontend/.husky'));
  await installHooks({ cwd: s.top, program, node: process.execPath });
  assert.match(read(s, 'frontend/.husky/pre-commit'), /^frontend\/node_modules\/\.bin\/dos-sync-hook pre-commit /);
  assert.is(read(s, 'frontend/package.json'), '{ "scripts": { "prepare": "cd .. && husky frontend/.husky" } }');
  assert.is(tryCommit(s).code, 0);
  exitWith({ ...s, program }, 1);
  assert.is(tryCommit(s).code, 1);
  assert.is(seen({ ...s, program }).length, 2);
  await uninstallHooks({ cwd: s.top });
  assert.equal(snapshot(at(s, 'frontend/.husky')), before);
});

const OLD_HUSKIES = [
  ['4, by package.json', { 'package.json': '{"devDependencies":{"husky":"^4.3.8"},"husky":{"hooks":{}}}' }],
  [
    '8, by what is installed',
    {
      'package.json': '{"devDependencies":{"husky":"*"}}',
      'node_modules/husky/package.json': '{"version":"8.0.3"}',
      '.husky/pre-commit': '#!/bin/sh\n. "$(dirname "$0")/_/husky.sh"\ntrue\n',
    },
  ],
] as const;

for (const [what, files] of OLD_HUSKIES) {
  test(`husky ${what}: the lines are printed, and nothing is added that it has no program for`, async ({ s }) => {
    for (const [name, text] of Object.entries(files)) put(at(s, name), text);
    const before = watched(s).filter((line) => !line.startsWith(at(s, '.git/config')));
    for (const asked of [undefined, 'husky'] as const) {
      const { mode, complete, notices } = await install(s, asked);
      assert.equal([mode, complete], ['printed', false]);
      assert.match(notices.join('\n'), /node_modules\/\.bin\/dos-sync-hook pre-commit/);
    }
    assert.equal(
      watched(s).filter((line) => !line.startsWith(at(s, '.git/config'))),
      before,
    );
  });
}

test('without package.json there is a notice, and .husky is removed again', async ({ s }) => {
  const { notices } = await thereAndBack(s, () => assert.ok(existsSync(at(s, '.husky/pre-push'))), 'husky');
  assert.match(notices.join('\n'), /There is no package\.json next to \.husky/);
});

test('a line that may be unreachable, or without its input, is mentioned', async ({ s }) => {
  put(at(s, '.husky/pre-push'), 'git lfs pre-push "$@"\nexit 0\n');
  const { notices } = await install(s);
  assert.match(notices.join('\n'), /pre-push has an exit or exec line/);
  assert.match(notices.join('\n'), /a command before the dos-sync line in .*pre-push reads its input/);
});

test('an explicit mode overrides what is found', async ({ s }) => {
  put(at(s, '.husky/pre-commit'), 'true\n');
  assert.is((await install(s, 'native')).mode, 'native');
  assert.is(tryCommit(s).code, 0);
  assert.is(seen(s).length, 1);
  assert.is(read(s, '.husky/pre-commit'), 'true\n');
});

for (const link of ['.husky', '.husky/pre-push', 'package.json']) {
  test(`nothing is written where ${link} is a symbolic link`, async ({ s }) => {
    put(at(s, '.husky/pre-commit'), 'true\n');
    put(join(s.root, 'elsewhere/pre-commit'), 'true\n');
    put(join(s.root, 'file'), '{}');
    if (link === '.husky') execFileSync('rm', ['-r', at(s, '.husky')]);
    symlinkSync(join(s.root, link === '.husky' ? 'elsewhere' : 'file'), at(s, link));
    const before = snapshot(s.root);
    const outcome = await install(s, 'husky').catch((error: unknown) => String(error));
    assert.match(outcome as string, /is a symbolic link; dos-sync does not write through links/);
    assert.equal(snapshot(s.root), before);
  });
}

test('a package.json that is not JSON is refused, and nothing is written', async ({ s }) => {
  put(at(s, 'package.json'), '{ "scripts": }');
  put(at(s, '.husky/pre-commit'), 'true\n');
  const before = snapshot(s.root);
  const outcome = await install(s).catch((error: unknown) => String(error));
  assert.match(outcome as string, /package\.json cannot be edited/);
  assert.equal(snapshot(s.root), before);
});

test.run();
