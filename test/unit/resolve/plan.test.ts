// The table of plans: state of the copies × state of the source × the way -> steps and refusals.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RepoPath } from '../../../src/git/path.js';
import { type How, planFor } from '../../../src/resolve/ways.js';
import { layGround, planText, type Scene } from '../../support/ground.js';

const test = suite('what a plan writes and refuses');

interface Row extends Partial<Scene> {
  readonly files: Scene['files'];
  readonly how?: Exclude<How['kind'], 'use' | 'delete' | 'restore'> | `${'use' | 'delete' | 'restore'} ${string}`;
  /** In the form of planText. */
  readonly expected: string;
}

const ONE = ['source > copy'];
const CHAIN = ['live > release', 'release > pack'];
const FAN_OUT = ['source > copy1', 'source > copy2', 'source > copy3'];
const AT = 'copy' as RepoPath;
const STALE = { source: '1 2', copy: '1' };
const APART = { files: { source: '1 2', copy: '3' }, history: { copy: 'diverged' } } as const;

const ROWS: Readonly<Record<string, Row>> = {
  // A plain fix, by the state of the copy.
  'a copy that is behind gets the source': { files: STALE, expected: 'copy: 1 -> 2 from source' },
  'a copy on side a that is behind gets the source': {
    direction: 'submodule_to_live',
    files: STALE,
    expected: 'copy: 1 -> 2 from source',
  },
  'a copy gets the executable bit': { files: { source: '1 +1', copy: '1' }, expected: 'copy: 1 -> +1 from source' },
  'a copy becomes a symlink': { files: { source: '1 @2', copy: '1' }, expected: 'copy: 1 -> @2 from source' },
  'a copy that never was is created': { files: { source: '2', copy: '-' }, expected: 'copy: - -> 2 from source' },
  'a copy that is equal stays': { files: { source: '2', copy: '2' }, expected: '' },
  'a copy that was deleted stays deleted': {
    files: { source: '2', copy: '-' },
    history: { copy: 'copy deleted' },
    expected: 'copy: deleted',
  },
  'a copy that has diverged is refused': { ...APART, expected: 'copy: diverged' },
  'a copy that is newer is refused': {
    files: { source: '1', copy: '2' },
    history: { copy: 'source behind' },
    expected: 'copy: ahead',
  },
  'a copy of unknown age is refused': {
    files: { source: '1', copy: '2' },
    history: { copy: 'unknown' },
    expected: 'copy: unknown',
  },
  'a copy with an accepted difference is refused': { files: STALE, lapsed: ['copy'], expected: 'copy: agreed' },
  'a copy with unstaged edits is refused': { files: { source: '1 2', copy: '1 1 3' }, expected: 'copy: edited' },
  'an ignored copy is refused': { files: STALE, statuses: { copy: { ignored: true } }, expected: 'copy: ignored' },
  'a missing source deletes no copy': { files: { source: '-', copy: '1' }, expected: 'copy: no-source' },
  'a source with conflict markers is not copied': { files: STALE, marked: ['source'], expected: 'copy: markers' },

  // What is in the way of the copy.
  'a directory is in the way': {
    files: { source: '2', copy: '-' },
    statuses: { copy: { obstacle: { kind: 'directory', at: AT } } },
    expected: 'copy: obstacle',
  },
  'a directory is in the way, and all its files are deleted first': {
    files: { source: '2', copy: '-' },
    statuses: { copy: { obstacle: { kind: 'directory', at: AT, holds: ['copy/1' as RepoPath] } } },
    cleared: ['copy/1'],
    expected: 'copy: - -> 2 from source',
  },
  'a directory is in the way, and only some of its files are deleted first': {
    files: { source: '2', copy: '-' },
    statuses: {
      copy: { obstacle: { kind: 'directory', at: AT, holds: ['copy/1' as RepoPath, 'copy/2' as RepoPath] } },
    },
    cleared: ['copy/1'],
    expected: 'copy: obstacle',
  },
  'a file above is in the way': {
    files: { source: '2', copy: '-' },
    statuses: { copy: { obstacle: { kind: 'file-above', at: 'above' as RepoPath } } },
    expected: 'copy: obstacle',
  },
  'a file above is in the way, and is deleted first': {
    files: { source: '2', copy: '-' },
    statuses: { copy: { obstacle: { kind: 'file-above', at: 'above' as RepoPath } } },
    cleared: ['above'],
    expected: 'copy: - -> 2 from source',
  },
  'a symlink above is in the way, whatever is deleted first': {
    files: { source: '2', copy: '-' },
    statuses: { copy: { obstacle: { kind: 'link-above', at: 'above' as RepoPath } } },
    cleared: ['above'],
    expected: 'copy: obstacle',
  },
  'a copy in a submodule is refused': {
    files: STALE,
    statuses: { copy: { obstacle: { kind: 'submodule', at: AT } } },
    expected: 'copy: submodule',
  },
  'a copy in a submodule that was moved is an edit': {
    files: { source: '1 2', copy: '1 3' },
    statuses: { copy: { obstacle: { kind: 'submodule', at: AT } } },
    expected: 'copy: edited',
  },
  'a copy in a submodule that already has the content waits for its commit': {
    files: { source: '1 2', copy: '1 3 2' },
    statuses: { copy: { obstacle: { kind: 'submodule', at: AT } } },
    expected: 'copy: submodule',
  },
  'a copy outside without consent is refused': {
    files: STALE,
    statuses: { copy: { obstacle: { kind: 'outside', at: AT } } },
    expected: 'copy: outside',
  },

  // Chains and fan-outs.
  'a chain is written from the source on': {
    pairs: CHAIN,
    files: { live: '1 2', release: '1', pack: '1' },
    expected: 'release: 1 -> 2 from live; pack: 1 -> 2 from release',
  },
  'a chain is written from the source on, in whatever order it is declared': {
    pairs: [...CHAIN].reverse(),
    files: { live: '1 2', release: '1', pack: '1' },
    expected: 'release: 1 -> 2 from live; pack: 1 -> 2 from release',
  },
  'a chain on side b is written from the source on': {
    pairs: CHAIN,
    direction: 'submodule_to_live',
    files: { live: '1 2', release: '1', pack: '1' },
    expected: 'release: 1 -> 2 from live; pack: 1 -> 2 from release',
  },
  'below a refused file nothing is written': {
    pairs: CHAIN,
    files: { live: '1 2', release: '1 3', pack: '3' },
    history: { release: 'diverged' },
    expected: 'release: diverged',
  },
  'below a refused file its own copies are fixed': {
    pairs: CHAIN,
    files: { live: '1 2', release: '1 3', pack: '1' },
    history: { release: 'diverged' },
    expected: 'pack: 1 -> 3 from release; release: diverged',
  },
  'the safe copies are fixed, and the others are named': {
    pairs: FAN_OUT,
    files: { source: '1 2', copy1: '1', copy2: '3', copy3: '1' },
    history: { copy2: 'diverged' },
    expected: 'copy1: 1 -> 2 from source; copy3: 1 -> 2 from source; copy2: diverged',
  },
  'old drift of a sister copy stays': {
    pairs: FAN_OUT,
    files: { source: '2', copy1: '1', copy2: '1', copy3: '2' },
    meant: ['copy1'],
    expected: 'copy1: 1 -> 2 from source',
  },

  // Force.
  'force overwrites a copy that has diverged': {
    ...APART,
    how: 'force',
    expected: 'copy: 3 -> 2 from source, discards',
  },
  'force discards nothing of a copy that is behind': {
    files: STALE,
    how: 'force',
    expected: 'copy: 1 -> 2 from source',
  },
  'force discards nothing of a copy that was deleted': {
    files: { source: '2', copy: '-' },
    history: { copy: 'copy deleted' },
    how: 'force',
    expected: 'copy: - -> 2 from source',
  },
  'force overwrites unstaged edits': {
    files: { source: '1 2', copy: '1 1 3' },
    how: 'force',
    expected: 'copy: 1 -> 2 from source, discards',
  },
  'force overwrites an ignored copy': {
    files: STALE,
    statuses: { copy: { ignored: true } },
    how: 'force',
    expected: 'copy: 1 -> 2 from source',
  },
  'force removes no directory': {
    files: { source: '2', copy: '-' },
    statuses: { copy: { obstacle: { kind: 'directory', at: AT } } },
    how: 'force',
    expected: 'copy: obstacle',
  },
  'force copies no conflict markers': { files: STALE, marked: ['source'], how: 'force', expected: 'copy: markers' },
  'force deletes no copy of a missing source': {
    files: { source: '-', copy: '1' },
    how: 'force',
    expected: 'copy: no-source',
  },

  // One file's content.
  'using the source overwrites the copy': {
    ...APART,
    how: 'use source',
    expected: 'copy: 3 -> 2 from source, discards',
  },
  'using the copy overwrites the source': {
    ...APART,
    how: 'use copy',
    expected: 'source: 2 -> 3 from copy, discards',
  },
  'using the copy discards nothing of a source that is behind': {
    files: { source: '1', copy: '1 2' },
    history: { copy: 'source behind' },
    how: 'use copy',
    expected: 'source: 1 -> 2 from copy',
  },
  'using a file keeps the unstaged edits of the other one': {
    files: { source: '1 2', copy: '1 1 3' },
    how: 'use source',
    expected: 'copy: edited',
  },
  'using a file writes the other one in the working tree': {
    files: { source: '1 1 2', copy: '1 1 3' },
    history: { copy: 'diverged' },
    writes: 'worktree',
    how: 'use source',
    expected: 'copy: 3 -> 2 from source, discards',
  },
  'using the end of a chain goes up to the root': {
    pairs: CHAIN,
    files: { live: '1', release: '1', pack: '1 2' },
    history: { pack: 'source behind' },
    how: 'use pack',
    expected: 'release: 1 -> 2 from pack; live: 1 -> 2 from release',
  },
  'using a copy updates the other copies that were equal': {
    pairs: FAN_OUT,
    files: { source: '1', copy1: '1 2', copy2: '1', copy3: '1' },
    history: { copy1: 'source behind' },
    how: 'use copy1',
    expected: 'source: 1 -> 2 from copy1; copy2: 1 -> 2 from source; copy3: 1 -> 2 from source',
  },
  'using a copy leaves another copy that has diverged': {
    pairs: FAN_OUT,
    files: { source: '1', copy1: '1 2', copy2: '3', copy3: '1' },
    history: { copy1: 'source behind', copy2: 'diverged' },
    meant: ['copy1'],
    how: 'use copy1',
    expected: 'source: 1 -> 2 from copy1; copy3: 1 -> 2 from source; copy2: diverged',
  },

  // Deletions.
  'the copy follows the deletion of the source': {
    files: { source: '1 -', copy: '1' },
    how: 'delete source',
    expected: 'copy: 1 -> - from source',
  },
  'the source follows the deletion of the copy': {
    files: { source: '1', copy: '1 -' },
    how: 'delete copy',
    expected: 'source: 1 -> - from copy',
  },
  'every copy follows the deletion of the source': {
    pairs: FAN_OUT,
    files: { source: '1 -', copy1: '1', copy2: '1', copy3: '-' },
    how: 'delete source',
    expected: 'copy1: 1 -> - from source; copy2: 1 -> - from source',
  },
  'a copy with another content follows too, which discards it': {
    files: { source: '1 -', copy: '2' },
    history: { copy: 'diverged' },
    how: 'delete source',
    expected: 'copy: 2 -> - from source, discards',
  },
  'a copy with an earlier content of the source follows, which discards nothing': {
    files: { source: '1 -', copy: '2' },
    how: 'delete source',
    expected: 'copy: 2 -> - from source',
  },
  'a copy follows a committed deletion, which discards nothing': {
    files: { source: '-', copy: '1' },
    how: 'delete source',
    expected: 'copy: 1 -> - from source',
  },
  'a copy that has changed follows a committed deletion, which discards its change': {
    files: { source: '-', copy: '2' },
    history: { copy: 'diverged' },
    how: 'delete source',
    expected: 'copy: 2 -> - from source, discards',
  },
  'a copy that is staged with another content is not deleted': {
    files: { source: '1 -', copy: '1 2' },
    how: 'delete source',
    expected: 'copy: edited',
  },
  'a copy with unstaged edits is not deleted': {
    files: { source: '1 -', copy: '1 1 2' },
    how: 'delete source',
    expected: 'copy: edited',
  },
  'a copy in a submodule is not deleted': {
    files: { source: '1 -', copy: '1' },
    statuses: { copy: { obstacle: { kind: 'submodule', at: AT } } },
    how: 'delete source',
    expected: 'copy: submodule',
  },
  'a deleted file is restored from HEAD': {
    files: { source: '1 -', copy: '1' },
    how: 'restore source',
    expected: 'source: - -> 1 from source',
  },
  'a deleted file is not restored over a new one': {
    files: { source: '1 - 2', copy: '1' },
    how: 'restore source',
    expected: 'source: edited',
  },
  'a file that HEAD does not have is not restored': {
    files: { source: '-', copy: '1' },
    how: 'restore source',
    expected: 'source: no-source',
  },

  // Merges that were not computed.
  'what git cannot merge is refused': { ...APART, how: 'merge', expected: 'source: unmergeable' },
  'an accepted difference is not merged': {
    ...APART,
    lapsed: ['copy'],
    how: 'merge',
    expected: 'source: agreed',
  },
};

for (const [name, { how = 'fix', expected, pairs = ONE, ...scene }] of Object.entries(ROWS)) {
  test(`${name}: ${expected || 'nothing'}`, async () => {
    const { ground, group } = await layGround({ ...scene, pairs });
    const [kind, path] = how.split(' ');
    const plan = planFor(ground, group, { kind, path } as How, undefined);
    assert.is(planText(plan), expected);
  });
}

test.run();
