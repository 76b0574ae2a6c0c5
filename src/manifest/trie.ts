// A tree of places by segment: finds everything declared at, above or below a path in time that
// depends on its depth.

import type { Binding } from './sides.js';
import type { Segment } from './types.js';

interface TrieNode<Value> {
  readonly literals: Map<string, TrieNode<Value>>;
  /** Children for a `{Name}`, by that name. */
  readonly names: Map<string, TrieNode<Value>>;
  readonly values: Value[];
}

/** A value whose place is below a path. */
interface Beneath<Value> {
  readonly value: Value;
  readonly binding: Binding;
}

/** A value whose place covers a path. */
export interface Covering<Value> extends Beneath<Value> {
  /** The number of path segments that the place matches. */
  readonly depth: number;
}

function emptyNode<Value>(): TrieNode<Value> {
  return { literals: new Map(), names: new Map(), values: [] };
}

export class PlaceTrie<Value> {
  readonly #root = emptyNode<Value>();

  add(place: readonly Segment[], value: Value): void {
    let node = this.#root;
    for (const segment of place) {
      const literal = typeof segment === 'string';
      const children = literal ? node.literals : node.names;
      const key = literal ? segment : segment.name;
      const child = children.get(key) ?? emptyNode<Value>();
      children.set(key, child);
      node = child;
    }
    node.values.push(value);
  }

  /** The declarations at or above the path. */
  covering(segments: readonly string[]): Covering<Value>[] {
    const found: Covering<Value>[] = [];
    this.#walk(segments, (node, depth, binding) => {
      for (const value of node.values) found.push({ value, binding, depth });
    });
    return found;
  }

  /** The declarations strictly below the path; `binding` has the names above it. */
  beneath(segments: readonly string[]): Beneath<Value>[] {
    const found: Beneath<Value>[] = [];
    this.#walk(segments, (node, depth, binding) => {
      if (depth === segments.length) for (const value of valuesBelow(node)) found.push({ value, binding });
    });
    return found;
  }

  /** The declarations at, above or below a place, where a `{Name}` matches any segment. */
  *overlapping(place: readonly Segment[]): Generator<Value> {
    let level = [this.#root];
    for (const segment of place) {
      for (const node of level) yield* node.values;
      level = level.flatMap((node) => {
        if (typeof segment !== 'string') return [...node.literals.values(), ...node.names.values()];
        const literal = node.literals.get(segment);
        return [...(literal ? [literal] : []), ...node.names.values()];
      });
    }
    for (const node of level) {
      yield* node.values;
      yield* valuesBelow(node);
    }
  }

  #walk(segments: readonly string[], visit: (node: TrieNode<Value>, depth: number, binding: Binding) => void): void {
    const step = (node: TrieNode<Value>, depth: number, binding: Binding): void => {
      visit(node, depth, binding);
      const segment = segments[depth];
      if (segment === undefined) return;
      const literal = node.literals.get(segment);
      if (literal) step(literal, depth + 1, binding);
      // Outside places are below `~`, which a {Name} must not match.
      if (depth === 0 && segment === '~') return;
      for (const [name, child] of node.names) {
        const bound = binding.get(name);
        if (bound === undefined) step(child, depth + 1, new Map(binding).set(name, segment));
        else if (bound === segment) step(child, depth + 1, binding);
      }
    };
    step(this.#root, 0, new Map());
  }
}

function* valuesBelow<Value>(node: TrieNode<Value>): Generator<Value> {
  const pending = [...node.literals.values(), ...node.names.values()];
  for (let next = pending.pop(); next; next = pending.pop()) {
    yield* next.values;
    pending.push(...next.literals.values(), ...next.names.values());
  }
}
