// What install says about another hook manager.

import type { Manager } from '../install/managers/manager.js';
import type { HookName } from '../install/types.js';

export function sayManagerKnows({ name }: Manager): string {
  return `${name} already starts dos-sync; nothing to do. To check that it is active: git dos-sync doctor`;
}

/** What to write, and where, for the hooks that are not there yet. */
export function sayForManager(
  manager: Manager,
  config: string,
  hooks: readonly HookName[],
  version?: string,
): string[] {
  return [
    `${manager.name} manages the hooks of this repository. Add this to ${config}, after anything that changes files:`,
    ...manager.snippet(hooks, config, version).map((line) => `    ${line}`),
    `then activate it:  ${manager.activation(hooks)}`,
  ];
}
