// The lines that add dos-sync to another hook manager's configuration.

import type { Manager } from '../install/owner.js';
import type { HookName } from '../install/types.js';

// Not npx, so that a commit that touches no pair starts no Node.
const RUN = 'node_modules/.bin/dos-sync-hook';

export function sayManagerKnows(manager: Manager): string {
  return `${manager} already starts dos-sync; nothing to do. To check that it is active: git dos-sync doctor`;
}

/** What to write, and where, for the missing hooks. */
export function sayForManager(manager: Manager, config: string, hooks: readonly HookName[]): string[] {
  return [
    `${manager} manages the hooks of this repository. Add this to ${config}, after anything that changes files:`,
    ...lines(manager, config, hooks).map((line) => `    ${line}`),
    `then activate it:  ${sayActivation(manager, hooks)}`,
  ];
}

function lines(manager: Manager, config: string, hooks: readonly HookName[]): string[] {
  switch (manager) {
    case 'husky before 9':
      return oldHuskyLines(config, hooks);
    case 'lefthook':
      return hooks.flatMap((hook) => [`${hook}:`, '  jobs:', ...lefthookJob(hook)]);
    case 'pre-commit':
    case 'prek':
      return ['- repo: local', '  hooks:', ...hooks.flatMap(localHook)];
    case 'simple-git-hooks':
      return hooks.map((hook, at) => `"${hook}": "${RUN} ${hook} \\"$@\\""${at === hooks.length - 1 ? '' : ','}`);
  }
}

// husky 4 reads a push's refs itself and passes them in a variable; husky 5 to 8 has a file for
// each hook.
function oldHuskyLines(config: string, hooks: readonly HookName[]): string[] {
  if (config !== 'package.json') return hooks.map((hook) => `${config}/${hook}:  ${RUN} ${hook} "$@"`);
  const refs = 'printf \'%s\\\\n\' \\"$HUSKY_GIT_STDIN\\" | ';
  const lineOf = (hook: HookName): string =>
    hook === 'pre-push' ? `${refs}${RUN} pre-push $HUSKY_GIT_PARAMS` : `${RUN} ${hook}`;
  const entries = hooks.map((hook, at) => `    "${hook}": "${lineOf(hook)}"${at === hooks.length - 1 ? '' : ','}`);
  return ['"husky": {', '  "hooks": {', ...entries, '  }', '}'];
}

function lefthookJob(hook: HookName): string[] {
  // Only a push has input: its remote as arguments, its refs on standard input.
  const push = hook === 'pre-push';
  return [
    '    - name: dos-sync',
    `      run: ${RUN} ${hook}${push ? ' {0}' : ''}`,
    ...(push ? ['      use_stdin: true'] : []),
  ];
}

function localHook(hook: HookName): string[] {
  const [id, stage] = hook === 'pre-merge-commit' ? ['dos-sync-merge', hook] : ['dos-sync', hook];
  return [
    `  - id: ${id}`,
    '    name: copies in sync',
    `    entry: ${RUN} ${hook}`,
    '    language: system',
    '    always_run: true',
    '    pass_filenames: false',
    `    stages: [${stage}]`,
    // Earlier versions have other names for the stages.
    '    minimum_pre_commit_version: 3.2.0',
  ];
}

/** The command that installs a manager's hooks. */
export function sayActivation(manager: Manager, hooks: readonly HookName[]): string {
  switch (manager) {
    case 'lefthook':
      return 'npx lefthook install';
    case 'simple-git-hooks':
      return 'npx simple-git-hooks';
    case 'husky before 9':
      return 'npm rebuild husky && npx husky install';
    case 'pre-commit':
    case 'prek':
      return `${manager} install ${hooks.map((hook) => `--hook-type ${hook}`).join(' ')}`;
  }
}
