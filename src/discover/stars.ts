// Stars: copies of one tree in many places, with the directory pairs gathered around one source.

import type { RepoPath } from '../git/path.js';
import type { CopyEvidence } from './contents.js';
import { copiesOf, type DirectoryPair, judgePair } from './directories.js';
import type { Form } from './forms.js';
import { chooseSource, type KnownSides, type Source } from './orient.js';

/** In a larger component, only places that voted for each other are compared. */
const LARGEST = 100;
/** This many files are enough to determine the leader. */
const SAMPLE = 20;

export interface Star {
  readonly source: Source;
  readonly targets: readonly { readonly path: RepoPath; readonly form: Form }[];
  /** The copies of all targets. */
  readonly mapped: readonly (readonly [RepoPath, RepoPath])[];
}

/** How often the first of two places led the other, over their files. */
interface Meeting {
  readonly lead: number;
  readonly born: number;
}

export interface Context {
  readonly evidence: CopyEvidence;
  readonly known: KnownSides;
}

/** The star with the most copies first. */
export function findStars(context: Context, pairs: readonly DirectoryPair[]): readonly Star[] {
  return findComponents(pairs).flatMap((component) => new Component(context, component).stars());
}

/** Components: pairs connected by a directory, the ones with the most copies first. */
function findComponents(pairs: readonly DirectoryPair[]): readonly (readonly DirectoryPair[])[] {
  const touching = new Map<RepoPath, DirectoryPair[]>();
  for (const pair of pairs) {
    for (const side of [pair.a, pair.b]) {
      const known = touching.get(side);
      if (known) known.push(pair);
      else touching.set(side, [pair]);
    }
  }
  const seen = new Set<DirectoryPair>();
  const components: DirectoryPair[][] = [];
  for (const start of pairs) {
    if (seen.has(start)) continue;
    const component = [start];
    seen.add(start);
    for (const { a, b } of component) {
      for (const next of [...(touching.get(a) ?? []), ...(touching.get(b) ?? [])]) {
        if (!seen.has(next)) component.push(next);
        seen.add(next);
      }
    }
    components.push(component);
  }
  const size = (component: readonly DirectoryPair[]) => component.reduce((sum, { copies }) => sum + copies.length, 0);
  return components.sort((one, other) => size(other) - size(one));
}

class Component {
  readonly #context: Context;
  readonly #places: readonly RepoPath[];
  readonly #pairs = new Map<string, DirectoryPair | undefined>();
  readonly #edges: readonly DirectoryPair[];
  readonly #meetings = new Map<DirectoryPair, Meeting>();

  constructor(context: Context, pairs: readonly DirectoryPair[]) {
    this.#context = context;
    this.#places = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].sort();
    this.#edges = pairs;
    for (const pair of pairs) this.#pairs.set(keyOf(pair.a, pair.b), pair);
  }

  stars(): readonly Star[] {
    const twins = this.#findTwins();
    const firsts = new Map(twins.map((places) => [this.#sourceOf(places).path, places] as const));
    return this.#starsAmong([...firsts.keys()], firsts);
  }

  /** Places with exactly the same files. */
  #findTwins(): readonly (readonly RepoPath[])[] {
    const { tree } = this.#context.evidence;
    const bySum = new Map<string, RepoPath[]>();
    for (const path of this.#places) {
      const sum = tree.sumOf(path);
      bySum.set(sum, [...(bySum.get(sum) ?? []), path]);
    }
    return [...bySum.values()];
  }

  /**
   * Around the source of all, then around a copy, then around the source of the rest. `firsts`:
   * with their twins.
   */
  #starsAmong(places: readonly RepoPath[], firsts: ReadonlyMap<RepoPath, readonly RepoPath[]>): readonly Star[] {
    const stars: Star[] = [];
    const twinsOf = (path: RepoPath) => (firsts.get(path) ?? []).filter((twin) => twin !== path);
    let left = places;
    while (left.length > 0) {
      const source = this.#sourceOf(left);
      const others = left.filter((path) => path !== source.path);
      const near = others.filter((path) => this.#pairOf(source.path, path));
      // A twin of a copy is also a copy of the source, unless a file in it belongs to another star.
      const joined = near.filter((path) => this.#pairOf(source.path, path)?.clean);
      stars.push(...this.#starOf(source, [...twinsOf(source.path), ...near, ...joined.flatMap(twinsOf)]));
      left = others.filter((path) => !near.includes(path));
      for (const path of near) {
        const targets = left.filter((other) => this.#edge(path, other));
        const twins = joined.includes(path) ? [] : twinsOf(path);
        stars.push(...this.#starOf({ path, basis: source.basis }, [...twins, ...targets, ...targets.flatMap(twinsOf)]));
        left = left.filter((other) => !targets.includes(other));
      }
    }
    return stars;
  }

  #sourceOf(places: readonly RepoPath[]): Source {
    return chooseSource(places, false, this.#context.known, (left, born) => this.#leadsOf(left, born));
  }

  #starOf(source: Source, paths: readonly RepoPath[]): readonly Star[] {
    const pairs = paths.flatMap((path) => this.#pairOf(source.path, path) ?? []);
    const targets = pairs.map(({ a, b, form }) => ({ path: a === source.path ? b : a, form }));
    return targets.length === 0 ? [] : [{ source, targets, mapped: pairs.flatMap(copiesOf) }];
  }

  #edge(one: RepoPath, other: RepoPath): DirectoryPair | undefined {
    return this.#pairs.get(keyOf(one, other));
  }

  #pairOf(one: RepoPath, other: RepoPath): DirectoryPair | undefined {
    const key = keyOf(one, other);
    if (!this.#pairs.has(key) && this.#places.length <= LARGEST) {
      const [a, b] = one < other ? [one, other] : [other, one];
      this.#pairs.set(key, judgePair(this.#context.evidence, a, b));
    }
    return this.#pairs.get(key);
  }

  /** How often each place led the places that voted with it. */
  #leadsOf(places: readonly RepoPath[], born: boolean): readonly number[] {
    const totals = new Map(places.map((path) => [path, 0]));
    for (const pair of this.#edges) {
      const [a, b] = [totals.get(pair.a), totals.get(pair.b)];
      if (a === undefined || b === undefined) continue;
      const meeting = this.#meetings.get(pair) ?? this.#measure(pair);
      this.#meetings.set(pair, meeting);
      const lead = born ? meeting.born : meeting.lead;
      totals.set(pair.a, a + lead).set(pair.b, b - lead);
    }
    return [...totals.values()];
  }

  #measure(pair: DirectoryPair): Meeting {
    const { tree, past } = this.#context.evidence;
    let [lead, born] = [0, 0];
    for (const [a, b] of copiesOf(pair).slice(0, SAMPLE)) {
      const [mine, theirs] = [tree.candidates.get(a), tree.candidates.get(b)];
      const meeting = mine && theirs && past?.meet(mine, theirs);
      lead += Math.sign(meeting?.lead ?? 0);
      born += meeting?.born ?? 0;
    }
    return { lead, born };
  }
}

function keyOf(one: RepoPath, other: RepoPath): string {
  return one < other ? `${one}\0${other}` : `${other}\0${one}`;
}
