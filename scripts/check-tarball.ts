// Checks the tarball to publish: no runtime dependency, no install script, and exactly the expected
// files.

import { readFileSync } from 'node:fs';
import { execa } from 'execa';

interface PackageJson {
  readonly dependencies?: object;
  readonly optionalDependencies?: object;
  readonly peerDependencies?: object;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

const EXPECTED = [
  /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|schema\.json|docs\/reports\.schema\.json)$/,
  /^templates\/(?:[a-z-]+\.(?:sh|json|ts|yml)|pre-receive)$/,
  /^dist\/(?:cli|index|lint-staged)\.js$/,
  /^dist\/(?:program|check|fix|other-verbs|pre-commit|pre-merge-commit|pre-push|pre-receive|commit)\.cjs$/,
  /^dist\/(?:hook|prompt|show-diff|after-lint-staged)\.cjs$/,
  /^dist\/(?:THIRD-PARTY-LICENCES\.md|build\.txt|dos-sync-hook|git-dos-sync\.1)$/,
  /^dist\/types\/src\/.*\.d\.ts$/,
];
const NEEDED = [
  'LICENSE',
  'README.md',
  'schema.json',
  'docs/reports.schema.json',
  'dist/cli.js',
  'dist/pre-commit.cjs',
  'dist/git-dos-sync.1',
  'templates/pre-receive',
  'dist/THIRD-PARTY-LICENCES.md',
  'dist/build.txt',
  'dist/hook.cjs',
];
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as PackageJson;
const { stdout } = await execa('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { stderr: 'ignore' });
const packed = JSON.parse(stdout) as unknown;
// Older npm prints a list, newer an object by package name.
const [pack] = (Array.isArray(packed) ? packed : Object.values(packed as object)) as { files: { path: string }[] }[];
const files = (pack?.files ?? []).map(({ path }) => path);

const problems = [
  ...(['dependencies', 'optionalDependencies', 'peerDependencies'] as const)
    .filter((kind) => Object.keys(manifest[kind] ?? {}).length > 0)
    .map((kind) => `package.json has ${kind}`),
  ...INSTALL_SCRIPTS.filter((script) => script in manifest.scripts).map(
    (script) => `package.json has the script ${script}`,
  ),
  ...files
    .filter((file) => !EXPECTED.some((pattern) => pattern.test(file)))
    .map((file) => `${file} does not belong in`),
  ...[...NEEDED, ...Object.values(manifest.bin)]
    .filter((file) => !files.includes(file))
    .map((file) => `${file} is missing`),
];
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${files.length} files in the package, ${problems.length} problems\n`);
process.exitCode = problems.length === 0 && files.length > 0 ? 0 : 1;
