// The table of merges: where git's result goes, and what stops it.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RepoPath } from '../../../src/git/path.js';
import { planMerge } from '../../../src/resolve/merge.js';
import { entryFrom } from '../../support/entries.js';
import { layGround, planText, type Scene } from '../../support/ground.js';

const test = suite('what a merge writes and refuses');

interface Row extends Partial<Scene> {
  readonly files: Scene['files'];
  /** The file that gets the result first; `source` if missing. */
  readonly root?: string;
  readonly merged?: readonly string[];
  /** The files whose changes conflict. */
  readonly conflicts?: readonly string[];
  /** In the form of planText; the result of the merge is `7`. */
  readonly expected: string;
}

const ONE = ['source > copy'];
const CHAIN = ['live > release', 'release > pack'];
const FAN_OUT = ['source > copy1', 'source > copy2'];
const BOTH = { source: '1 2', copy: '3' };
const MERGED = 'source: 2 -> 7 from source; copy: 3 -> 7 from source';
const at = (path: string) => path as RepoPath;

const ROWS: Readonly<Record<string, Row>> = {
  // Where the result goes.
  'the result goes to the source, then to the copy': { files: BOTH, expected: MERGED },
  'a source that already has the result is not written': {
    files: { source: '1 7', copy: '3' },
    expected: 'copy: 3 -> 7 from source',
  },
  'on side b too': { direction: 'submodule_to_live', files: BOTH, expected: MERGED },
  'a chain gets the result from its root on': {
    pairs: CHAIN,
    files: { live: '1 2', release: '3', pack: '1' },
    root: 'live',
    merged: ['release'],
    expected: 'live: 2 -> 7 from live; release: 3 -> 7 from live; pack: 1 -> 7 from release',
  },
  'the end of a chain with changes of its own is refused, if they are not merged': {
    pairs: CHAIN,
    files: { live: '1 2', release: '3', pack: '4' },
    history: { pack: 'diverged' },
    root: 'live',
    merged: ['release'],
    expected: 'live: 2 -> 7 from live; release: 3 -> 7 from live; pack: diverged',
  },
  'all ends of a chain that are merged get the result': {
    pairs: CHAIN,
    files: { live: '1 2', release: '3', pack: '4' },
    history: { pack: 'diverged' },
    root: 'live',
    merged: ['release', 'pack'],
    expected: 'live: 2 -> 7 from live; release: 3 -> 7 from live; pack: 4 -> 7 from release',
  },
  'a copy beside the merged one gets the result if it is behind': {
    pairs: FAN_OUT,
    files: { source: '1 2', copy1: '3', copy2: '1' },
    merged: ['copy1'],
    expected: 'source: 2 -> 7 from source; copy1: 3 -> 7 from source; copy2: 1 -> 7 from source',
  },
  'a copy with something in its way is refused, and the others get the result': {
    pairs: FAN_OUT,
    files: { source: '1 2', copy1: '3', copy2: '4' },
    merged: ['copy1', 'copy2'],
    statuses: { copy1: { obstacle: { kind: 'directory', at: at('copy1') } } },
    expected: 'source: 2 -> 7 from source; copy2: 4 -> 7 from source; copy1: obstacle',
  },
  'a copy outside without consent is refused': {
    files: BOTH,
    statuses: { copy: { obstacle: { kind: 'outside', at: at('copy') } } },
    expected: 'source: 2 -> 7 from source; copy: outside',
  },

  // Conflicts.
  'a conflict goes to the source alone': {
    files: BOTH,
    conflicts: ['copy'],
    expected: 'source: 2 -> 7 from source',
  },
  'a conflict in a source with unstaged edits is refused': {
    files: { source: '1 2 5', copy: '3' },
    conflicts: ['copy'],
    expected: 'source: edited',
  },
  'a conflict in a source whose unstaged content is the same markers is refused': {
    files: { source: '1 2 7', copy: '3' },
    conflicts: ['copy'],
    expected: 'source: edited',
  },
  'a conflict in a source with unstaged edits goes to the working tree, whose content it contains': {
    files: { source: '1 1 2', copy: '3' },
    writes: 'worktree',
    conflicts: ['copy'],
    expected: 'source: 2 -> 7 from source',
  },

  // What the source refuses.
  'a source that is not in any pair of the group': {
    files: { ...BOTH, elsewhere: '1' },
    root: 'elsewhere',
    expected: 'elsewhere: no-source',
  },
  'a source whose state is unknown': { files: BOTH, root: 'elsewhere', expected: 'elsewhere: edited' },
  'a source with something in its way': {
    files: BOTH,
    statuses: { source: { obstacle: { kind: 'link-above', at: at('above') } } },
    expected: 'source: obstacle',
  },
  'a source outside without consent': {
    files: BOTH,
    statuses: { source: { obstacle: { kind: 'outside', at: at('source') } } },
    expected: 'source: outside',
  },
  'a source with conflict markers': { files: BOTH, marked: ['source'], expected: 'source: markers' },
  'a source with unstaged edits': { files: { source: '1 2 5', copy: '3' }, expected: 'source: edited' },
  'a source whose unstaged content is the result': { files: { source: '1 2 7', copy: '3' }, expected: MERGED },
  'a source with unstaged edits, in the working tree': {
    files: { source: '1 1 2', copy: '3' },
    writes: 'worktree',
    expected: MERGED,
  },
};

for (const [name, { pairs = ONE, root = 'source', merged = ['copy'], conflicts = [], ...row }] of Object.entries(
  ROWS,
)) {
  test(name, async () => {
    const { ground, group } = await layGround({
      ...row,
      pairs,
      history: { [merged[0] ?? '']: 'diverged', ...row.history },
    });
    const content = Buffer.from('7');
    const files = { root: at(root), merged: merged.map(at), conflicts: conflicts.map(at) };
    const plan = planMerge(ground, group, { ...files, entry: entryFrom('7'), content });
    assert.is(planText(plan), row.expected);
    assert.ok(plan.steps.every((step) => step.content === content));
  });
}

test.run();
