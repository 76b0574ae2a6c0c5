// Builds dist/: one bundled file per entry, no runtime dependencies, the licences of what is bundled beside it.

import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { listLicences } from './licences.js';
import { buildSchema } from './schema.js';

const PROGRAMS = ['src/cli.ts'];

// Each is loaded where it is needed, and only there: a commit that is in sync reads neither prompts nor command line.
const ENTRIES = [
  ...PROGRAMS,
  'src/commands/program.ts',
  'hooks/pre-commit.ts',
  'hooks/pre-merge-commit.ts',
  'hooks/pre-push.ts',
  'hooks/pre-receive.ts',
  'src/decide/prompt.ts',
  'src/git/show-diff.ts',
  'src/index.ts',
];

/** Dynamic imports of another entry stay imports of its file in dist/. */
const separateEntries: Plugin = {
  name: 'separate-entries',
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path }) => {
      const entry = ENTRIES.find((each) => basename(each, '.ts') === basename(path, '.js'));
      return kind === 'dynamic-import' && entry
        ? { path: `./${basename(entry, '.ts')}.js`, external: true }
        : undefined;
    });
  },
};

async function bundle(entry: string, version: string): Promise<Metafile> {
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: `dist/${basename(entry, '.ts')}.js`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.12',
    // jsonc-parser's CommonJS build cannot be bundled.
    mainFields: ['module', 'main'],
    legalComments: 'none',
    metafile: true,
    define: { __DOS_SYNC_VERSION__: JSON.stringify(version) },
    plugins: [separateEntries],
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

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  rmSync('dist', { recursive: true, force: true });
  const metafiles: Metafile[] = [];
  for (const entry of ENTRIES) metafiles.push(await bundle(entry, version));
  for (const program of PROGRAMS) chmodSync(`dist/${basename(program, '.ts')}.js`, 0o755);
  writeFileSync('dist/THIRD-PARTY-LICENCES.md', listLicences(metafiles));
  writeFileSync('schema.json', buildSchema());
}

await main();
