// doctor: real probes in real repositories.

import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('doctor');

test.before.each((context) => {
  context.repo = new Repo();
  context.repo.delete('.git/hooks');
  context.repo.manifest({ pairs: [{ a: 'live', b: 'release' }] });
  context.repo.write('live/x', '1').write('release/x', '1').settle();
});
test.after.each(({ repo }) => repo.remove());

interface Note {
  readonly probe: string;
  readonly level: string;
  readonly says: string;
  readonly next?: string;
}

function examine(repo: Repo, cwd = '.'): { code: number; notes: Note[] } {
  const { code, stdout, stderr } = repo.run(process.execPath, [CLI, 'doctor', '--json'], { cwd });
  assert.is(stderr, '');
  const { schema_version, exit_code, notes } = JSON.parse(stdout);
  assert.is(schema_version, 1);
  assert.is(exit_code, code);
  return { code, notes };
}

/** Doctor's problems and warnings: `probe: sentence`, without the scratch directory's name. */
function complaints(repo: Repo): string[] {
  const { notes } = examine(repo);
  return notes
    .filter(({ level }) => level !== 'ok')
    .map(({ probe, says }) => `${probe}: ${says.replaceAll(repo.top, '<top>')}`);
}

/** Our package and the real husky in node_modules, as npm installs them. */
function putPackages(repo: Repo, top = '.'): void {
  repo.write(`${top}/.gitignore`, 'node_modules\n');
  for (const name of ['dos-sync', 'husky']) mkdirSync(repo.path(`${top}/node_modules/${name}`), { recursive: true });
  cpSync('node_modules/husky', repo.path(`${top}/node_modules/husky`), { recursive: true });
  mkdirSync(repo.path(`${top}/node_modules/.bin`), { recursive: true });
  symlinkSync(CLI, repo.path(`${top}/node_modules/.bin/dos-sync`));
  symlinkSync(join(dirname(CLI), 'dos-sync-hook'), repo.path(`${top}/node_modules/.bin/dos-sync-hook`));
}

function startHusky(repo: Repo): void {
  repo.write(
    'package.json',
    '{ "scripts": { "prepare": "husky" }, "devDependencies": { "husky": "9", "dos-sync": "0" } }',
  );
  putPackages(repo);
  repo.run(process.execPath, [repo.path('node_modules/husky/bin.js')]);
  repo.dosSync('install');
}

test('after install there is no problem, as text and as JSON', ({ repo }) => {
  repo.dosSync('install');
  const { code, stdout } = repo.dosSync('doctor');
  assert.is(code, 0, stdout);
  assert.match(stdout, /^ok {7}git version \d.*$/m);
  assert.match(stdout, `ok       pre-commit, pre-merge-commit and pre-push start dos-sync in ${repo.top}.\n`);
  assert.match(stdout, `ok       The hooks use Node ${process.version} (${process.execPath}).\n`);
  assert.match(stdout, 'ok       All manifest entries match existing files (1 pair).\n');
  assert.match(stdout, /ok {7}in sync: 1 identical, 0 drifted, 0 missing\nall is well\n$/);
  assert.equal(complaints(repo), []);
});

test('without hooks each is named, with the command', ({ repo }) => {
  const { code, notes } = examine(repo);
  assert.is(code, 1);
  const problems = notes.filter(({ level }) => level === 'problem');
  assert.equal(
    problems.map(({ says, next }) => [says.replaceAll(repo.top, '<top>'), next]),
    ['pre-commit', 'pre-merge-commit', 'pre-push'].map((hook) => [
      `There is no ${hook} hook: <top>/.git/hooks/${hook} does not exist.`,
      'npx dos-sync install',
    ]),
  );
});

test('a hook that is not executable, and one that does not start dos-sync', ({ repo }) => {
  repo.dosSync('install');
  chmodSync(repo.path('.git/hooks/pre-commit'), 0o644);
  repo.write('.git/hooks/pre-push', '#!/bin/sh\n# dos-sync hook pre-push\nexit 0\n');
  chmodSync(repo.path('.git/hooks/pre-push'), 0o755);
  assert.equal(complaints(repo), [
    'hooks: git ignores <top>/.git/hooks/pre-commit because it is not executable.',
    'hooks: The pre-push hook does not start dos-sync: <top>/.git/hooks/pre-push.',
  ]);
});

