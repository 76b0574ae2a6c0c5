// The instances of pairs that the table of copies shows, and which of them are one artifact. Pure.

import type { RepoPath } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { NO_BINDING, pathOf } from '../manifest/sides.js';
import type { Side } from '../manifest/types.js';
import type { Rule, Rules } from '../rules/types.js';

/** The two roots of a pair or of an instance of a template, with their verdicts. */
export interface PlaceInstance {
  readonly rule: Rule;
  readonly a: RepoPath;
  readonly b: RepoPath;
  readonly isDirectory: boolean;
  readonly verdicts: Verdict[];
}

/** A pair without files is declared too, and gets an empty row. */
export function collectInstances(rules: Rules, verdicts: readonly Verdict[]): readonly PlaceInstance[] {
  const found = new Map<string, PlaceInstance>();
  for (const verdict of verdicts) {
    const { rule, rootA, rootB, a, b } = verdict.pair;
    const key = `${rule.id}\0${rootA}\0${rootB}`;
    const isDirectory = (a !== null && a !== rootA) || (b !== null && b !== rootB);
    const known = found.get(key) ?? { rule, a: rootA, b: rootB, isDirectory, verdicts: [] };
    known.verdicts.push(verdict);
    found.set(key, known);
  }
  const seen = new Set([...found.values()].map(({ rule }) => rule));
  const empty = rules.all.filter((rule) => !seen.has(rule));
  return [
    ...found.values(),
    ...empty.map((rule) => ({ rule, a: sideOf(rule, 'a'), b: sideOf(rule, 'b'), isDirectory: true, verdicts: [] })),
  ];
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
    for (const root of new Set([instance.a, instance.b])) byRoot.set(root, [...(byRoot.get(root) ?? []), instance]);
  }
  const taken = new Set<PlaceInstance>();
  return instances.flatMap((first) => {
    if (taken.has(first)) return [];
    const component: PlaceInstance[] = [];
    const pending = [first];
    for (let next = pending.shift(); next; next = pending.shift()) {
      if (taken.has(next)) continue;
      taken.add(next);
      component.push(next);
      pending.push(...(byRoot.get(next.a) ?? []), ...(byRoot.get(next.b) ?? []));
    }
    return [component];
  });
}
