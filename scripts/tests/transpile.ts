// Compiles test files and their imports to JavaScript once for all test processes.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';

// Inside node_modules, so that packages resolve and tools ignore it.
const CACHE = resolve('node_modules/.cache/dos-sync-tests');
const RELATIVE_IMPORT = /(?:\bfrom |\bimport |\bimport\()'(\.{1,2}\/[^']+)\.js'/g;

/** The JavaScript files of this run. */
export interface Transpiled {
  readonly pathOf: (file: string) => string;
  readonly remove: () => void;
}

/** Writes the files' JavaScript into a separate tree; `import.meta.url` still names the source. */
export async function transpile(files: readonly string[]): Promise<Transpiled> {
  removeLeftovers();
  const root = join(CACHE, String(process.pid));
  const pathOf = (file: string): string => join(root, relative('.', file)).replace(/\.ts$/, '.js');
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }\n');
  const reached = new Set(files);
  for (const file of reached) {
    const source = readFileSync(file, 'utf8');
    for (const each of importsOf(file, source)) reached.add(each);
    const { code } = await transform(source, {
      loader: 'ts',
      target: 'node20.12',
      sourcefile: pathToFileURL(file).href,
      sourcemap: 'inline',
      sourcesContent: false,
      define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
    });
    mkdirSync(dirname(pathOf(file)), { recursive: true });
    writeFileSync(pathOf(file), code);
  }
  return { pathOf, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function importsOf(file: string, source: string): readonly string[] {
  const named = [...source.matchAll(RELATIVE_IMPORT)].map(([, path]) => resolve(dirname(file), `${path}.ts`));
  return named.filter((each) => existsSync(each));
}

/** Removes the trees of killed runs. */
function removeLeftovers(): void {
  if (!existsSync(CACHE)) return;
  for (const name of readdirSync(CACHE)) {
    if (!existsSync(`/proc/${name}`)) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}
