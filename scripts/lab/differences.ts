// Counts how often pairs that are meant to differ ask: with their states pinned, with a rule, with
// their difference pinned. Each state is a commit; `--hook` makes all of them under the installed
// hook, and not only those of the first history.
// usage: npm run lab -- differences [--seed N] [--hook] [--record]

import { parseArgs } from 'node:util';
import { isolate, randomFrom } from '../../test/support/isolate.js';
import { type Counted, recordDifferences } from '../differences-figures.js';
import { type DifferingPair, HISTORIES } from './differences/histories.js';
import { type Asked, type Holding, type PairCommit, Replay, WAYS } from './differences/replay.js';
import { Editing } from './differences/states.js';

const STATES = 40;
const TRACE = 200;
const MOST_ASKED = 0.15;

/** The given number of commits, each of one of the pairs; each pair gets one new difference. */
function makeSteps(histories: readonly DifferingPair[], count: number, seed: number): readonly PairCommit[] {
  const random = randomFrom(seed);
  const editings = histories.map((history) => ({ history, editing: new Editing(history, random) }));
  const due = new Map(
    histories.map((history, at) => [Math.floor((count * (at + 1)) / (histories.length + 1)), history]),
  );
  const waiting = new Set<DifferingPair>();
  const first = editings.map(({ history, editing }) => ({ history, state: editing.first }));
  const steps = Array.from({ length: count }, (_, at): PairCommit => {
    const turned = due.get(at);
    if (turned) waiting.add(turned);
    const behind = editings.find(({ editing }) => editing.isBehind);
    const { history, editing } = behind ?? (editings[Math.floor(random() * editings.length)] as (typeof editings)[0]);
    const isNew = !editing.isBehind && waiting.delete(history);
    return { history, state: editing.next(isNew ? 'new' : undefined) };
  });
  return [...first, ...steps];
}

interface Plan {
  readonly states: number;
  readonly seed: number;
  /** The ways in which the installed hook judges. */
  readonly hook: readonly Holding[];
}

async function count(name: string, histories: readonly DifferingPair[], plan: Plan): Promise<Counted> {
  const { states } = plan;
  const steps = makeSteps(histories, states, plan.seed);
  const [first, rest] = [steps.slice(0, histories.length), steps.slice(histories.length)];
  const ways: [Holding, Asked][] = [];
  for (const way of WAYS) {
    const replay = new Replay(way, first, plan.hook.includes(way) ? 'hook' : 'library');
    try {
      for (const step of rest) await replay.commit(step);
      ways.push([way, { ...replay.asked }]);
    } finally {
      replay.remove();
    }
  }
  const edits: Record<string, number> = {};
  for (const { state } of rest) edits[state.edit] = (edits[state.edit] ?? 0) + 1;
  const behind = rest.filter(({ state }) => state.isBehind).length;
  return { name, states, behind, edits, ways: Object.fromEntries(ways) as Counted['ways'] };
}

function print(counted: Counted): Counted {
  const { name, states, behind, edits, ways } = counted;
  process.stdout.write(`${name}: ${states} states, ${behind} should ask; ${JSON.stringify(edits)}\n`);
  for (const way of WAYS) process.stdout.write(`  ${way.padEnd(10)} ${JSON.stringify(ways[way])}\n`);
  return counted;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '15' },
      hook: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  const all = values.hook ? WAYS : undefined;
  const { remove } = isolate();
  try {
    const histories: Counted[] = [];
    for (const [at, history] of HISTORIES.entries()) {
      const plan = { states: STATES, seed: seed + at, hook: all ?? (at === 0 ? WAYS : []) };
      histories.push(print(await count(history.name, [history], plan)));
    }
    const trace = print(await count('the trace', HISTORIES, { states: TRACE, seed, hook: all ?? [] }));
    if (values.record) recordDifferences(seed, histories, trace);
    const { rightly, needlessly } = trace.ways.rule;
    const isFaulty = [...histories, trace].some(({ ways }) => WAYS.some((way) => ways[way].missed > 0));
    return rightly + needlessly <= MOST_ASKED * TRACE && !isFaulty ? 0 : 1;
  } finally {
    remove();
  }
}

process.exitCode = await main();
