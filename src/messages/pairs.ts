// Messages about invalid pairs and aliases of a manifest, with the correction.

/** The problem, and the correction. */
export interface PairText {
  readonly message: string;
  readonly hint: string;
}

const problem = (message: string, hint: string): PairText => ({ message, hint });

export const NAMES_DIFFER = problem(
  'the {Name}s of the two sides do not match',
  'use the same names on both sides, or names on b alone',
);
export const MANY_SOURCES = problem(
  'many sources for one target',
  'with names on b alone, fix_direction must be live_to_submodule',
);
export const SIDES_NEST = problem('one side is inside the other, or is the same', 'pair two separate paths');
export const MANIFEST_PAIRED = problem(
  'a side is the manifest itself',
  'remove it; a manifest applies only to its own repository',
);
export const PAIRED_TWICE = problem('the same pair twice', 'remove one of them');
export const SECOND_ALIAS = problem('the file has another alias in the same pair', 'keep one of them');

/** Two pairs with the same target. */
export function sharedTarget(other: string): PairText {
  return problem(`two sources for one target, with ${other}`, 'keep them apart with exclude, or remove one of them');
}

/**
 * Two pairs; one could write below the target of the other. `place`: the path that both would
 * write.
 */
export function nestedTargets(other: string, place: string): PairText {
  return problem(
    `both this pair and ${other} could write ${place}`,
    'keep them apart with exclude, or remove one of them',
  );
}

export function sayCycle(keys: readonly string[]): PairText {
  return problem(`a cycle: ${keys.join(', ')}`, 'let one side be the source of all the others');
}

const REASON = 'say why the two may differ';
const ELEMENT = 'write { "a": "…", "b": "…" }';

export const ALIASES_SHAPE = problem('aliases is neither an object nor an array', 'write { "<a path>": "<b path>" }');
export const ALIAS_SHAPE = problem(
  'an alias must be a path or an object',
  'write "<b path>", or { "b": "…", "exception": "…" }',
);
export const ELEMENT_SHAPE = problem('an element of aliases must be an object', ELEMENT);
export const ELEMENT_KEYS = problem('an alias needs a and b, or exactly one key', ELEMENT);
export const NO_REASON = problem('an exception without a reason', REASON);
export function nothingPinned(key: string): PairText {
  return problem(`${JSON.stringify(key)} belongs to an exception, but there is none`, 'add "exception"');
}
export const NOT_STATES = problem('"at" is not [state, state]', 'a state is "<mode> <object id>", or null for absent');
export const HOW_TO_EXCEPT = REASON;

export function pathNotText(key: string): string {
  return `${key} is a path, so it must be a string`;
}

const ACCEPT = 'let the command write it: git dos-sync accept <path> --reason "…"';

export const NOT_HOLDS = problem('"holds" is neither "states" nor "difference"', ACCEPT);
export const NO_HOLDS = problem('"digest" without "holds": "difference"', 'add "holds": "difference", or remove it');
export const HOLDS_NOTHING = problem('"holds" needs "at", the two states that were agreed', ACCEPT);
export const NOT_DIGEST = problem('the agreed difference needs "digest": "sha256:…"', ACCEPT);
export const RULE_AND_EXCEPTION = problem(
  'an exception without "at", and a rule ("with" or "own"), for the same two files',
  'keep one of them: the rule, if the rest must stay equal',
);

export const NOT_SUBSTITUTIONS = problem(
  '"with" must be a list of [side a, side b], 1 to 32 of them',
  'write "with": [["words on side a", "words on side b"]]',
);
export const NOT_SUBSTITUTION = problem('a substitution must be two strings', 'write ["side a", "side b"]');
export const NOTHING_REPLACED = problem('a substitution of nothing', 'name the words on side a');
export const REPLACED_TWICE = problem('the same words on side a twice', 'keep one of them');
export const NOT_OWN_LIST = problem(
  '"own" must be a list of parts',
  'write "own": ["front_matter"], or see docs/differences.md for the other parts',
);
export const NOT_OWN_PART = problem(
  'not a part that a side can keep for itself',
  'write "front_matter", { "first_lines": 1 }, { "lines": "# Title: " } or { "from": "…", "to": "…" }',
);
export const NOT_ONE_LINE = problem('a line break in a part of "own"', 'name one line, or its beginning');
export const OWN_TWICE = problem('the same part of "own" twice', 'keep one of them');

export function notText(key: string): PairText {
  return problem(`${JSON.stringify(key)} must be a text that is not empty`, 'write some words, or remove it');
}
