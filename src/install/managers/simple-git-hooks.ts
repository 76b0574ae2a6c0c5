// simple-git-hooks: one command for each hook, in a separate file or in package.json.

import { HOOK_NAMES } from '../types.js';
import { HOOK_PROGRAM, type Manager } from './manager.js';

export const simpleGitHooks: Manager = {
  name: 'simple-git-hooks',
  signature: /\bSKIP_SIMPLE_GIT_HOOKS\b/,
  config: /^\.?simple-git-hooks\.(?:json|c?js)$/,
  hooks: HOOK_NAMES,
  snippet: (hooks) =>
    hooks.map((hook, at) => `"${hook}": "${HOOK_PROGRAM} ${hook} \\"$@\\""${at === hooks.length - 1 ? '' : ','}`),
  activation: () => 'npx simple-git-hooks',
};

/** True for a package.json that configures it. */
export function isInPackage(text: string): boolean {
  return /"simple-git-hooks"\s*:\s*\{/.test(text);
}
