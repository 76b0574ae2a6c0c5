// Real disks that refuse to be written, and little memory: a verdict, or exit code 2 in a sentence
// and nothing changed. Mounts as root.

import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryDisk } from '../support/mounted.js';
import { CLI, pairedRepo, type Repo } from '../support/repo.js';

const test = suite('mounted disks that refuse');
const FIXES = [['fix'], ['fix', '--staged']];
const NO_SENTENCE = /this is a bug|^ +at .*:\d/m;

interface Refusal {
  readonly name: string;
  readonly options: string;
  readonly refuse: (disk: MemoryDisk) => void;
  readonly allow: (disk: MemoryDisk) => void;
}

const REFUSALS: readonly Refusal[] = [
  {
    name: 'read-only',
    options: 'size=8m',
    refuse: (disk) => disk.remount('ro'),
    allow: (disk) => disk.remount('rw'),
  },
  {
    name: 'without inodes',
    options: 'size=8m,nr_inodes=400',
    refuse: (disk) => disk.fill('inodes'),
    allow: (disk) => disk.makeRoom(),
  },
  { name: 'full', options: 'size=2m', refuse: (disk) => disk.fill('bytes'), allow: (disk) => disk.makeRoom() },
];

/** live/ and release/ as a pair on the disk. */
function pairedOn(disk: MemoryDisk): Repo {
  const template = pairedRepo();
  // git's sample hooks.
  template.run('sh', ['-c', 'rm -f .git/hooks/*.sample']);
  const repo = template.copy(join(disk.path, 'repo'));
  template.remove();
  return repo;
}

for (const { name, options, refuse, allow } of REFUSALS) {
  test(`a disk ${name}: drift is told and blocked, and a fix changes nothing`, () => {
    const disk = new MemoryDisk(options);
    try {
      const repo = pairedOn(disk);
      repo.write('live/skill.md', 'two\n').write('live/new.md', 'new\n').git('add', 'live');
      refuse(disk);
      const before = repo.state();
      for (const words of [['check'], ['check', '--staged'], ['hook', 'pre-commit']]) {
        const { code, stderr } = repo.dosSync(...words);
        assert.is(code, 1, `${words.join(' ')}: ${stderr}`);
        assert.not.match(stderr, NO_SENTENCE);
      }
      for (const words of FIXES) {
        const { code, stderr } = repo.dosSync(...words);
        assert.is(code, 2, stderr);
        assert.match(stderr, /^dos-sync: \S/m);
        assert.not.match(stderr, NO_SENTENCE);
        assert.is(repo.state(), before);
      }
      allow(disk);
      assert.is(repo.dosSync('fix', '--staged').code, 0);
      assert.is(repo.tryGit('commit', '-qm', 'fixed').code, 0);
    } finally {
      disk.remove();
    }
  });

  test(`a disk ${name}: a commit in sync passes the hook, which says nothing and leaves no half cache`, () => {
    const disk = new MemoryDisk(options);
    try {
      const repo = pairedOn(disk);
      for (const side of ['live', 'release']) repo.write(`${side}/skill.md`, 'two\n');
      repo.git('add', 'live', 'release');
      refuse(disk);
      assert.equal(repo.dosSync('hook', 'pre-commit'), { code: 0, stdout: '', stderr: '' });
      assert.is(repo.dosSync('check').code, 0);
      allow(disk);
      assert.is(repo.tryGit('commit', '-qm', 'in sync').code, 0);
      repo.write('live/skill.md', 'three\n').git('add', 'live');
      assert.is(repo.dosSync('hook', 'pre-commit').code, 1);
      assert.equal(repo.run('find', ['.git', '-name', '*.[0-9]*', '-o', '-name', '*.new']).stdout, '');
    } finally {
      disk.remove();
    }
  });
}

/** In KiB: Node 20 starts with none of the first, and with all of the last. */
const ADDRESS_SPACES = [300_000, 600_000, 800_000, 900_000, 1_000_000, 1_500_000];

for (const space of ADDRESS_SPACES) {
  test(`${space / 1000} MB of address space: the right verdict, or none and nothing passes`, () => {
    const repo = pairedRepo();
    try {
      repo.write('live/skill.md', 'two\n').git('add', 'live');
      assert.is(repo.dosSync('install').code, 0);
      const before = repo.state();
      const limited = (command: string) => repo.run('sh', ['-c', `ulimit -v ${space}; ${command}`]);
      const program = `'${process.execPath}' '${CLI}'`;
      assert.is.not(limited(`${program} check --staged`).code, 0);
      const commit = limited('git commit -qm drift');
      assert.is(commit.code, 1, commit.stderr);
      assert.match(commit.stderr, /would leave|gave no verdict|^dos-sync: could not check/m);
      const fix = limited(`${program} fix --staged`);
      if (fix.code === 0) assert.is(repo.dosSync('check', '--staged').code, 0);
      else assert.is(repo.state(), before);
    } finally {
      repo.remove();
    }
  });
}

test.run();
