// lefthook: jobs in a file of YAML, TOML or JSON.

import { HOOK_NAMES, type HookName } from '../types.js';
import { HOOK_PROGRAM, type Manager } from './manager.js';

export const lefthook: Manager = {
  name: 'lefthook',
  signature: /\bcall_lefthook\b/,
  config: /^\.?lefthook\.(?:ya?ml|toml|json)$/,
  hooks: HOOK_NAMES,
  // An older lefthook passes over jobs in silence.
  snippet: (hooks) => [
    '# lefthook 1.10.0 or newer',
    ...hooks.flatMap((hook) => [`${hook}:`, '  jobs:', ...jobOf(hook)]),
  ],
  activation: () => 'npx lefthook install',
};

function jobOf(hook: HookName): readonly string[] {
  const name = '    - name: dos-sync';
  if (hook !== 'pre-push') return [name, `      run: ${HOOK_PROGRAM} ${hook}`];
  // Only a push has input: its remote as an argument, its refs on standard input.
  return [name, `      run: ${HOOK_PROGRAM} ${hook} {0}`, '      use_stdin: true'];
}
