// The folders of scripts/map.json, checked: imports go one way, and git is spawned in one folder.

const { folders, exceptions } = require('./scripts/map.json');

const ANYTHING = '^(src|hooks|scripts|test)/';
const within = (paths) => `^(${paths.join('|')})/`;
const exactly = (path) => `^${path.replaceAll('.', '\\.')}`;

const VALUES = { dependencyTypesNot: ['type-only'] };

const folderRules = folders.map(({ path, imports, types }, at) => {
  const allowed = imports ?? folders.slice(0, at).map((each) => each.path);
  const excepted = exceptions.filter(({ from }) => from.startsWith(`${path}/`));
  return {
    name: `folder-${path.replace('src/', '')}`,
    comment: `${path}/ imports ${allowed.join(', ') || 'nothing'}`,
    severity: 'error',
    from: { path: within([path]), pathNot: excepted.map(({ from }) => exactly(from)) },
    to: { path: ANYTHING, pathNot: within([path, ...allowed]), ...(types === 'any' && VALUES) },
  };
});

const exceptionRules = exceptions.map(({ from, to, why }) => ({
  name: `except-${from}`,
  comment: why,
  severity: 'error',
  from: { path: exactly(from) },
  to: { path: ANYTHING, pathNot: [exactly(to), within(['hooks'])] },
}));

module.exports = {
  forbidden: [
    ...folderRules,
    ...exceptionRules,
    {
      name: 'nothing-imports-commands',
      severity: 'error',
      from: {
        pathNot: [
          '^src/(cli\\.ts|commands/)',
          '^scripts/man\\.ts',
          '^test/',
          ...exceptions.map((e) => exactly(e.from)),
        ],
      },
      to: { path: '^src/commands/' },
    },
    {
      name: 'only-commands-import-the-doctor',
      severity: 'error',
      from: { pathNot: '^(src/doctor/|src/commands/|test/)' },
      to: { path: '^src/doctor/' },
    },
    {
      name: 'only-the-hook-command-imports-hooks',
      severity: 'error',
      from: { pathNot: '^(src/commands/hook\\.ts|hooks/|test/)' },
      to: { path: '^hooks/' },
    },
    {
      name: 'git-is-spawned-in-one-folder',
      comment: 'the barrier starts sync, the state of a process comes from ps',
      severity: 'error',
      from: { pathNot: '^(src/git/|src/disk/(barrier|process-state)\\.ts|scripts/|test/)' },
      to: { path: '(^(node:)?child_process$|node_modules/(execa|simple-git)/)' },
    },
    {
      name: 'json-is-read-in-manifest',
      severity: 'error',
      from: { pathNot: '^(src/manifest/|src/install/|test/|scripts/)' },
      to: { path: 'node_modules/(jsonc-parser|valibot)/' },
    },
    {
      name: 'the-lab-is-started-and-not-imported',
      severity: 'error',
      from: { pathNot: '^(scripts/lab/|test/)' },
      to: { path: '^scripts/lab/' },
    },
    {
      name: 'no-cycles',
      comment: 'src/messages/ imports the types of what it puts into words',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { pathNot: '^src/messages/' } },
    },
    { name: 'no-cycles-of-values', severity: 'error', from: {}, to: { circular: true, viaOnly: VALUES } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
