// The manifest's shape, once: the validator walks this schema, and schema.json is generated from it.

import * as v from 'valibot';
import * as say from '../messages/manifest.js';

const path = v.pipe(
  v.string(),
  v.description('Relative to the top level of the repository, with "/". "~/…" is a place outside the repository.'),
);

const templatePath = v.pipe(
  v.string(),
  v.description('A file or a directory, as aliases have it; {Name} stands for one whole segment.'),
);

const globs = (description: string) => v.pipe(v.array(v.string()), v.description(description));

const reason = v.pipe(
  v.string(),
  v.regex(/\S/, say.BLANK_REASON),
  v.description('Why the two sides may differ. Reported as an exception, never as drift.'),
);

const state = v.nullable(
  v.pipe(
    v.string(),
    v.regex(/^(?:100644|100755|120000|160000) (?:[0-9a-f]{40}|[0-9a-f]{64})$/, say.BAD_STATE),
    v.description('"<mode> <object id>", as git ls-files -s prints them; null for absent.'),
  ),
);

const at = v.pipe(
  v.strictTuple([state, state]),
  v.description('The exception holds only while side a and side b are in these two states.'),
);

const pair = v.pipe(
  v.strictObject({
    a: v.pipe(templatePath, v.title('The live side')),
    b: v.pipe(templatePath, v.title('The submodule side')),
    exclude: v.optional(globs('What the pair leaves out: globs relative to the pair.')),
  }),
  v.title('Pair'),
  v.description('Two files, or two directories in which every file is paired by its relative path.'),
);

const exceptionValue = v.pipe(
  v.strictObject({ b: path, exception: v.optional(reason), at: v.optional(at) }),
  v.title('Alias, perhaps with an exception'),
);

const aliasMap = v.record(v.string(), v.union([path, exceptionValue]));

const aliasEntry = v.pipe(
  v.strictObject({ a: path, b: path, exception: v.optional(reason), at: v.optional(at) }),
  v.title('Alias'),
);

const oneKeyMap = v.pipe(aliasMap, v.minEntries(1), v.maxEntries(1));

/** Known keys, types, what is required. What the schema cannot say (paths, overlaps) is checked after it. */
export const manifestSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(v.pipe(v.string(), v.description('Where the schema of this file is, for editors.'))),
    pairs: v.pipe(v.array(pair), v.description('What must be identical.')),
    aliases: v.optional(
      v.pipe(
        v.union([aliasMap, v.array(v.union([aliasEntry, oneKeyMap]))]),
        v.description('Files whose names differ between the two sides; and exceptions.'),
      ),
    ),
    live_only: v.optional(globs('Globs on live-side paths that may be missing on the submodule side.')),
    submodule_only: v.optional(globs('Globs on submodule-side paths that may be missing on the live side.')),
    fix_direction: v.pipe(
      v.picklist(['live_to_submodule', 'submodule_to_live']),
      v.description('Which side a fix copies from: a to b, or b to a.'),
    ),
  }),
  v.title('dos-sync manifest'),
  v.description('Which files of a repository must be byte-identical.'),
);

export type ManifestShape = v.InferOutput<typeof manifestSchema>;
export const KNOWN_KEYS = {
  manifest: ['$schema', 'pairs', 'aliases', 'live_only', 'submodule_only', 'fix_direction'],
  pair: ['a', 'b', 'exclude'],
  alias: ['a', 'b', 'exception', 'at'],
  exception: ['b', 'exception', 'at'],
} as const;
