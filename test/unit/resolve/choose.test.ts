// The options of `fix`: which way each group takes, and in which order.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RepoPath } from '../../../src/git/path.js';
import type { Workplace } from '../../../src/git/workplace.js';
import { Fault } from '../../../src/messages/fault.js';
import { type FixChoice, planAll } from '../../../src/resolve/choose.js';
import { layGround, planText, type Scene } from '../../support/ground.js';

const test = suite('what the options of fix choose');

interface Row extends Partial<Scene> {
  readonly files: Scene['files'];
  readonly choice?: Partial<FixChoice>;
  /** The paths that the user named. */
  readonly named?: readonly string[];
  /** The plans in the form of planText, separated by ` | `; or the kind of a Fault. */
  readonly expected: string;
}

const ONE = ['source > copy'];
const TWO = ['one > copy1', 'two > copy2'];
const EDITED = { source: '1 2', copy: '3' };
const DELETED = { source: '1 -', copy: '1' };
const COMMITTED = { files: { source: '1', copy: '-' }, history: { copy: 'copy deleted' } } as const;
const BLOCKED = {
  pairs: ['new > copy', 'gone > old'],
  files: { new: '- 2', copy: '-', gone: '1 -', old: '1' },
  statuses: { copy: { obstacle: { kind: 'file-above', at: 'old' as RepoPath } } },
} as const;

const ROWS: Readonly<Record<string, Row>> = {
  'without options it is a plain fix': { files: { source: '1 2', copy: '1' }, expected: 'copy: 1 -> 2 from source' },
  'without options a copy that has diverged stays': {
    files: EDITED,
    history: { copy: 'diverged' },
    expected: 'copy: diverged',
  },
  'force overwrites it': {
    files: EDITED,
    history: { copy: 'diverged' },
    choice: { force: true },
    expected: 'copy: 3 -> 2 from source, discards',
  },

  'a deletion is not followed without the option, and not reversed either': {
    files: DELETED,
    expected: 'copy: no-source',
  },
  'force does not follow a deletion, and does not reverse it': {
    files: DELETED,
    choice: { force: true },
    expected: 'copy: no-source',
  },
  'a deletion is followed with the option': {
    files: DELETED,
    choice: { followDeletions: true },
    expected: 'copy: 1 -> - from source',
  },
  'the deletion of a copy is not reversed without the option': {
    files: { source: '1', copy: '1 -' },
    expected: 'source: no-source',
  },
  'the deletion of a copy is followed with the option': {
    files: { source: '1', copy: '1 -' },
    choice: { followDeletions: true },
    expected: 'source: 1 -> - from copy',
  },
  'a committed deletion is not followed without the option': { ...COMMITTED, expected: 'copy: deleted' },
  'a committed deletion is followed with the option': {
    ...COMMITTED,
    choice: { followDeletions: true },
    expected: 'source: 1 -> - from copy, discards',
  },
  'with the option a pair without a deletion gets a plain fix': {
    files: { source: '1 2', copy: '1' },
    choice: { followDeletions: true },
    expected: 'copy: 1 -> 2 from source',
  },

  'from a uses the source': { files: EDITED, choice: { from: 'a' }, expected: 'copy: 3 -> 2 from source' },
  'from b uses the copy': {
    files: EDITED,
    choice: { from: 'b' },
    named: ['copy'],
    expected: 'source: 2 -> 3 from copy, discards',
  },
  'from b uses the copy of the named source': {
    files: EDITED,
    choice: { from: 'b' },
    named: ['source'],
    expected: 'source: 2 -> 3 from copy, discards',
  },
  'from a restores a deleted copy': {
    files: { source: '1', copy: '1 -' },
    choice: { from: 'a' },
    expected: 'copy: - -> 1 from source',
  },
  'from b of several copies needs the name of one': {
    pairs: ['source > copy1', 'source > copy2'],
    files: { source: '1', copy1: '1 2', copy2: '1 3' },
    choice: { from: 'b' },
    named: ['source'],
    expected: 'usage',
  },
  'from b uses the named one of several copies': {
    pairs: ['source > copy1', 'source > copy2'],
    files: { source: '1', copy1: '1 2', copy2: '1 3' },
    history: { copy1: 'source behind', copy2: 'diverged' },
    choice: { from: 'b' },
    named: ['copy1'],
    expected: 'source: 1 -> 2 from copy1; copy2: diverged',
  },

  'each group has its plan': {
    pairs: TWO,
    files: { one: '1 2', copy1: '1', two: '1 3', copy2: '1' },
    expected: 'copy1: 1 -> 2 from one | copy2: 1 -> 3 from two',
  },
  'a deletion comes first, and what it deletes is out of the way': {
    ...BLOCKED,
    choice: { followDeletions: true },
    expected: 'old: 1 -> - from gone | copy: - -> 2 from new',
  },
  'a deletion that is not followed stays in the way': { ...BLOCKED, expected: 'old: no-source | copy: obstacle' },
};

/** No option but `merge` reads the repository. */
const NOWHERE = undefined as unknown as Workplace;

async function planned({ pairs = ONE, choice = {}, named = [], ...row }: Row): Promise<string> {
  const { ground, group } = await layGround({ ...row, pairs });
  const sources = new Set(group.meant.map(({ pair }) => pair.a));
  const groups = [...sources].map((source) => {
    const verdicts = group.component.verdicts.filter(({ pair }) => pair.a === source);
    const paths = new Set(verdicts.flatMap(({ pair }) => [pair.a, pair.b] as RepoPath[]));
    return { component: { paths, verdicts }, meant: group.meant.filter(({ pair }) => pair.a === source) };
  });
  try {
    const plans = await planAll(NOWHERE, ground, groups, named as RepoPath[], { followDeletions: false, ...choice });
    return plans.map(({ plan }) => planText(plan)).join(' | ');
  } catch (error) {
    if (Fault.is(error)) return error.kind;
    throw error;
  }
}

for (const [name, row] of Object.entries(ROWS)) {
  test(name, async () => assert.is(await planned(row), row.expected));
}

test.run();
