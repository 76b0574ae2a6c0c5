// The scenarios for faults: how each state is made, and the command that then writes.

import { chmodSync, symlinkSync } from 'node:fs';
import type { Repo } from '../support/repo.js';

export interface Scenario {
  readonly name: string;
  readonly options?: readonly string[];
  readonly prepare: (repo: Repo) => void;
  /** The words after `dos-sync`. */
  readonly command: readonly string[];
}

const PAIR = { pairs: [{ a: 'live', b: 'release' }] };

/** live/ and release/, equal and committed. */
function paired(repo: Repo, manifest: object = PAIR): Repo {
  repo.manifest(manifest).write('live/one', '1\n').write('release/one', '1\n').write('live/two', '2\n');
  repo.write('release/two', '2\n').write('other', 'not ours\n').settle();
  return repo;
}

function edited(repo: Repo): Repo {
  return paired(repo).write('live/one', '1 edited\n');
}

function staged(repo: Repo): Repo {
  edited(repo).git('add', 'live');
  return repo;
}

/** So many copies that they are backed up in an archive, and synced together. */
function manyEdited(repo: Repo): Repo {
  const names = Array.from({ length: 33 }, (_, at) => `d${at % 3}/f${at}`);
  for (const name of names) repo.write(`live/${name}`, `${name}\n`).write(`release/${name}`, `${name}\n`);
  paired(repo);
  for (const name of names) repo.write(`live/${name}`, `${name} edited\n`);
  return repo;
}

const FIX = ['fix'];
const FIX_STAGED = ['fix', '--staged'];

export const SCENARIOS: readonly Scenario[] = [
  { name: 'one copy, working tree', prepare: edited, command: FIX },
  { name: 'one copy, index', prepare: staged, command: FIX_STAGED },
  { name: 'one copy, sha256', options: ['--object-format=sha256'], prepare: staged, command: FIX_STAGED },
  {
    name: 'three copies in a chain',
    prepare: (repo) => {
      const pairs = [
        { a: 'live', b: 'release' },
        { a: 'release', b: 'pack' },
      ];
      repo.write('pack/one', '1\n').write('pack/two', '2\n');
      paired(repo, { pairs }).write('live/one', 'x\n').write('live/two', 'y\n').git('add', '-A');
    },
    command: FIX_STAGED,
  },
  {
    name: 'a fan-out of ten',
    prepare: (repo) => {
      for (let at = 0; at < 10; at += 1) repo.write(`packages/p${at}/LICENSE`, 'old\n');
      repo
        .manifest({ pairs: [{ a: 'LICENSE', b: 'packages/{p}/LICENSE' }] })
        .write('LICENSE', 'old\n')
        .settle();
      repo.write('LICENSE', 'new\n');
    },
    command: FIX,
  },
  {
    name: 'a copy that is not there yet',
    prepare: (repo) => void paired(repo).write('live/deep/down/three', '3\n'),
    command: FIX,
  },
  {
    name: 'a staged copy that is not there yet',
    prepare: (repo) => void paired(repo).write('live/deep/down/three', '3\n').git('add', 'live'),
    command: FIX_STAGED,
  },
  {
    name: 'a deletion that is followed',
    prepare: (repo) => void paired(repo).delete('live/one'),
    command: ['fix', '--delete', 'live/one'],
  },
  {
    name: 'a staged deletion that is followed',
    prepare: (repo) => void paired(repo).git('rm', '-q', 'live/one'),
    command: ['fix', '--staged', '--delete', 'live/one'],
  },
  {
    name: 'the copy is taken, working tree',
    prepare: (repo) => void paired(repo).write('release/one', 'mine\n'),
    command: ['fix', '--from', 'b', 'release/one'],
  },
  {
    name: 'both are staged, one is taken',
    prepare: (repo) => void edited(repo).write('release/one', 'only staged\n').git('add', '-A'),
    command: ['fix', '--staged', '--from', 'a', 'live/one'],
  },
  {
    name: 'an executable bit',
    prepare: (repo) => chmodSync(paired(repo).path('live/one'), 0o755),
    command: FIX,
  },
  {
    name: 'a symlink',
    prepare: (repo) => {
      symlinkSync('one', repo.write('live/x', '').path('live/link'));
      symlinkSync('one', repo.write('release/x', '').path('release/link'));
      paired(repo).delete('live/link');
      symlinkSync('two', repo.path('live/link'));
    },
    command: FIX,
  },
  {
    name: 'a symlink in place of a file, index',
    prepare: (repo) => {
      paired(repo).delete('live/one');
      symlinkSync('two', repo.path('live/one'));
      repo.git('add', 'live');
    },
    command: FIX_STAGED,
  },
  {
    name: 'a private copy',
    prepare: (repo) => chmodSync(edited(repo).path('release/one'), 0o600),
    command: FIX,
  },
  {
    name: 'line ends that differ',
    prepare: (repo) => {
      repo.write('.gitattributes', 'live/* text eol=crlf\nrelease/* text eol=lf\n');
      paired(repo).write('live/one', 'a\r\nb\r\n');
    },
    command: FIX,
  },
  {
    name: 'intent to add',
    prepare: (repo) => {
      paired(repo).write('live/new', 'n\n').git('add', 'live');
      repo.write('release/new', 'n\n').git('add', '--intent-to-add', 'release/new');
    },
    command: FIX_STAGED,
  },
  {
    name: 'skip-worktree',
    prepare: (repo) => void staged(repo).git('update-index', '--skip-worktree', 'release/one'),
    command: FIX_STAGED,
  },
  {
    name: 'a split index',
    prepare: (repo) => {
      repo.git('config', 'core.splitIndex', 'true');
      staged(repo);
    },
    command: FIX_STAGED,
  },
  {
    name: 'names with spaces, quotes and line breaks',
    prepare: (repo) => {
      for (const name of ['a b', '"q"', 'new\nline', '-x', '~t']) {
        repo.write(`live/${name}`, '1').write(`release/${name}`, '1');
      }
      paired(repo);
      for (const name of ['a b', '"q"', 'new\nline', '-x', '~t']) repo.write(`live/${name}`, '2');
    },
    command: FIX,
  },
  {
    name: 'a megabyte and a half',
    prepare: (repo) => void paired(repo).write('live/one', 'x'.repeat(1_500_000)),
    command: FIX,
  },
  {
    name: 'b to a',
    prepare: (repo) =>
      void paired(repo, { ...PAIR, fix_direction: 'submodule_to_live' }).write('release/one', 'from b\n'),
    command: FIX,
  },
  {
    name: 'before the first commit',
    prepare: (repo) => {
      repo.manifest(PAIR).write('live/one', '1\n').write('release/keep', '').write('live/keep', '').git('add', '-A');
    },
    command: FIX_STAGED,
  },
  {
    name: 'undo',
    prepare: (repo) => {
      edited(repo).write('live/new', 'n\n');
      repo.dosSync('fix');
    },
    command: ['undo'],
  },
  { name: 'many copies, working tree', prepare: manyEdited, command: FIX },
  {
    name: 'many copies, index',
    prepare: (repo) => void manyEdited(repo).git('add', 'live'),
    command: FIX_STAGED,
  },
  {
    name: 'undo of many copies',
    prepare: (repo) => void manyEdited(repo).dosSync('fix'),
    command: ['undo'],
  },
  { name: 'one more pair in the manifest', prepare: paired, command: ['add', '--missing', 'other', 'copy'] },
];
