import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RepoPath } from '../../../src/git/path.js';
import { heldBy } from '../../../src/judge/inheritance.js';
import { judgeChange } from '../../../src/judge/judge-change.js';
import { POLICIES } from '../../../src/judge/policies.js';
import type { Verdict } from '../../../src/judge/types.js';
import { MANIFEST_NAME } from '../../../src/manifest/types.js';
import { type Files, rulesOf, snapshotOf } from '../../support/states.js';

const test = suite('the verdicts on a change');

/** The manifest is an ordinary file here; only the name of its version matters. */
interface State {
  readonly files: Files;
  readonly manifest?: object | undefined;
}

interface Row {
  readonly before: State;
  readonly after: State;
  readonly merged?: readonly State[];
  /**
   * By policy: `status a b` of the verdicts that count, then the inherited and loosened ones,
   * marked as such.
   */
  readonly expected: Partial<Record<keyof typeof POLICIES, string>>;
}

function filesOf({ files, manifest }: State): Files {
  return manifest ? { ...files, [MANIFEST_NAME]: JSON.stringify(manifest) } : files;
}

function touchedBetween(one: Files, other: Files): ReadonlySet<RepoPath> {
  const paths = [...Object.keys(one), ...Object.keys(other)] as RepoPath[];
  return new Set(paths.filter((path) => one[path] !== other[path]));
}

async function judged(row: Row, name: keyof typeof POLICIES): Promise<string> {
  const policy = POLICIES[name];
  const [before, after] = [filesOf(row.before), filesOf(row.after)];
  const change = { before: snapshotOf(before), after: snapshotOf(after) };
  const rules = row.after.manifest && rulesOf(row.after.manifest);
  const same = JSON.stringify(row.before.manifest) === JSON.stringify(row.after.manifest);
  const states = (row.merged ?? []).map((state) => snapshotOf(filesOf(state)));
  const isInherited = heldBy(policy, change.after, async () => states);
  const { verdicts, inherited, loosened } = await judgeChange(
    {
      change,
      touched: touchedBetween(before, after),
      rules,
      oldRules: same ? rules : row.before.manifest && rulesOf(row.before.manifest),
      isInherited,
    },
    policy,
  );
  const say = (mark: string) => (verdict: Verdict) => `${mark}${verdict.status} ${verdict.pair.a} ${verdict.pair.b}`;
  return [...verdicts.map(say('')), ...inherited.map(say('inherited ')), ...loosened.map(say('loosened '))].join(', ');
}

const PAIR = { pairs: [{ a: 'x', b: 'y' }] };
const TWO = { pairs: [...PAIR.pairs, { a: 'p', b: 'q' }] };
const NONE = { pairs: [] };
const NAMED = { pairs: [{ a: 's/{N}', b: 't/{N}/u' }] };
const EXCEPTED = { ...PAIR, aliases: [{ a: 'x/1', b: 'y/1', exception: 'why' }] };

