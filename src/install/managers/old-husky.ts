// husky before version 9: version 4 reads package.json, versions 5 to 8 have a file for each hook.

import { HOOK_NAMES, type HookName } from '../types.js';
import { HOOK_PROGRAM, type Manager } from './manager.js';

// husky 4 reads the refs of a push itself and passes them in a variable.
const REFS = 'printf \'%s\\\\n\' \\"$HUSKY_GIT_STDIN\\" | ';

export const oldHusky: Manager = {
  name: 'husky before 9',
  signature: /\bhusky\.sh\b/,
  hooks: HOOK_NAMES,
  snippet: (hooks, config) =>
    config.endsWith('package.json')
      ? inPackage(hooks)
      : hooks.map((hook) => `${config}/${hook}:  ${HOOK_PROGRAM} ${hook} "$@"`),
  activation: () => 'npm rebuild husky && npx husky install',
};

function inPackage(hooks: readonly HookName[]): readonly string[] {
  const commandOf = (hook: HookName): string =>
    hook === 'pre-push' ? `${REFS}${HOOK_PROGRAM} pre-push $HUSKY_GIT_PARAMS` : `${HOOK_PROGRAM} ${hook}`;
  const entries = hooks.map((hook, at) => `    "${hook}": "${commandOf(hook)}"${at === hooks.length - 1 ? '' : ','}`);
  return ['"husky": {', '  "hooks": {', ...entries, '  }', '}'];
}
