import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Oid } from '../../../src/git/oid.js';
import type { RepoPath } from '../../../src/git/path.js';
import { compare } from '../../../src/judge/compare.js';
import { parseManifest } from '../../../src/manifest/parse.js';
import { Fault } from '../../../src/messages/fault.js';
import { buildRules } from '../../../src/rules/build.js';
import type { Node } from '../../../src/snapshot/types.js';

const test = suite('the verdict on two sides');

const [ONE, TWO] = ['1'.repeat(40), '2'.repeat(40)] as [Oid, Oid];
const file = (oid: Oid, executable = false): Node => ({ kind: 'file', oid, executable });
const link = (oid: Oid, landing?: string): Node => ({ kind: 'link', oid, landing: landing as RepoPath | undefined });
const gitlink = (oid: Oid): Node => ({ kind: 'gitlink', oid });
const through = (by: string, landing?: string): Node => {
  return { kind: 'through-link', through: by as RepoPath, landing: landing as RepoPath | undefined };
};
const hidden = (oid: Oid, at: string, rest: string): Node => {
  return { kind: 'hidden', oid, rest: rest as RepoPath, why: { ...whyUnread, at: at as RepoPath } };
};
const whyUnread = { kind: 'submodule', at: 'sub' as RepoPath, lack: 'not-initialised' } as const;
const unread: Node = { kind: 'unread', why: whyUnread };
const absent: Node = { kind: 'absent' };
const directory: Node = { kind: 'directory' };

const INDEX = indexOf();

function indexOf() {
  const pairs = [
    { a: 'x', b: 'y' },
    { a: 'LICENSE', b: 'packages/{p}/LICENSE' },
    { a: 's/{N}', b: 'p/{N}/src' },
  ];
  const parsed = parseManifest(Buffer.from(JSON.stringify({ pairs, fix_direction: 'live_to_submodule' })));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return buildRules(parsed.manifest);
}

/** The verdict on the pair of a path on side b. */
function verdict(path: string, a: Node, b: Node): string {
  const membership = INDEX.lookUp(path as RepoPath).find(({ side }) => side === 'b');
  const pair = membership && INDEX.pairOf(membership);
  if (!pair) throw new Error(path);
  try {
    const verdict = compare(INDEX, pair, { a, b });
    return verdict ? [verdict.status, verdict.reason].filter(Boolean).join(' ') : '-';
  } catch (error) {
    if (Fault.is(error)) return error.kind;
    throw error;
  }
}

type Row = readonly [name: string, path: string, a: Node, b: Node, expected: string];

