// doctor: what the manifest declares without an effect, outside places and submodules.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { complaints, examine, examinedRepo } from '../support/doctor.js';
import { Repo } from '../support/repo.js';

const test = suite<{ repo: Repo }>('doctor: the manifest');

test.before.each((context) => {
  context.repo = examinedRepo();
});
test.after.each(({ repo }) => repo.remove());

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

test('a rule that hides much of a file, and one that does not apply', ({ repo }) => {
  repo.write('a/1', '# x\n# y\n1\n2\n').write('b/1', '1\n2\n').write('a/2', '\0a').write('b/2', '\0b');
  repo.write('c', `# x\n${'1\n'.repeat(9)}`).write('d', '1\n'.repeat(9));
  const own = [{ lines: '# ' }];
  const pairs = [
    { a: 'a', b: 'b', own },
    { a: 'c', b: 'd', own },
  ];
  assert.equal(
    complaintsAbout(repo, { pairs }).filter((each) => each.startsWith('rule: ')),
    [
      'rule: "own" leaves out more than a fifth of a/1, so that drift in these lines is not seen.',
      'rule: The rule for a/2 -> b/2 does not apply, because a side is binary; the bytes are compared.',
    ],
  );
});

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
