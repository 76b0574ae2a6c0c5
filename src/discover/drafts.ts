// Drafts the pairs that would declare a group of copies.

import { baseOf, below, joinPath, pathFromText, type RepoPath, textOf } from '../git/path.js';
import { isAccepted } from './accepted.js';
import { type CopyEvidence, readContents } from './contents.js';
import type { FanOut } from './fan-outs.js';
import { foldRenamed } from './fold.js';
import { chooseSource, type Source } from './orient.js';
import { countOpen, differInAll, fits, type Pattern, patternsOf, templateOf } from './patterns.js';
import type { Context, Star } from './stars.js';
import type { Candidate, Draft, ProposedPair } from './types.js';

/** Fewer copies are declared one by one. */
const FEWEST_OF_TEMPLATE = 4;
const MOST_OUTSIDE = 6;
const NONE = (): readonly Draft[] => [];

function pairOf(a: RepoPath, b: RepoPath, exclude: readonly RepoPath[] = []): readonly ProposedPair[] {
  const pair = { a: textOf(a), b: textOf(b), exclude: exclude.map(textOf) };
  return isAccepted(pair.a, pair.b) ? [pair] : [];
}

/** One draft for all copies of a tree: a template if the places fit one, else one pair for each. */
export function draftStar(context: Context, star: Star): readonly Draft[] {
  const { evidence, known } = context;
  const { source, targets, mapped } = star;
  const plain = targets.filter(({ form }) => form !== 'named').map(({ path }) => path);
  const named = targets.filter(({ form }) => form === 'named').map(({ path }) => path);
  const template = known.forward ? findTemplate(evidence, source.path, plain) : undefined;
  const single = plain.filter((path) => !template || !fits(template, path.split('/')));
  const children = (path: RepoPath) => `${path}/{Name}` as RepoPath;
  const pairs = [
    ...(template ? pairOf(source.path, templateOf(template), othersLike(evidence, template, source.path, plain)) : []),
    ...single.flatMap((path) => pairOf(source.path, path)),
    ...named.flatMap((path) => pairOf(children(source.path), children(path))),
  ];
  const [only] = targets.length === 1 ? plain : [];
  const aliases = only === undefined ? [] : findAliases(evidence, source.path, only);
  const kind = template ? 'fan-out' : 'directories';
  const parts = () =>
    targets.length > 1 ? partsOfStar(context, star) : named.flatMap((path) => partsOfNamed(context, star, path));
  return [{ kind, pairs, aliases, basis: source.basis, mapped, parts }];
}

/** One draft for each target. */
function partsOfStar(context: Context, { source, targets, mapped }: Star): readonly Draft[] {
  return targets.flatMap((target) => {
    const inside = mapped.filter((pair) => pair.some((path) => below(path, target.path) !== undefined));
    return draftStar(context, { source, targets: [target], mapped: inside });
  });
}

/** One draft for each child that both have. */
function partsOfNamed({ evidence: { tree } }: Context, { source, mapped }: Star, target: RepoPath): readonly Draft[] {
  const both = tree.childrenOf(source.path).map((name) => {
    return [source.path, target].map((side) => joinPath(side, pathFromText(name))) as [RepoPath, RepoPath];
  });
  return both.flatMap(([a, b]) => {
    const inside = mapped.filter((pair) => pair.some((path) => below(path, a) !== undefined));
    const kind = tree.files.has(a) ? 'files' : 'directories';
    const pairs = inside.length > 0 ? pairOf(a, b) : [];
    return pairs.length > 0 ? [{ kind, pairs, aliases: [], basis: source.basis, mapped: inside, parts: NONE }] : [];
  });
}

/** The pattern that fits most of the places and few other directories. */
function findTemplate(evidence: CopyEvidence, source: RepoPath, places: readonly RepoPath[]): Pattern | undefined {
  const members = new Map<string, { readonly pattern: Pattern; readonly paths: string[][] }>();
  for (const place of places) {
    const segments = place.split('/');
    for (const { key, pattern } of patternsOf(segments, segments.length)) {
      const known = members.get(key) ?? { pattern, paths: [] };
      known.paths.push(segments);
      members.set(key, known);
    }
  }
  const fitting = [...members.values()].filter(
    ({ pattern, paths }) =>
      paths.length >= FEWEST_OF_TEMPLATE &&
      differInAll(pattern, paths) &&
      isAccepted(textOf(source), textOf(templateOf(pattern))) &&
      othersLike(evidence, pattern, source, places).length * 2 <= paths.length,
  );
  fitting.sort(
    (one, other) => other.paths.length - one.paths.length || countOpen(one.pattern) - countOpen(other.pattern),
  );
  return fitting[0]?.pattern;
}

