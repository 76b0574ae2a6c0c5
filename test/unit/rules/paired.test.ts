// Which paths are in a pair, and which partners come with them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RepoPath } from '../../../src/git/path.js';
import { findPaired } from '../../../src/rules/paired.js';
import { rulesOf } from '../../support/states.js';

const test = suite('paths of pairs');

const PAIRED: Readonly<
  Record<string, readonly [manifest: object, paths: readonly string[], paired: readonly string[]]>
> = {
  'a path in no pair': [{ pairs: [{ a: 'live', b: 'release' }] }, ['other'], []],
  'a missing partner': [{ pairs: [{ a: 'live', b: 'release' }] }, ['live/x'], ['live/x', 'release/x']],
  'an excluded path': [{ pairs: [{ a: 'live', b: 'release', exclude: ['*.log'] }] }, ['live/x.log'], []],
  'a partner that may be missing': [
    { pairs: [{ a: 'live', b: 'release' }], live_only: ['live/mine'] },
    ['live/mine'],
    ['live/mine'],
  ],
  'the name of a pair': [{ pairs: [{ a: 'live/{N}', b: 'out/{N}/in' }] }, ['out/k/in/x'], ['live/k/x', 'out/k/in/x']],
  "a fan-out's source, without copies": [{ pairs: [{ a: 'L', b: 'packages/{p}/L' }] }, ['L'], ['L']],
  "a fan-out's copy, with its source": [
    { pairs: [{ a: 'L', b: 'packages/{p}/L' }] },
    ['packages/one/L'],
    ['L', 'packages/one/L'],
  ],
};

for (const [name, [manifest, paths, paired]] of Object.entries(PAIRED)) {
  test(name, () => {
    assert.equal([...findPaired(rulesOf(manifest), paths as readonly RepoPath[])].sort(), paired);
  });
}

test.run();