const ROWS: Readonly<Record<string, Row>> = {
  'a touched pair is judged, an untouched one is not': {
    before: { files: { 'x/1': 'A', 'y/1': 'A', 'x/2': 'A', 'y/2': 'B' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A', 'x/2': 'A', 'y/2': 'B' }, manifest: PAIR },
    expected: {
      commit: 'DRIFT x/1 y/1',
      superproject: 'DRIFT x/1 y/1',
      push: 'DRIFT x/1 y/1',
      receive: 'DRIFT x/1 y/1',
      branch: 'DRIFT x/1 y/1',
    },
  },
  'a pair that is new in the manifest is judged whole': {
    before: { files: { 'x/1': 'A', 'y/1': 'B', 'p/1': 'A', 'q/1': 'B' }, manifest: PAIR },
    after: { files: { 'x/1': 'A', 'y/1': 'B', 'p/1': 'A', 'q/1': 'B' }, manifest: TWO },
    expected: {
      commit: 'DRIFT p/1 q/1',
      push: 'DRIFT p/1 q/1',
      receive: 'DRIFT p/1 q/1',
      branch: 'DRIFT p/1 q/1',
      superproject: '',
    },
  },
  'the first manifest is judged whole': {
    before: { files: { 'x/1': 'A', 'y/1': 'B' } },
    after: { files: { 'x/1': 'A', 'y/1': 'B' }, manifest: PAIR },
    expected: { commit: 'DRIFT x/1 y/1', receive: 'DRIFT x/1 y/1' },
  },
  'an exception that is taken back is judged whole': {
    before: { files: { 'x/1': 'A', 'y/1': 'B' }, manifest: EXCEPTED },
    after: { files: { 'x/1': 'A', 'y/1': 'B' }, manifest: PAIR },
    expected: { commit: 'DRIFT x/1 y/1', receive: 'DRIFT x/1 y/1' },
  },
  'a pair that is dropped and drifts': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A' }, manifest: NONE },
    expected: {
      commit: 'loosened DRIFT x/1 y/1',
      push: '',
      receive: 'loosened DRIFT x/1 y/1',
      branch: 'loosened DRIFT x/1 y/1',
    },
  },
  'a pair that drifts while the whole manifest goes': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A' } },
    expected: { commit: 'loosened DRIFT x/1 y/1', receive: 'loosened DRIFT x/1 y/1' },
  },
  'a pair that is dropped and stays as it was': {
    before: { files: { 'x/1': 'A', 'y/1': 'B' }, manifest: PAIR },
    after: { files: { 'x/1': 'A', 'y/1': 'B' }, manifest: NONE },
    expected: { commit: '', receive: '', branch: '' },
  },
  'a pair that gets an exception and drifts': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A' }, manifest: EXCEPTED },
    expected: {
      commit: 'EXCEPTION x/1 y/1, loosened DRIFT x/1 y/1',
      push: 'EXCEPTION x/1 y/1',
      receive: 'loosened DRIFT x/1 y/1',
      branch: 'loosened DRIFT x/1 y/1',
    },
  },
  'a file that is new and waived at once': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'A', 'y/1': 'A', 'x/2': 'A' }, manifest: { ...PAIR, live_only: ['x/2'] } },
    expected: {
      commit: 'LIVE_ONLY x/2 y/2, loosened MISSING_B x/2 y/2',
      receive: 'loosened MISSING_B x/2 y/2',
    },
  },
  'an exclude counts as dropped': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A' }, manifest: { pairs: [{ a: 'x', b: 'y', exclude: ['1'] }] } },
    expected: { commit: 'loosened DRIFT x/1 y/1', receive: 'loosened DRIFT x/1 y/1' },
  },
  'sides that change places are the same pair': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A' }, manifest: { pairs: [{ a: 'y', b: 'x' }] } },
    expected: { commit: 'DRIFT y/1 x/1', receive: 'DRIFT y/1 x/1' },
  },
  'what the old manifest could not mean stops nothing that only says it': {
    before: { files: { x: 'A', y: 'A' }, manifest: PAIR },
    after: { files: { x: 'A', 'y/1': 'A' }, manifest: NONE },
    expected: { commit: '' },
  },
  'drift of a merged state': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A' }, manifest: PAIR },
    merged: [{ files: { 'x/1': 'B', 'y/1': 'A' }, manifest: PAIR }],
    expected: {
      commit: 'inherited DRIFT x/1 y/1',
      superproject: 'inherited DRIFT x/1 y/1',
      push: 'inherited DRIFT x/1 y/1',
      receive: 'inherited DRIFT x/1 y/1',
      branch: 'DRIFT x/1 y/1',
    },
  },
  'drift of a merged state under another manifest': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'A' }, manifest: PAIR },
    merged: [{ files: { 'x/1': 'B', 'y/1': 'A' }, manifest: NONE }],
    expected: { commit: 'inherited DRIFT x/1 y/1', receive: 'DRIFT x/1 y/1' },
  },
  'drift that only the merge has': {
    before: { files: { 'x/1': 'A', 'y/1': 'A' }, manifest: PAIR },
    after: { files: { 'x/1': 'B', 'y/1': 'C' }, manifest: PAIR },
    merged: [
      { files: { 'x/1': 'B', 'y/1': 'B' }, manifest: PAIR },
      { files: { 'x/1': 'C', 'y/1': 'C' }, manifest: PAIR },
    ],
    expected: { commit: 'DRIFT x/1 y/1', push: 'DRIFT x/1 y/1', receive: 'DRIFT x/1 y/1' },
  },
  'a pair that the merged state declares is not new, and its drift is inherited': {
    before: { files: { 'x/1': 'A', 'y/1': 'A', 'p/1': 'A', 'q/1': 'B' }, manifest: PAIR },
    after: { files: { 'x/1': 'A', 'y/1': 'A', 'p/1': 'A', 'q/1': 'B' }, manifest: TWO },
    merged: [{ files: { 'x/1': 'A', 'y/1': 'A', 'p/1': 'A', 'q/1': 'B' }, manifest: TWO }],
    expected: { commit: 'inherited DRIFT p/1 q/1', push: 'inherited DRIFT p/1 q/1' },
  },
  'a name of a template that is on both sides for the first time is judged whole': {
    before: { files: { 's/n/1': 'A', 's/n/2': 'A' }, manifest: NAMED },
    after: { files: { 's/n/1': 'A', 's/n/2': 'A', 't/n/u/1': 'A' }, manifest: NAMED },
    expected: { commit: 'SYNCED s/n/1 t/n/u/1, MISSING_B s/n/2 t/n/u/2' },
  },
  'both sides move together, and both are deleted': {
    before: { files: { 'x/1': 'A', 'y/1': 'A', 'x/2': 'A', 'y/2': 'A' }, manifest: PAIR },
    after: { files: { 'x/3': 'A', 'y/3': 'A' }, manifest: PAIR },
    expected: { commit: 'SYNCED x/3 y/3' },
  },
};

for (const [name, row] of Object.entries(ROWS)) {
  for (const [policy, expected] of Object.entries(row.expected)) {
    test(`${policy}: ${name}`, async () => assert.is(await judged(row, policy as keyof typeof POLICIES), expected));
  }
}

test.run();
