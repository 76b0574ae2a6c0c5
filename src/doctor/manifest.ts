// Manifest entries without effect: no matching files, or a rule that never applies. Pure.

import { groupBy } from '../git/group-by.js';
import { type RepoPath, textOf } from '../git/path.js';
import type { UnlikeVerdicts } from '../judge/check-whole.js';
import type { Verdict } from '../judge/types.js';
import { compileGlob } from '../manifest/glob.js';
import { keyOf } from '../manifest/sides.js';
import type { Manifest } from '../manifest/types.js';
import * as say from '../messages/doctor.js';
import { endsOf } from '../rules/ends.js';
import type { Rules } from '../rules/types.js';
import type { InstanceCount } from '../snapshot/select.js';
import { findFolding, isReservedOnWindows } from './names.js';
import { type Note, note } from './types.js';

export function examineManifest(manifest: Manifest, rules: Rules, { verdicts, instances }: UnlikeVerdicts): Note[] {
  const notes = [
    ...findDead(rules, verdicts, instances),
    ...findDeadAliases(manifest, rules, verdicts),
    ...findStaleLists(manifest, verdicts),
    ...findLapsed(manifest, verdicts),
    ...findWideRules(verdicts),
    ...findNames(verdicts),
  ];
  return notes.length > 0 ? notes : [note('manifest', 'ok', say.sayManifestSound(rules.keys.length))];
}

const DEAD = { plain: say.sayDead, named: say.sayNoMatch, fanout: say.sayNoCopy } as const;

const COMPARED = new Set(['SYNCED', 'DRIFT', 'LINKED', 'EXCEPTION']);

/** Pairs without any file, without one side, or without a common file. */
function findDead(rules: Rules, verdicts: readonly Verdict[], instances: readonly InstanceCount[]): Note[] {
  const equal = new Set(instances.flatMap(({ rule, alike }) => (alike > 0 ? [rule] : [])));
  const byRule = groupBy(verdicts, ({ pair }) => pair.rule);
  return rules.all.flatMap((rule) => {
    if (equal.has(rule)) return [];
    const { key, a, b, shape, exception } = rule;
    const own = byRule.get(rule) ?? [];
    if (a.outside || b.outside || own.some(({ status }) => status === 'UNCHECKED')) return [];
    if (own.length === 0) {
      if (exception) return [];
      return [note('dead-entry', 'warning', DEAD[shape](key), say.EDIT)];
    }
    if (own.some(({ status }) => COMPARED.has(status))) return [];
    const lacks = (side: 'a' | 'b') => own.every((verdict) => verdict[side].kind === 'absent');
    const side = lacks('a') ? a.text : lacks('b') ? b.text : undefined;
    if (side !== undefined) return [note('dead-entry', 'warning', say.sayDeadSide(key, side), say.EDIT)];
    return [note('vacuous-pair', 'problem', say.sayVacuousPair(key), say.EDIT)];
  });
}

/** Aliases inside a pair with neither name present. */
function findDeadAliases(manifest: Manifest, rules: Rules, verdicts: readonly Verdict[]): Note[] {
  const keys = new Set(rules.all.map(({ key }) => key));
  const seen = new Set(verdicts.map(({ pair }) => pair.key));
  const dead = manifest.aliases.filter((alias) => {
    return !alias.exception && !alias.a.outside && !keys.has(keyOf(alias)) && !seen.has(keyOf(alias));
  });
  return dead.map((alias) => note('dead-entry', 'warning', say.sayDead(keyOf(alias)), say.EDIT));
}