test('running the block reveals that its program is missing', ({ repo }) => {
  const program = repo.path('../gone-program/cli.js');
  cpSync(dirname(CLI), dirname(program), { recursive: true });
  cpSync('templates', repo.path('../templates'), { recursive: true });
  try {
    repo.run(process.execPath, [program, 'install']);
    rmSync(dirname(program), { recursive: true });
    const [first = ''] = complaints(repo);
    assert.match(first, /^node: The hooks fail before they reach dos-sync in <top>: .*does not exist\./s);
  } finally {
    rmSync(dirname(program), { recursive: true, force: true });
    rmSync(repo.path('../templates'), { recursive: true });
  }
});

test('a global core.hooksPath is reported as such', ({ repo }) => {
  mkdirSync(repo.path('../shared-hooks'));
  try {
    Object.assign(repo.env, { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath' });
    Object.assign(repo.env, { GIT_CONFIG_VALUE_0: repo.path('../shared-hooks') });
    const found = complaints(repo);
    assert.match(
      found[0] ?? '',
      /^owner: core\.hooksPath is set in the command configuration, so every repository that uses it/,
    );
    assert.is(found.length, 4);
  } finally {
    rmSync(repo.path('../shared-hooks'), { recursive: true });
  }
});

test('husky: a linked worktree has no hooks before its own npm ci, and is named', ({ repo }) => {
  startHusky(repo);
  repo.settle();
  assert.equal(
    complaints(repo).filter((each) => !each.startsWith('node-bare-path')),
    [],
  );
  repo.git('worktree', 'add', '-q', 'linked');
  assert.ok(
    complaints(repo).includes(
      'hooks: husky’s .husky/_ is missing in <top>/linked: git finds no hooks there and gives no warning.',
    ),
  );
  putPackages(repo, 'linked');
  repo.run(process.execPath, [repo.path('linked/node_modules/husky/bin.js')], { cwd: 'linked' });
  assert.not.match(complaints(repo).join('\n'), /hooks:/);
  repo.delete('linked');
  assert.ok(complaints(repo).includes('worktree: The worktree <top>/linked no longer exists, but git still lists it.'));
});

test('husky: lint-staged after dos-sync is the wrong order', ({ repo }) => {
  startHusky(repo);
  repo.write('.husky/pre-commit', `${repo.read('.husky/pre-commit')}npx lint-staged\n`);
  assert.match(complaints(repo)[0] ?? '', /lint-staged runs after dos-sync/);
  repo.write('.husky/pre-commit', `npx lint-staged\n${repo.read('.husky/pre-commit').split('\n')[0]}\n`);
  assert.not.match(complaints(repo).join('\n'), /lint-staged/);
});

test('husky: a missing line, HUSKY=0, a missing package and a tracked one', ({ repo }) => {
  startHusky(repo);
  repo.env['HUSKY'] = '0';
  assert.ok(complaints(repo).includes('owner: HUSKY=0 is set in the environment, so husky runs no hooks.'));
  repo.env['HUSKY'] = '1';
  repo.write('.husky/pre-push', 'true\n');
  assert.match(complaints(repo)[0] ?? '', /husky does not start dos-sync for pre-push/);
  repo.dosSync('install');
  repo.git('add', '-f', 'node_modules/.bin/dos-sync-hook');
  assert.match(complaints(repo)[0] ?? '', /node_modules\/\.bin\/dos-sync-hook is tracked in this repository/);
  repo.git('rm', '-q', '--cached', 'node_modules/.bin/dos-sync-hook');
  repo.delete('node_modules/.bin/dos-sync-hook');
  assert.match(complaints(repo)[0] ?? '', /^node: The hooks fail before they reach dos-sync in <top>: .*dos-sync/);
});

test("husky: a program missing from a graphical client's PATH is reported, with husky's solution", ({ repo }) => {
  startHusky(repo);
  const hook = repo.path('node_modules/.bin/dos-sync-hook');
  rmSync(hook);
  const bare = '*:/usr/bin:/bin:/usr/sbin:/sbin) echo no node >&2; exit 127';
  const script = `#!/bin/sh\ncase $PATH in ${bare} ;; esac\nexec '${process.execPath}' '${CLI}' hook "$@"\n`;
  repo.write('node_modules/.bin/dos-sync-hook', script);
  chmodSync(hook, 0o755);
  repo.env['PATH'] = `${process.env['PATH']}:/nowhere`;
  const [found, ...others] = examine(repo).notes.filter(({ level }) => level !== 'ok');
  assert.equal([found?.probe, found?.level, others], ['node-bare-path', 'warning', []]);
  assert.match(found?.says ?? '', /the hooks would block: no node$/);
  assert.match(found?.next ?? '', /husky\/init\.sh/);
});

test('no manifest, an unstaged one, and an invalid one', ({ repo }) => {
  repo.dosSync('install');
  repo.git('rm', '-q', '--cached', '.dos-sync-manifest.json');
  assert.equal(complaints(repo), [
    'manifest: .dos-sync-manifest.json declares 1 pair that the hooks do not check until it is staged (live -> release).',
  ]);
  repo.write('.dos-sync-manifest.json', '{}');
  assert.match(complaints(repo)[0] ?? '', /^manifest: The manifest has 2 problems\./);
  repo.delete('.dos-sync-manifest.json');
  assert.equal(complaints(repo), ['manifest: There is no .dos-sync-manifest.json, so the hooks check nothing.']);
});

/** What doctor says about a manifest, without the hooks that are not installed. */
function complaintsAbout(repo: Repo, manifest: object): string[] {
  repo.manifest(manifest).git('add', '-A');
  return complaints(repo)
    .filter((each) => !each.startsWith('hooks: '))
    .sort();
}

test('the manifest: entries without an effect are named, each with its kind', ({ repo }) => {
  for (const path of ['here/1', 'p/1', 'q/2', 'live/e', 'release/e', 'live/d']) repo.write(path, '1');
  repo.write('release/d', '2');
  const manifest = {
    pairs: [
      { a: 'live', b: 'release' },
      { a: 'gone', b: 'lost' },
      { a: 'live2', b: 'x/{N}' },
      { a: 'live3/{N}', b: 'y/{N}' },
      { a: 'here', b: 'not-here' },
      { a: 'p', b: 'q' },
    ],
    live_only: ['here', 'p', 'live/x', 'live/gone'],
    submodule_only: ['q', 'release/*.md'],
    aliases: {
      'live/m': 'release/n',
      'live/d': { b: 'release/d', exception: 'meant' },
      'live/e': { b: 'release/e', exception: 'once' },
      'live/g': { b: 'release/g', exception: 'never' },
    },
  };
  assert.equal(complaintsAbout(repo, manifest), [
    'dead-entry: Neither side exists: gone -> lost.',
    'dead-entry: Neither side exists: live/m -> release/n.',
    'dead-entry: No copy exists yet, so nothing is compared: live2 -> x/{N}.',
    'dead-entry: No name exists on both sides: live3/{N} -> y/{N}.',
    'dead-entry: Nothing exists at not-here: here -> not-here.',
    'exception: An exception is declared for files that do not exist: live/g -> release/g.',
    'exception: An exception is declared, but its two sides are equal: live/e -> release/e.',
    'stale-list: live_only has live/gone, which matches no file of any pair.',
    'stale-list: live_only has live/x, but the files that it matches exist on both sides.',
    'stale-list: submodule_only has release/*.md, which matches no file of any pair.',
    'vacuous-pair: The two sides have no file in common, so nothing is compared: p -> q.',
  ]);
});

const PIN = (content: string, repo: Repo) =>
  `100644 ${repo.run('git', ['hash-object', '--stdin'], { input: content }).stdout.trim()}`;

test('the manifest: no pairs, and a pinned exception that has lapsed', ({ repo }) => {
  assert.equal(complaintsAbout(repo, { pairs: [] }), ['check: No pairs are declared yet.']);
  repo.write('live/d', '3').write('release/d', '2');
  const at = [PIN('1', repo), PIN('2', repo)];
  const aliases = { 'live/d': { b: 'release/d', exception: 'meant', at } };
  assert.equal(complaintsAbout(repo, { pairs: [{ a: 'live', b: 'release' }], aliases }), [
    'check: out of sync: 1 identical, 1 drifted, 0 missing',
    'exception: The exception has lapsed, because a side has changed since it was accepted: live/d -> release/d.',
  ]);
});

test('the manifest: names that fold together, and names that Windows has not', ({ repo }) => {
  for (const side of ['live', 'release']) {
    for (const name of ['Straße', 'STRASSE', 'aux.c', 'a:b', 'é', 'e\u0301']) repo.write(`${side}/${name}`, name);
  }
  assert.equal(complaintsAbout(repo, { pairs: [{ a: 'live', b: 'release' }] }), [
    'folding: Some file systems treat these as one name: release/STRASSE, release/Straße.',
    'folding: Some file systems treat these as one name: release/e\u0301, release/é.',
    'windows-name: Windows does not allow a file with this name: live/a:b.',
    'windows-name: Windows does not allow a file with this name: live/aux.c.',
    'windows-name: Windows does not allow a file with this name: release/a:b.',
    'windows-name: Windows does not allow a file with this name: release/aux.c.',
  ]);
});

test('a submodule that is not initialised is named, with the command', ({ repo }) => {
  const origin = new Repo();
  try {
    origin.write('x', '1').settle();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', origin.top, 'mods/one');
    repo
      .manifest({
        pairs: [
          { a: 'live', b: 'release' },
          { a: 'live', b: 'mods/one' },
        ],
      })
      .settle();
    repo.dosSync('install');
    repo.git('submodule', '--quiet', 'deinit', '-f', 'mods/one');
    const found = examine(repo).notes.find(({ probe }) => probe === 'submodule');
    assert.is(found?.says, 'The submodule mods/one is not initialised, so its files are not compared.');
    assert.is(found?.next, 'git submodule update --init -- mods/one');
  } finally {
    origin.remove();
  }
});

const SETTINGS: readonly (readonly [setting: readonly string[], says: string, next: string])[] = [
  [['dosSync.fix', 'allways'], 'dosSync.fix is allways.', 'git config dosSync.fix always'],
  [['dosSync.prePush', 'Each'], 'dosSync.prePush is Each.', 'git config dosSync.prePush each'],
  [['dosSync.partialCommit', ''], 'dosSync.partialCommit is empty.', 'git config dosSync.partialCommit print'],
  [
    ['dosSync.partialComit', 'mend'],
    'dosSync.partialcomit is not a key of dos-sync, so it has no effect. Did you mean dosSync.partialCommit?',
    'git config --unset dosSync.partialcomit && git config dosSync.partialCommit mend',
  ],
  [
    ['dosSync.colour', 'yes'],
    'dosSync.colour is not a key of dos-sync, so it has no effect.',
    'git config --unset dosSync.colour',
  ],
  [
    ['dos-sync.fix', 'always'],
    'dos-sync.fix is not a key of dos-sync, so it has no effect. Did you mean dosSync.fix?',
    'git config --unset dos-sync.fix && git config dosSync.fix always',
  ],
  [
    ['dosSync.receiveTimeLimit', '1m'],
    'dosSync.receiveTimeLimit is 1m, which is not a number of seconds.',
    'git config dosSync.receiveTimeLimit 60',
  ],
  [
    ['dosSync.backupExpire', 'soonish'],
    'dosSync.backupExpire is soonish, which is not a time that git understands.',
    'git config dosSync.backupExpire 30.days.ago',
  ],
  [
    ['dosSync.home', '/tmp'],
    'dosSync.home is read only from the global configuration, but it is set in the local one.',
    'git config --global dosSync.home /…',
  ],
];

test("git's configuration: each key without the intended effect is named, with what to type", ({ repo }) => {
  repo.dosSync('install');
  for (const [setting] of SETTINGS) repo.git('config', ...setting);
  const { code, notes } = examine(repo);
  assert.is(code, 1);
  const found = notes.filter(({ probe }) => probe === 'settings');
  assert.equal(
    found.map(({ level, says, next }) => [level, says, next?.split('   ')[0]]).sort(),
    SETTINGS.map(([, says, next]) => ['problem', says, next]).sort(),
  );
});

test("git's configuration: settings that their owner may set are not reported", ({ repo }) => {
  repo.dosSync('install');
  for (const [key, value] of [
    ['dosSync.fix', 'never'],
    ['dossync.PARTIALCOMMIT', 'mend'],
    ['dosSync.receiveTimeLimit', '.5'],
    ['dosSync.backupExpire', 'never'],
    ['diff.renames', 'true'],
  ] as const) {
    repo.git('config', key, value);
  }
  repo.git('config', '--add', 'dosSync.fix', 'always');
  assert.equal(complaints(repo), []);
});

test('outside a repository it fails', ({ repo }) => {
  repo.env['GIT_CEILING_DIRECTORIES'] = dirname(repo.top);
  repo.delete('.git');
  assert.is(repo.dosSync('doctor').code, 2);
});

test('doctor writes nothing', ({ repo }) => {
  repo.dosSync('install');
  const before = [repo.state(), readFileSync(repo.path('.git/hooks/pre-commit'), 'utf8'), repo.read('.git/config')];
  repo.dosSync('doctor');
  assert.equal(
    [repo.state(), readFileSync(repo.path('.git/hooks/pre-commit'), 'utf8'), repo.read('.git/config')],
    before,
  );
});

test('outside: whether there is a consent, and whether its place exists on this machine', ({ repo }) => {
  repo.dosSync('install');
  repo.env['HOME'] = repo.path('.git/home');
  repo.env['XDG_CONFIG_HOME'] = repo.path('.git/home/.config');
  repo.write('.git/home/.live/x', '1').write('rel/x', '1');
  const pairs = [
    { a: 'live', b: 'release' },
    { a: '~/.live', b: 'rel' },
    { a: '~/.gone', b: 'rel2' },
  ];
  repo.manifest({ pairs }).settle();
  const told = () => complaints(repo).filter((line) => /^(?:trust|outside)/.test(line));
  assert.match(
    told().join('\n'),
    'trust: The manifest pairs files outside the repository, and you have not trusted it',
  );
  repo.dosSync('trust');
  assert.equal(told(), ['outside: ~/.gone is not on this machine, so its files are not compared.']);
  const says = examine(repo).notes.map((each) => each.says);
  assert.ok(says.includes('You trust this manifest to read files outside the repository.'));
  repo.manifest({ pairs, fix_direction: 'submodule_to_live' }).settle();
  assert.match(
    told().join('\n'),
    'trust: The manifest or a path outside the repository has changed since you trusted it',
  );
  repo.env['CI'] = 'true';
  assert.match(told().join('\n'), 'trust: CI is set');
});

test('a submodule of a pair: whether a commit made in it is checked', ({ repo }) => {
  repo.dosSync('install');
  const inner = new Repo();
  try {
    inner.write('x', '1').settle();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.top, 'inner');
    repo.manifest({ pairs: [{ a: 'live', b: 'inner' }] }).settle();
    const told = () => examine(repo).notes.filter(({ probe }) => probe === 'submodule');
    assert.equal(told(), [
      {
        probe: 'submodule',
        level: 'warning',
        says: 'Commits made in the submodule inner are not checked: git does not start dos-sync there.',
        next: 'git dos-sync install --recurse-submodules',
      },
    ]);
    repo.dosSync('install', '--recurse-submodules');
    assert.equal(told(), []);
  } finally {
    inner.remove();
  }
});

test.run();
