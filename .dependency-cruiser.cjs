// The layers of src/README.md, checked: data flows one way, and git is spawned in one folder.

// discover/ stands beside the stages, and only what lays it out may import it.
const STAGES = ['manifest', 'pairs', 'snapshot', 'drift', 'decide', 'fix', 'report'];

const stageRules = STAGES.map((stage, at) => ({
  name: `layer-${stage}`,
  comment: `${stage}/ imports earlier stages, messages/ and git/`,
  severity: 'error',
  from: { path: `^src/${stage}/` },
  to: {
    path: '^(src|hooks|scripts|test)/',
    pathNot: `^src/(${[...STAGES.slice(0, at + 1), 'messages', 'git', 'disk', ...(stage === 'report' ? ['discover'] : [])].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    ...stageRules,
    {
      name: 'discover-knows-what-is-declared-alone',
      severity: 'error',
      from: { path: '^src/discover/' },
      to: { path: '^(src|hooks|scripts|test)/', pathNot: '^src/(discover|manifest|pairs|git|disk|messages)/' },
    },
    {
      name: 'messages-are-a-leaf',
      severity: 'error',
      from: { path: '^src/messages/' },
      to: { path: '^(src|hooks|scripts|test)/', pathNot: '^src/messages/' },
    },
    {
      name: 'disk-is-a-leaf',
      severity: 'error',
      from: { path: '^src/disk/' },
      to: { path: '^(src|hooks|scripts|test)/', pathNot: '^src/(disk|messages)/' },
    },
    {
      name: 'git-is-a-leaf',
      severity: 'error',
      from: { path: '^src/git/' },
      to: { path: '^(src|hooks|scripts|test)/', pathNot: '^src/(git|disk|messages)/' },
    },
    {
      name: 'install-imports-the-leaves-alone',
      severity: 'error',
      from: { path: '^src/install/' },
      to: { path: '^(src|hooks|scripts|test)/', pathNot: '^src/(install|git|disk|messages)/' },
    },
    {
      name: 'nothing-imports-commands',
      severity: 'error',
      from: { pathNot: '^(src/cli\\.ts|src/hook\\.ts|src/commands/|scripts/man\\.ts|test/)' },
      to: { path: '^src/commands/' },
    },
    {
      name: 'only-commands-import-the-doctor',
      severity: 'error',
      from: { pathNot: '^(src/doctor/|src/commands/|test/)' },
      to: { path: '^src/doctor/' },
    },
    {
      name: 'nothing-imports-hooks',
      severity: 'error',
      from: { pathNot: '^(src/commands/hook\\.ts|hooks/|test/)' },
      to: { path: '^hooks/' },
    },
    {
      name: 'git-is-spawned-in-one-folder',
      severity: 'error',
      from: { pathNot: '^(src/git/|scripts/|test/)' },
      to: { path: '(^(node:)?child_process$|node_modules/(execa|simple-git)/)' },
    },
    {
      name: 'json-is-read-in-manifest',
      severity: 'error',
      from: { pathNot: '^(src/manifest/|src/install/|test/|scripts/)' },
      to: { path: 'node_modules/(jsonc-parser|valibot)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
