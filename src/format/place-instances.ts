// The instances of pairs that the table of copies shows, and which of them are one artifact. Pure.

import type { RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { NO_BINDING, pathOf } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { Rule, Rules } from '../rules/types.js';
import type { InstanceCount } from '../snapshot/select.js';

/** The two roots of a pair or of an instance of a template, with their verdicts. */
export interface PlaceInstance {
  readonly rule: Rule;
  readonly a: RepoPath;
  readonly b: RepoPath;
  readonly isDirectory: boolean;
  readonly verdicts: Verdict[];
  /** The number of further file pairs, in directories that are equal. */
  readonly alike: number;
}

/**
 * A pair without files is declared too, and gets an empty row. `counted`: the instances in their
 * order, if the verdicts leave out equal directories.
 */
export function collectInstances(
  rules: Rules,
  verdicts: readonly Verdict[],
  counted: readonly InstanceCount[],
): readonly PlaceInstance[] {
  const found = new Map<string, PlaceInstance | undefined>();
  for (const { rule, a, b, alike } of counted) {
    const known = alike > 0 ? { rule, a, b, isDirectory: true, verdicts: [], alike } : undefined;
    found.set(`${rule.id}\0${a}\0${b}`, known);
  }
  for (const verdict of verdicts) {
    const { rule, rootA, rootB, a, b } = verdict.pair;
    const key = `${rule.id}\0${rootA}\0${rootB}`;
    const isDirectory = (a !== null && a !== rootA) || (b !== null && b !== rootB);
    const known = found.get(key) ?? { rule, a: rootA, b: rootB, isDirectory, verdicts: [], alike: 0 };
    known.verdicts.push(verdict);
    found.set(key, known);
  }
  const instances = [...found.values()].filter((each) => each !== undefined);
  const seen = new Set(instances.map(({ rule }) => rule));
  return [...instances, ...rules.all.filter((rule) => !seen.has(rule)).map(emptyInstance)];
}

function emptyInstance(rule: Rule): PlaceInstance {
  return { rule, a: sideOf(rule, 'a'), b: sideOf(rule, 'b'), isDirectory: true, verdicts: [], alike: 0 };
}

export function sourceOf(instance: PlaceInstance): RepoPath {
  return instance[instance.rule.source];
}

export function copyOf(instance: PlaceInstance): RepoPath {
  return instance[instance.rule.copy];
}

function sideOf(rule: Rule, side: Side): RepoPath {
  const names = new Map(
    rule[side].segments.flatMap((segment) =>
      typeof segment === 'string' ? [] : [[segment.name, `{${segment.name}}`]],
    ),
  );
  return pathOf(rule[side], names.size > 0 ? (names as Map<string, string>) : NO_BINDING);
}

/** Instances that share a root are one artifact: live -> release -> pack. */
export function joinByRoots(instances: readonly PlaceInstance[]): readonly (readonly PlaceInstance[])[] {
  const byRoot = new Map<RepoPath, PlaceInstance[]>();
  for (const instance of instances) {
    for (const root of new Set([instance.a, instance.b])) {
      const known = byRoot.get(root);
      if (known) known.push(instance);
      else byRoot.set(root, [instance]);
    }
  }
  const taken = new Set<PlaceInstance>();
  return instances.flatMap((first) => {
    if (taken.has(first)) return [];
    const component: PlaceInstance[] = [];
    const pending = [first];
    for (const next of pending) {
      if (taken.has(next)) continue;
      taken.add(next);
      component.push(next);
      for (const root of [next.a, next.b]) {
        for (const each of byRoot.get(root) ?? []) pending.push(each);
        // Every instance at this root is pending now.
        byRoot.delete(root);
      }
    }
    return [component];
  });
}
