// Builds the rules, which find the file pairs of a path in time that depends only on the path's
// depth.

import { baseOf, below, joinPath, type RepoPath } from '../git/path.js';
import { compileGlob } from '../manifest/glob.js';
import { outsideRootsOf } from '../manifest/outside.js';
import { findRenames, type Rename, renamedRest } from '../manifest/renames.js';
import { bindingKey, isOwnSource, keyOf, pathOf, placeOf } from '../manifest/sides.js';
import { type Covering, PlaceTrie } from '../manifest/trie.js';
import type { Manifest, Side } from '../manifest/types.js';
import { compileRules } from './compile.js';
import { Equalities } from './text-rules.js';
import type { FilePair, Membership, Rule, Rules } from './types.js';

/** One side of a rule. An outside side is below `~`, where the repository has no paths. */
interface RuleSide {
  readonly rule: Rule;
  readonly side: Side;
}

/** The renames of one instance of a rule, by their start on each side. */
interface Renames {
  readonly a: Map<string, Rename>;
  readonly b: Map<string, Rename>;
}

/** Pure. The manifest's rules for any path. */
export function buildRules(manifest: Manifest): Rules {
  const renamed = findRenames(manifest.pairs, manifest.aliases);
  const all = compileRules(manifest, renamed);
  const sides = buildTrie(all);
  const renames = new RenameTable([...renamed.values()].flat());
  const equalities = new Equalities();
  const waivers: Record<Side, ((path: RepoPath) => boolean)[]> = {
    a: manifest.liveOnly.map(compileGlob),
    b: manifest.submoduleOnly.map(compileGlob),
  };
  return {
    outsideRoots: outsideRootsOf(manifest),
    all,
    keys: [...new Set([...all.map((rule) => rule.key), ...renames.keys])],
    lookUp: (path) => lookUp(sides, path),
    below: (path) => sides.beneath(path.split('/')).map(({ value, binding }) => ({ rule: value.rule, binding })),
    pairOf: (membership) => pairOf(membership, renames, equalities),
    restsBeside: (membership) => restsBeside(membership, renames),
    pairsByNameAlone: (rule) =>
      // Equal files that hold words of `with` are out of sync.
      (rule.textRule?.with.length ?? 0) === 0 &&
      !rule.hasExcludes &&
      rule.exception === undefined &&
      rule.shape !== 'fanout' &&
      !renames.hasSome(rule),
    waivesMissing: (side, path) => waivers[side].some((matches) => matches(path)),
  };
}

function buildTrie(rules: readonly Rule[]): PlaceTrie<RuleSide> {
  const sides = new PlaceTrie<RuleSide>();
  for (const rule of rules) {
    for (const side of ['a', 'b'] as const) sides.add(placeOf(rule[side]), { rule, side });
  }
  return sides;
}

function lookUp(sides: PlaceTrie<RuleSide>, path: RepoPath): readonly Membership[] {
  const segments = path.split('/');
  return sides.covering(segments).flatMap(({ value: { rule, side }, binding, depth }: Covering<RuleSide>) => {
    // safeguard own-source (T15): a source is not its own copy (unit/rules/build)
    if (side === 'b' && isOwnSource(rule, binding)) return [];
    return [{ rule, side, binding, rest: segments.slice(depth).join('/') as RepoPath }];
  });
}

class RenameTable {
  readonly keys: readonly string[];
  readonly #byInstance = new Map<string, Renames>();
  readonly #rules: ReadonlySet<number>;

  constructor(renames: readonly Rename[]) {
    this.keys = renames.map((rename) => keyOf(rename.alias));
    this.#rules = new Set(renames.map(({ pair }) => pair));
    for (const rename of renames) {
      const instance = `${rename.pair}/${bindingKey(rename.binding)}`;
      const found = this.#byInstance.get(instance) ?? { a: new Map(), b: new Map() };
      found.a.set(rename.restA, rename);
      found.b.set(rename.restB, rename);
      this.#byInstance.set(instance, found);
    }
  }

  hasSome({ id }: Rule): boolean {
    return this.#rules.has(id);
  }

  #tableOf({ rule, side, binding }: Membership): Map<string, Rename> | undefined {
    return this.#byInstance.get(`${rule.id}/${bindingKey(binding)}`)?.[side];
  }

  /** The renames of names strictly below the path on this side. */
  inside(membership: Membership): readonly Rename[] {
    const named = [...(this.#tableOf(membership) ?? [])];
    const { rest } = membership;
    return named.flatMap(([start, rename]) => (below(start as RepoPath, rest) ? [rename] : []));
  }

  /** The most specific rename that covers the path below this side. */
  covering(membership: Membership): Rename | undefined {
    const { rest } = membership;
    const table = this.#tableOf(membership);
    if (!table) return undefined;
    for (let prefix: string = rest; ; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('/')))) {
      const rename = table.get(prefix);
      if (rename || prefix === '') return rename;
    }
  }
}

function restsBeside(membership: Membership, renames: RenameTable): readonly RepoPath[] {
  const { side, rest } = membership;
  const rename = renames.covering(membership);
  const straight = rename ? renamedRest(rename, side, rest) : rest;
  const inside = renames.inside(membership).map(({ restA, restB }) => (side === 'a' ? restB : restA));
  return [...(straight === undefined ? [] : [straight]), ...inside];
}

function pairOf(membership: Membership, renames: RenameTable, equalities: Equalities): FilePair | undefined {
  const { rule, side, binding, rest } = membership;
  const rename = renames.covering(membership);
  const partnerRest = rename ? (renamedRest(rename, side, rest) as RepoPath) : rest;
  // safeguard excluded: what is excluded has no partner (unit/rules/build: exclude is)
  if (rule.excludes(rest) || rule.excludes(partnerRest)) return undefined;
  const back = renames.covering({ rule, side: side === 'a' ? 'b' : 'a', binding, rest: partnerRest });
  // If the way back leads elsewhere, the partner's name belongs to another file.
  const taken = back !== rename;
  const [restA, restB] = side === 'a' ? [rest, partnerRest] : [partnerRest, rest];
  const [rootA, rootB] = [pathOf(rule.a, binding), pathOf(rule.b, binding)];
  // safeguard kept-out: a copy that is excluded is no copy (unit/rules/build)
  if (rule.keepsOut(joinPath(rootB, restB))) return undefined;
  const a = taken && side === 'b' ? null : joinPath(rootA, restA);
  const b = taken && side === 'a' ? null : joinPath(rootB, restB);
  const exception = rename ? rename.alias.exception : rule.exception;
  return {
    rule,
    key: rename ? keyOf(rename.alias) : rule.key,
    relativePath: relativePathOf(rule, rename, restA, a ?? b, b),
    a,
    b,
    rootA,
    rootB,
    equality: equalities.of(rename?.alias.textRule ?? rule.textRule, binding),
    ...(exception && { exception }),
  };
}

function relativePathOf(
  rule: Rule,
  rename: Rename | undefined,
  restA: RepoPath,
  first: RepoPath | null,
  copy: RepoPath | null,
): RepoPath {
  if (rule.shape === 'fanout' && copy !== null) return copy;
  const start = rename?.restA ?? '';
  const rest = (start === '' ? restA : restA.slice(start.length + 1)) as RepoPath;
  return rest === '' && first !== null ? baseOf(first) : rest;
}
