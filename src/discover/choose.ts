// Selects proposals one by one: each adds something new, and all can be declared together.

import { parseManifest } from '../manifest/parse.js';
import type { Links } from './links.js';
import type { DraftRow, Settled } from './settle.js';
import type { Draft, ProposedPair } from './types.js';

/** Below this share of undeclared links a proposal is redundant. */
const LEAST_NEW = 0.2;

interface Declared {
  readonly pairs: readonly object[];
  readonly aliases?: unknown;
  readonly fix_direction: string;
}

const NOTHING: Declared = { pairs: [], fix_direction: 'live_to_submodule' };

type Aliases = Draft['aliases'];

/** The rest of a draft: the pairs that are new and that the manifest accepts. */
export interface ChosenDraft {
  readonly settled: Settled;
  /** A side already has a source, so it becomes the source of the other. */
  readonly turned: boolean;
  /** The manifest would reject it in both directions. */
  readonly refused: boolean;
}

export class Chooser {
  /** False if a fix copies from b to a. */
  readonly forward: boolean;
  readonly #links: Links;
  readonly #declared: Declared;
  readonly #pairs: object[];
  readonly #aliases: unknown[];

  /** `source`: the manifest's text. `links`: its declared links. */
  constructor(source: string | undefined, links: Links) {
    this.#declared = source === undefined ? NOTHING : (JSON.parse(source) as Declared);
    this.forward = this.#declared.fix_direction !== 'submodule_to_live';
    this.#links = links;
    this.#pairs = [...this.#declared.pairs];
    this.#aliases = [...listAliases(this.#declared.aliases)];
  }

  isNew(mapped: Draft['mapped']): boolean {
    const fresh = mapped.filter(([one, other]) => !this.#links.areLinked(one, other)).length;
    return fresh > 0 && fresh >= LEAST_NEW * mapped.length;
  }

  /** Undefined if nothing in it is new, or if it excludes an earlier proposal. */
  take({ aliases }: Draft, settled: Settled): ChosenDraft | undefined {
    const { forward } = this;
    const chosen: number[] = [];
    for (const at of settled.pairs.keys()) {
      const rows = rowsOf(settled, at);
      const pair = settled.pairs[at];
      if (!pair || !this.isNew(rows.map(({ a, b }) => [a, b] as const))) continue;
      if (!this.#add(forward ? pair : turn(pair), forward ? aliases : aliases.map(turnAlias))) continue;
      chosen.push(at);
      for (const { a, b } of rows) this.#links.link(a, b);
    }
    if (chosen.length > 0) return { settled: only(settled, chosen), turned: !forward, refused: false };
    return this.#turn(settled, aliases, forward);
  }

  /** Only if the declared manifest rejects it: a proposal does not justify a wrong source. */
  #turn(settled: Settled, aliases: Aliases, forward: boolean): ChosenDraft | undefined {
    const [pair, more] = settled.pairs;
    const rows = [...settled.equal, ...settled.drifted];
    if (!pair || !this.isNew(rows.map(({ a, b }) => [a, b] as const))) return undefined;
    const { pairs } = this.#declared;
    const ways = settled.pairs.map((each) => (forward ? each : turn(each)));
    if (ways.some((each) => isValid(this.#declared, [...pairs, each], []))) return undefined;
    const turned =
      !more && !isFanOut(pair) && this.#add(forward ? turn(pair) : pair, forward ? aliases.map(turnAlias) : aliases);
    if (turned) for (const { a, b } of rows) this.#links.link(a, b);
    return { settled, turned: turned && forward, refused: !turned };
  }

  #add(pair: ProposedPair, aliases: Aliases): boolean {
    const named = aliases.map(([a, b]) => ({ a, b }));
    if (!isValid(this.#declared, [...this.#pairs, pair], [...this.#aliases, ...named])) return false;
    this.#pairs.push(pair);
    this.#aliases.push(...named);
    return true;
  }
}

function isValid({ fix_direction }: Declared, pairs: readonly object[], aliases: readonly unknown[]): boolean {
  return parseManifest(Buffer.from(JSON.stringify({ pairs, aliases, fix_direction }), 'utf8')).ok;
}

function listAliases(aliases: unknown): readonly unknown[] {
  return Array.isArray(aliases) ? aliases : Object.entries(Object(aliases)).map(([a, b]) => ({ [a]: b }));
}

function isFanOut({ a, b }: ProposedPair): boolean {
  return b.includes('{') && !a.includes('{');
}

function turn({ a, b, exclude }: ProposedPair): ProposedPair {
  return { a: b, b: a, exclude };
}

function turnAlias([a, b]: readonly [string, string]): readonly [string, string] {
  return [b, a];
}

function rowsOf({ equal, drifted }: Settled, at: number): readonly DraftRow[] {
  return [...equal, ...drifted].filter((row) => row.pair === at || row.pair === undefined);
}

/** The same with only these pairs. */
function only(settled: Settled, chosen: readonly number[]): Settled {
  const isOf = ({ pair }: DraftRow) => pair === undefined || chosen.includes(pair);
  return {
    ...settled,
    pairs: chosen.flatMap((at) => settled.pairs[at] ?? []),
    alone: settled.alone.filter(({ pair }) => chosen.includes(pair)),
    equal: settled.equal.filter(isOf),
    drifted: settled.drifted.filter(isOf),
    excluded: settled.excluded.filter(isOf),
  };
}
