// The verbs of the command line, in the order of the help. Only the called verb is loaded.

import type { Verb } from './verb.js';

type Load = () => Promise<Verb>;

const VERBS: Readonly<Record<string, Load>> = {
  check: async () => (await import('./check.js')).addCheck,
  fix: async () => (await import('./fix.js')).addFix,
  undo: async () => (await import('./undo.js')).addUndo,
  diff: async () => (await import('./diff.js')).addDiff,
  explain: async () => (await import('./explain.js')).addExplain,
  audit: async () => (await import('./audit.js')).addAudit,
  discover: async () => (await import('./discover.js')).addDiscover,
  status: async () => (await import('./status.js')).addStatus,
  graph: async () => (await import('./graph.js')).addGraph,
  init: async () => (await import('./init.js')).addInit,
  add: async () => (await import('./add.js')).addAdd,
  accept: async () => (await import('./accept.js')).addAccept,
  install: async () => (await import('./install.js')).addInstall,
  trust: async () => (await import('./trust.js')).addTrust,
  uninstall: async () => (await import('./install.js')).addUninstall,
  doctor: async () => (await import('./doctor.js')).addDoctor,
  completion: async () => (await import('./completion.js')).addCompletion,
  'complete-path': async () => (await import('./complete-path.js')).addCompletePath,
  hook: async () => (await import('./hook.js')).addHook,
};

/** Verbs that need the grammar of all others. */
const NEEDS_ALL: readonly string[] = ['completion'];

/** The verbs that these words need: the named one, else all. */
export async function loadVerbs(words: readonly string[]): Promise<readonly Verb[]> {
  const [first = ''] = words;
  const named = NEEDS_ALL.includes(first) || !Object.hasOwn(VERBS, first) ? undefined : VERBS[first];
  return Promise.all((named ? [named] : Object.values(VERBS)).map((load) => load()));
}
