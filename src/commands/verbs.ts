// The verbs of the command line, in the order of the help. Only the called verb is loaded.

import type { Load } from './other-verbs.js';
import type { Verb } from './verb.js';

const OFTEN: Readonly<Record<string, Load>> = {
  check: async () => (await import('./check.js')).addCheck,
  fix: async () => (await import('./fix.js')).addFix,
};

/** Verbs that need the grammar of all others. */
const NEEDS_ALL: readonly string[] = ['completion'];

/** The verbs that these words need: the named one, else all. */
export async function loadVerbs(words: readonly string[]): Promise<readonly Verb[]> {
  const [first = ''] = words;
  const often = verbIn(OFTEN, first);
  if (often) return [await often()];
  const { OTHER_VERBS } = await import('./other-verbs.js');
  const named = NEEDS_ALL.includes(first) ? undefined : verbIn(OTHER_VERBS, first);
  const loads = named ? [named] : [...Object.values(OFTEN), ...Object.values(OTHER_VERBS)];
  return Promise.all(loads.map((load) => load()));
}

function verbIn(verbs: Readonly<Record<string, Load>>, name: string): Load | undefined {
  return Object.hasOwn(verbs, name) ? verbs[name] : undefined;
}
