// The manifest's schema: the validator uses it, and schema.json is generated from it.

import * as v from 'valibot';

const text = (description: string) => v.pipe(v.string(), v.minLength(1), v.description(description));

const globs = (description: string) =>
  v.pipe(
    v.array(text('A glob: **, * and ? are special; a name covers everything below it.')),
    v.description(description),
  );

const state = v.nullable(
  v.pipe(
    v.string(),
    v.regex(/^(?:100644|100755|120000|160000) (?:[0-9a-f]{40}|[0-9a-f]{64})$/),
    v.description('"<mode> <object id>", as git ls-files --stage prints them; null for absent.'),
  ),
);

const reason = v.pipe(v.string(), v.regex(/\S/), v.description('Why the two may differ. Never reported as drift.'));

const at = v.pipe(
  v.strictTuple([state, state]),
  v.description('The exception holds only while side a and side b are in these two states.'),
);

const holds = v.pipe(
  v.picklist(['states', 'difference']),
  v.description('What "at" pins: the two states (the default), or the difference between them, wherever it stands.'),
);

const digest = v.pipe(
  v.string(),
  v.regex(/^sha256:[0-9a-f]{64}$/),
  v.description('The difference that was agreed, as git dos-sync accept writes it.'),
);

/** The largest number of substitutions of a pair. */
export const MOST_SUBSTITUTIONS = 32;

const substitutions = v.pipe(
  v.array(v.strictTuple([text('The words on side a.'), v.pipe(v.string(), v.description('The words on side b.'))])),
  v.minLength(1),
  v.maxLength(MOST_SUBSTITUTIONS),
  v.description('Literal substitutions that turn the text of side a into that of side b.'),
);

const own = v.pipe(
  v.array(
    v.union([
      v.literal('front_matter'),
      v.strictObject({
        first_lines: v.pipe(v.number(), v.integer(), v.minValue(1), v.description('How many lines at the top.')),
      }),
      v.strictObject({ lines: text('How the lines begin, after white space.') }),
      v.strictObject({ from: text('The line before the block.'), to: text('The line after it.') }),
    ]),
  ),
  v.minLength(1),
  v.description('The parts that each side keeps for itself; everything else must be equal.'),
);

/** What may be declared of pairs and aliases alike. */
const declaration = {
  with: v.optional(substitutions),
  own: v.optional(own),
  name: v.optional(text('A name for people, shown in messages.')),
  note: v.optional(text('Why the pair exists, for people.')),
};

/** An alias in a map, where its key is the a side. */
const aliasTarget = {
  b: text('The b side.'),
  exception: v.optional(reason),
  at: v.optional(at),
  holds: v.optional(holds),
  digest: v.optional(digest),
  ...declaration,
};

const exceptionTo = v.object(aliasTarget);

const aliasMap = v.record(v.string(), v.union([text('The b side.'), exceptionTo]));

const alias = v.object({ a: text('The a side.'), ...aliasTarget });

export const pairSchema = v.object({
  a: text(
    'The live side: a file or a directory. {Name} matches one path segment; ~/ begins a path outside the repository.',
  ),
  b: text('The submodule side. {Name}s on this side alone make every existing match a copy of a.'),
  exclude: v.optional(globs('Files that the pair does not compare: globs relative to the pair.')),
  ...declaration,
});

const direction = v.pipe(
  v.picklist(['live_to_submodule', 'submodule_to_live']),
  v.description('Which side a fix copies from: a to b, or b to a.'),
);

export function isDirection(value: unknown): value is v.InferOutput<typeof direction> {
  return v.is(direction, value);
}

/**
 * Types and required keys. Unknown keys, paths and overlaps are checked later: a schema reports
 * only the first.
 */
export const manifestSchema = v.pipe(
  v.object({
    $schema: v.optional(v.pipe(v.string(), v.description('The location of this schema, for editors.'))),
    pairs: v.pipe(
      v.array(pairSchema),
      v.description('The pairs that must be identical: two files, or two directories.'),
    ),
    aliases: v.optional(
      v.pipe(
        v.union([aliasMap, v.array(v.union([alias, v.pipe(aliasMap, v.minEntries(1), v.maxEntries(1))]))]),
        v.description('Files whose names differ between the two sides, and exceptions.'),
      ),
    ),
    live_only: v.optional(globs('Files that may be missing on the b side: globs on a-side paths.')),
    submodule_only: v.optional(globs('Files that may be missing on the a side: globs on b-side paths.')),
    fix_direction: direction,
  }),
  v.title('dos-sync manifest'),
  v.description('Which files of a repository must be byte-identical.'),
);

export type ManifestShape = v.InferOutput<typeof manifestSchema>;

/** The allowed keys of each kind of object; keys with the prefix `x-` are ignored. */
export const KNOWN_KEYS = {
  manifest: Object.keys(manifestSchema.pipe[0].entries),
  pair: Object.keys(pairSchema.entries),
  alias: Object.keys(alias.entries),
  exception: Object.keys(exceptionTo.entries),
} as const;