/** The directories that match but are not copies. */
function othersLike({ tree }: CopyEvidence, pattern: Pattern, source: RepoPath, places: readonly RepoPath[]) {
  const meant = new Set([source, ...places]);
  return tree.directoriesLike(pattern).filter((path) => !meant.has(path));
}

function findAliases(evidence: CopyEvidence, a: RepoPath, b: RepoPath): Draft['aliases'] {
  const { moved } = readContents(evidence, a, b);
  const { tree } = evidence;
  return foldRenamed(moved, tree.namesBelow(a), tree.namesBelow(b)).map(
    ([one, other]) => [`${textOf(a)}/${textOf(one)}`, `${textOf(b)}/${textOf(other)}`] as const,
  );
}

/**
 * One template for the copies, or one pair for each if the manifest rejects it. The family's other
 * files are declared one by one.
 */
export function draftFanOut(context: Context, fanOut: FanOut): Draft {
  const { pattern, copies, outside } = fanOut;
  const [sample] = copies;
  const others = outside.filter(({ path }) => sample && baseOf(path) === baseOf(sample.path)).slice(0, MOST_OUTSIDE);
  const moved = others.length === 0 && sample ? findMovedOn(context.evidence, sample) : undefined;
  const source: Source = moved ? { path: moved.path, basis: 'depth' } : sourceAmong(context, [...others, ...copies]);
  const template = context.known.forward ? pairOf(source.path, templateOf(pattern)) : [];
  const single = [...(template.length > 0 ? [] : copies), ...others].filter(({ path }) => path !== source.path);
  const pairs = [...template, ...single.flatMap(({ path }) => pairOf(source.path, path))];
  const mapped = [...copies, ...others].map(({ path }) => [source.path, path] as const);
  const parts = () => {
    if (template.length === 0) return [];
    const narrower = narrow(fanOut).map((each) => draftFanOut(context, each));
    return [...narrower, ...mapped.flatMap((each) => draftPair(source, each))];
  };
  return { kind: 'fan-out', pairs, aliases: [], basis: source.basis, mapped, parts };
}

/** A fan-out for each top-level directory, if the template leaves that open. */
function narrow({ pattern, copies, outside }: FanOut): readonly FanOut[] {
  if (pattern[0] !== null) return [];
  const tops = [...new Set(copies.map(({ segments }) => segments[0] ?? ''))];
  const narrower = tops.map((top) => {
    const inside = copies.filter(({ segments }) => segments[0] === top);
    const rest = outside.length > 0 ? outside : copies.filter((copy) => !inside.includes(copy));
    return { pattern: [top, ...pattern.slice(1)], copies: inside, outside: rest };
  });
  return narrower.filter((each) => each.copies.length >= FEWEST_OF_TEMPLATE && countOpen(each.pattern) > 0);
}

/** The file of that name closest to the top, if only it was edited since it equalled the copies. */
function findMovedOn({ tree, past }: CopyEvidence, copy: Candidate): Candidate | undefined {
  const top = tree.candidates.get(baseOf(copy.path));
  return top && top !== copy && past?.held(top, copy.state) ? top : undefined;
}

function draftPair({ basis }: Source, [a, b]: readonly [RepoPath, RepoPath]): readonly Draft[] {
  return a === b ? [] : [{ kind: 'files', pairs: pairOf(a, b), aliases: [], basis, mapped: [[a, b]], parts: NONE }];
}

/** A few files, each paired with their source. */
export function draftFiles(context: Context, files: readonly Candidate[]): Draft {
  const source = sourceAmong(context, files);
  const copies = files.filter(({ path }) => path !== source.path);
  const mapped = copies.map(({ path }) => [source.path, path] as const);
  const pairs = mapped.flatMap(([a, b]) => pairOf(a, b));
  return { kind: 'files', pairs, aliases: [], basis: source.basis, mapped, parts: NONE };
}

/** This many followers are enough to determine the leader. */
const FOLLOWERS = 30;

function sourceAmong({ evidence: { past }, known }: Context, files: readonly Candidate[]): Source {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const followers = files.filter((_, at) => at % Math.ceil(files.length / FOLLOWERS) === 0);
  return chooseSource([...byPath.keys()], true, known, (places, born) =>
    places.map((path) => {
      const file = byPath.get(path);
      if (!file || !past) return 0;
      const meetings = followers.filter((other) => other !== file).map((other) => past.meet(file, other));
      return meetings.reduce((sum, meeting) => sum + (born ? meeting.born : meeting.lead), 0);
    }),
  );
}