const ROWS: readonly Row[] = [
  ['two equal files', 'y/f', file(ONE), file(ONE), 'SYNCED'],
  ['two files', 'y/f', file(ONE), file(TWO), 'DRIFT content'],
  ['the executable bit', 'y/f', file(ONE), file(ONE, true), 'DRIFT mode'],
  ['one side', 'y/f', file(ONE), absent, 'MISSING_B'],
  ['the other side', 'y/f', absent, file(ONE), 'MISSING_A'],
  ['nothing', 'y/f', absent, absent, '-'],

  ['a link inside a side to its partner', 'y/f', file(ONE), link(TWO, 'x/f'), 'LINKED'],
  ['a link inside a side to its partner, a directory', 'y/d', directory, link(TWO, 'x/d'), '-'],
  ['what is below that link', 'y/d/f', file(ONE), through('y/d', 'x/d/f'), 'LINKED'],
  ['a link inside a side beside a file', 'y/f', file(ONE), link(TWO, 'z'), 'DRIFT type'],
  ['a link inside a side beside a directory', 'y/d', directory, link(TWO, 'z'), 'MISSING_A'],
  ['a link that leads out beside a directory', 'y/d', directory, link(TWO), 'MISSING_A'],
  ['a link inside the source beside a directory', 'y/d', link(TWO, 'z'), directory, 'MISSING_B'],
  ['what was below such a link', 'y/d/f', file(ONE), through('y/d', 'z/f'), 'MISSING_B'],
  ['what was below two such links', 'y/d/f', through('x/d', 'z/f'), through('y/d', 'z/f'), '-'],
  ['two equal links to two places', 'y/d', link(ONE, 'x/e'), link(ONE, 'y/e'), 'SYNCED'],
  ['two equal links to one place', 'y/d', link(ONE, 'z'), link(ONE, 'z'), 'SYNCED'],
  ['two links', 'y/d', link(ONE, 'x/e'), link(TWO, 'y/g'), 'DRIFT content'],
  ['two links that are spelled differently', 'y/d', link(ONE, 'z'), link(TWO, 'z'), 'DRIFT content'],
  ['a link inside a side, and nothing', 'y/d', link(ONE, 'z'), absent, 'MISSING_B'],

  ['a side that is a link to the other', 'y', directory, link(ONE, 'x'), '-'],
  ['what is below that side', 'y/f', file(ONE), through('y', 'x/f'), 'LINKED'],
  ['a side that is a link to another place', 'y', directory, link(ONE, 'z'), 'disk'],
  ['what is below a side that leads elsewhere', 'y/f', file(ONE), through('y', 'z/f'), 'disk'],
  ['an instance that leads elsewhere', 'p/n/src/f', file(ONE), through('p/n', 'z/src/f'), 'disk'],
  ['two sides that are links to one place', 'y', link(ONE, 'z'), link(TWO, 'z'), 'LINKED'],

  ['a gitlink beside a file inside a side', 'y/f', file(ONE), gitlink(TWO), 'DRIFT type'],
  ['a gitlink beside a declared file', 'y', file(ONE), gitlink(TWO), 'DRIFT type'],
  ['a gitlink beside a link', 'y', link(ONE, 'z'), gitlink(TWO), 'DRIFT type'],
  ['a link to the submodule beside it', 'y', link(ONE, 'y'), gitlink(TWO), 'LINKED'],
  ['two gitlinks to one commit', 'y/s', gitlink(ONE), gitlink(ONE), 'SYNCED'],
  ['two gitlinks', 'y/s', gitlink(ONE), gitlink(TWO), 'DRIFT content'],
  ['a gitlink beside nothing', 'y/s', absent, gitlink(ONE), 'MISSING_A'],
  ['a gitlink at a copy', 'packages/p/LICENSE', file(ONE), gitlink(TWO), 'DRIFT type'],
  ['a gitlink at a copy of nothing', 'packages/p/LICENSE', absent, gitlink(TWO), 'DRIFT type'],
  ['a copy of nothing', 'packages/p/LICENSE', absent, file(TWO), 'MISSING_A'],
  ['a place without a copy', 'packages/p/LICENSE', file(ONE), absent, '-'],

  ['a side in a submodule that is not here', 'y/f', file(ONE), unread, 'UNCHECKED'],
  ['nothing beside that', 'y/f', absent, unread, '-'],
  ['two of them', 'y/f', unread, unread, 'UNCHECKED'],
  ['a side that is hidden', 'y/f', file(ONE), hidden(TWO, 'y', 'f'), 'DRIFT type'],
  ['a side that is hidden beside nothing', 'y/f', absent, hidden(TWO, 'y', 'f'), 'DRIFT type'],
  ['a side that is hidden beside an unread one', 'y/f', unread, hidden(TWO, 'y', 'f'), 'DRIFT type'],
  ['both hidden by one gitlink', 'y/f', hidden(ONE, '.', 'x/f'), hidden(ONE, '.', 'y/f'), 'DRIFT type'],
  ['both hidden by gitlinks to one commit', 'y/f', hidden(ONE, 'x', 'f'), hidden(ONE, 'y', 'f'), 'SYNCED'],
  ['both hidden, further down in one', 'y/d/f', hidden(ONE, 'x', 'd/f'), hidden(ONE, 'y/d', 'f'), 'DRIFT type'],
  ['both hidden by two commits', 'y/f', hidden(ONE, 'x', 'f'), hidden(TWO, 'y', 'f'), 'DRIFT type'],
];

for (const [name, path, a, b, expected] of ROWS) {
  test(name, () => assert.is(verdict(path, a, b), expected));
}

test.run();
