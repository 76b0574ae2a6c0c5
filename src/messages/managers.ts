// The lines that put dos-sync into the configuration of another hook manager.

type Manager = 'lefthook' | 'pre-commit' | 'prek' | 'simple-git-hooks';
type Hook = 'pre-commit' | 'pre-merge-commit' | 'pre-push';

// Not npx: a commit that touches no pair starts no Node at all.
const RUN = 'node_modules/.bin/dos-sync-hook';

export function sayManagerKnows(manager: Manager): string {
  return `${manager} starts dos-sync; nothing is left to do. Whether it is in force: git dos-sync doctor`;
}

/** What to write, and where, for the hooks that are not there yet. */
export function sayForManager(manager: Manager, config: string, hooks: readonly Hook[]): string[] {
  return [
    `${manager} writes the hooks of this repository. Put this into ${config}, after anything that changes files:`,
    ...lines(manager, hooks).map((line) => `    ${line}`),
    `then put it in force:  ${sayActivation(manager, hooks)}`,
  ];
}

function lines(manager: Manager, hooks: readonly Hook[]): string[] {
  switch (manager) {
    case 'lefthook':
      return hooks.flatMap((hook) => [`${hook}:`, '  jobs:', ...lefthookJob(hook)]);
    case 'pre-commit':
    case 'prek':
      return ['- repo: local', '  hooks:', ...hooks.flatMap(localHook)];
    case 'simple-git-hooks':
      return hooks.map((hook, at) => `"${hook}": "${RUN} ${hook} \\"$@\\""${at === hooks.length - 1 ? '' : ','}`);
  }
}

function lefthookJob(hook: Hook): string[] {
  // Only a push hands something on: its remote as arguments, its refs on standard input.
  const push = hook === 'pre-push';
  return [
    '    - name: dos-sync',
    `      run: ${RUN} ${hook}${push ? ' {0}' : ''}`,
    ...(push ? ['      use_stdin: true'] : []),
  ];
}

function localHook(hook: Hook): string[] {
  const [id, stage] = hook === 'pre-merge-commit' ? ['dos-sync-merge', 'merge-commit'] : ['dos-sync', 'commit'];
  return [
    `  - id: ${id}`,
    '    name: copies in step',
    `    entry: ${RUN} ${hook}`,
    '    language: system',
    '    always_run: true',
    '    pass_filenames: false',
    `    stages: [${stage}]`,
  ];
}

/** The command with which a manager puts its hooks in. */
export function sayActivation(manager: Manager, hooks: readonly Hook[]): string {
  switch (manager) {
    case 'lefthook':
      return 'npx lefthook install';
    case 'simple-git-hooks':
      return 'npx simple-git-hooks';
    case 'pre-commit':
    case 'prek':
      return `${manager} install ${hooks.map((hook) => `--hook-type ${hook}`).join(' ')}`;
  }
}
