// Every verb but check and fix, which have parts of the build for themselves.

import type { Verb } from './verb.js';

export type Load = () => Promise<Verb>;

/** In the order of the help. */
export const OTHER_VERBS: Readonly<Record<string, Load>> = {
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
