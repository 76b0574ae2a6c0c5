// Builds dist/: one bundled file for each entry, no runtime dependencies, and the licences of the
// bundled packages.

import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { buildHookProgram } from '../src/install/block.js';
import { listLicences } from './licences.js';
import { buildManPage } from './man.js';
import { buildSchema } from './schema.js';

const PROGRAMS = ['src/cli.ts'];

const HOOK = 'hooks/hook.ts';

const MODULES = [...PROGRAMS, 'src/index.ts', 'src/lint-staged.ts'];

// Each is loaded lazily: a commit in sync loads neither prompts nor the command line, and `check`
// and `fix`, which scripts call, none of the other commands. CommonJS, which Node loads faster.
const PARTS = [
  'src/commands/program.ts',
  'src/commands/check.ts',
  'src/commands/fix.ts',
  'src/commands/other-verbs.ts',
  'hooks/pre-commit.ts',
  'hooks/pre-merge-commit.ts',
  'hooks/pre-push.ts',
  'hooks/pre-receive.ts',
  'hooks/after-lint-staged.ts',
  'hooks/commit.ts',
  'src/ask/prompt.ts',
  'src/git/show-diff.ts',
];

/** The file in dist/ that an entry becomes. */
const fileOf = (entry: string) => `${basename(entry, '.ts')}.${MODULES.includes(entry) ? 'js' : 'cjs'}`;

const SHARED = {
  bundle: true,
  platform: 'node' as const,
  target: 'node20.12',
  // A part is loaded by require: for import, Node parses it twice.
  supported: { 'dynamic-import': false },
  // jsonc-parser's CommonJS build cannot be bundled.
  mainFields: ['module', 'main'] as string[],
  legalComments: 'none' as const,
  metafile: true as const,
} satisfies BuildOptions;

/** A dynamic import of another entry stays an import of its file in dist/. */
const separateEntriesBut = (included?: string): Plugin => ({
  name: 'separate-entries',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path }) => {
      const entry = PARTS.find((each) => basename(each, '.ts') === basename(path, '.js'));
      return kind === 'dynamic-import' && entry && basename(entry, '.ts') !== included
        ? { path: `./${fileOf(entry)}`, external: true }
        : undefined;
    });
  },
});

/** Node's modules that are slow to load, and what the program uses of them. */
const SLOW: Readonly<Record<string, readonly string[]>> = {
  child_process: ['spawn', 'spawnSync'],
  crypto: ['createHash', 'randomBytes'],
};

/** Loads the slow modules at their first use: a commit in sync can need none. */
const LATE: Plugin = {
  name: 'late',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:(child_process|crypto)$/ }, ({ path, importer }) =>
      importer.includes('node_modules') ? undefined : { path: path.slice(5), namespace: 'late' },
    );
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({
      contents: (SLOW[path] ?? [])
        .map((name) => `export const ${name} = (...given) => require('${path}').${name}(...given);`)
        .join('\n'),
    }));
  },
};

/** `included`: a part that is not separate. */
async function bundlePart(entry: string, version: string, included?: string): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED,
    entryPoints: [entry],
    outfile: `dist/${fileOf(entry)}`,
    format: 'cjs',
    define: { __DOS_SYNC_VERSION__: JSON.stringify(version), 'import.meta.url': '__ownUrl' },
    plugins: [separateEntriesBut(included), LATE],
    banner: { js: "const __ownUrl = require('node:url').pathToFileURL(__filename).href;" },
  });
  return metafile;
}

async function bundleModule(entry: string, version: string): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED,
    entryPoints: [entry],
    outfile: `dist/${fileOf(entry)}`,
    format: 'esm',
    define: { __DOS_SYNC_VERSION__: JSON.stringify(version) },
    plugins: [separateEntriesBut()],
    banner: {
      js: [
        ...(PROGRAMS.includes(entry) ? ['#!/usr/bin/env node'] : []),
        // Bundled CommonJS packages ask for Node's own modules with require.
        "import { createRequire as __createRequire } from 'node:module';",
        'const require = __createRequire(import.meta.url);',
      ].join('\n'),
    },
  });
  return metafile;
}

/** Identifies the build, also within one version: another build's guard is invalid. */
function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(`dist/${file}`));
  return hash.digest('hex').slice(0, 16);
}

/** The shell script of native hooks as a separate program, for husky and other managers. */
function hookProgram(): string {
  const [program, block] = ['hook-program', 'hook-block'].map((name) => readFileSync(`templates/${name}.sh`, 'utf8'));
  return `${program}${buildHookProgram(block ?? '')}`;
}

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  rmSync('dist', { recursive: true, force: true });
  const metafiles: Metafile[] = [];
  for (const entry of MODULES) metafiles.push(await bundleModule(entry, version));
  for (const entry of PARTS) metafiles.push(await bundlePart(entry, version));
  // The hooks' program, with the fast path inside.
  metafiles.push(await bundlePart(HOOK, version, 'pre-commit'));
  for (const program of PROGRAMS) chmodSync(`dist/${fileOf(program)}`, 0o755);
  writeFileSync('dist/build.txt', `${version} ${digestOf([...MODULES, ...PARTS, HOOK].map(fileOf))}\n`);
  writeFileSync('dist/dos-sync-hook', hookProgram(), { mode: 0o755 });
  writeFileSync('dist/THIRD-PARTY-LICENCES.md', listLicences(metafiles));
  writeFileSync('schema.json', buildSchema());
  writeFileSync('dist/git-dos-sync.1', await buildManPage(version));
}

await main();