/** Globs of the one-sided lists that match nothing. */
function findStaleLists(manifest: Manifest, verdicts: readonly Verdict[]): Note[] {
  const lists = [
    ['live_only', manifest.liveOnly, 'LIVE_ONLY', 'a'],
    ['submodule_only', manifest.submoduleOnly, 'SUBMODULE_ONLY', 'b'],
  ] as const;
  return lists.flatMap(([name, globs, waived, side]) =>
    globs
      .filter((glob) => !glob.startsWith('~/'))
      .flatMap((glob) => {
        const matches = compileGlob(glob);
        const covered = verdicts.filter(({ pair }) => pair[side] !== null && matches(pair[side]));
        if (covered.some(({ status }) => status === waived || status === 'UNCHECKED')) return [];
        const says = covered.some(({ status }) => COMPARED.has(status))
          ? say.sayOnBothSides(name, glob)
          : say.sayMatchesNothing(name, glob);
        return [note('stale-list', 'warning', says, say.EDIT)];
      }),
  );
}

/** Exceptions that have lapsed. */
function findLapsed(manifest: Manifest, verdicts: readonly Verdict[]): Note[] {
  const byKey = groupBy(verdicts, ({ pair }) => pair.key);
  return manifest.aliases.flatMap((alias) => {
    const { exception } = alias;
    if (!exception || alias.a.outside || alias.b.outside) return [];
    const own = byKey.get(keyOf(alias)) ?? [];
    if (own.some(({ status }) => status === 'EXCEPTION' || status === 'UNCHECKED')) return [];
    if (own.length === 0) return [note('exception', 'warning', say.sayExceptionForNothing(keyOf(alias)), say.EDIT)];
    const moved = own.some(({ status }) => status !== 'SYNCED' && status !== 'LINKED');
    if (moved) return [note('exception', 'problem', say.sayLapsed(keyOf(alias)), say.PIN_AGAIN)];
    return [note('exception', 'warning', say.sayExceptionNotNeeded(keyOf(alias)), say.EDIT)];
  });
}

/** A file with more own lines than this hides more than a header. */
const MOST_OWN = 0.2;

/** Files of which `own` leaves out much, and files to which a rule does not apply. */
function findWideRules(verdicts: readonly Verdict[]): Note[] {
  return verdicts.flatMap(({ pair, a, b, unfit }): Note[] => {
    const { equality } = pair;
    if (equality.kind === 'identical') return [];
    if (unfit) return [note('rule', 'warning', say.sayUnfitPair(textOfPair(pair), unfit), say.EDIT)];
    const wide = (['a', 'b'] as const).find((side) => {
      const entry = side === 'a' ? a : b;
      const known = entry.kind === 'file' ? equality.known.get(`${side} ${entry.oid}`) : undefined;
      return known?.kind === 'text' && known.leftOut > known.lines * MOST_OWN;
    });
    const path = wide && pair[wide];
    return path ? [note('rule', 'warning', say.sayWideRule(textOf(path)), say.EDIT)] : [];
  });
}

function textOfPair({ a, b }: Verdict['pair']): string {
  return [a, b].flatMap((path) => (path === null ? [] : [textOf(path)])).join(' -> ');
}

/** True if {@link examineManifest} needs the verdict on every pair, not only their number. */
export function needsEveryPair({ liveOnly, submoduleOnly }: Manifest): boolean {
  return liveOnly.length > 0 || submoduleOnly.length > 0;
}

/** True if some paths are names that another system cannot hold, or would fold together. */
export function haveBadNames(paths: Iterable<RepoPath>): boolean {
  const names = [...new Set(paths)].map(textOf);
  return names.some(isReservedOnWindows) || findFolding(names).length > 0;
}

/** Names that another system cannot hold, or would fold together. */
function findNames(verdicts: readonly Verdict[]): Note[] {
  const targets = verdicts.map(({ pair }) => endsOf(pair).copy).filter((path): path is RepoPath => path !== null);
  const every = [...targets, ...verdicts.map(({ pair }) => endsOf(pair).source)];
  const reserved = new Set(every.filter((path) => path !== null && isReservedOnWindows(textOf(path))));
  return [
    ...findFolding(targets.map(textOf)).map((names) => note('folding', 'warning', say.sayFolding(names))),
    ...[...reserved].map((path) => note('windows-name', 'warning', say.sayReserved(textOf(path as RepoPath)))),
  ];
}
