// Checks the sources: every file is in a folder of scripts/map.json, type names are unique, and no
// comment is too long.

import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

interface Map {
  readonly folders: readonly { readonly path: string }[];
  readonly root: readonly string[];
  readonly scripts: readonly string[];
}

const map = JSON.parse(readFileSync('scripts/map.json', 'utf8')) as Map;

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`);
}

/** The files of src/, hooks/ and scripts/ that are in no folder of the map. */
function findStrays(): readonly string[] {
  const places = [...map.folders.map(({ path }) => path), ...map.scripts].map((path) => `${path}/`);
  const files = ['src', 'hooks', 'scripts'].flatMap(filesIn).filter((file) => !/^scripts\/[^/]*$/.test(file));
  const strays = files.filter((file) => !map.root.includes(file) && !places.some((place) => file.startsWith(place)));
  return strays.map((file) => `${file} is outside the map (scripts/map.json).`);
}

function exportedTypes(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const named =
      ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement);
    const exported = named && statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return exported && statement.name ? [statement.name.text] : [];
  });
}

function findSharedNames(): readonly string[] {
  const files = ['src', 'hooks', 'scripts', 'test'].flatMap(filesIn).filter((file) => file.endsWith('.ts'));
  const places = new Map<string, string[]>();
  for (const file of files.toSorted()) {
    for (const name of exportedTypes(file)) places.set(name, [...(places.get(name) ?? []), file]);
  }
  const shared = [...places].filter(([, of]) => of.length > 1);
  return shared.map(([name, of]) => `The type ${name} is exported by ${of.join(' and ')}.`);
}

const LONGEST_COMMENT = 100;
/** Comments for tools must stay on one line, and a URL must stay whole. */
const FOR_TOOLS = /^\/\/ (?:biome-ignore|@ts-|https:\S+$)/;

function longCommentLines(file: string): readonly number[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  if (lines.every((line) => line.length <= LONGEST_COMMENT)) return [];
  const source = ts.createSourceFile(file, lines.join('\n'), ts.ScriptTarget.Latest, true);
  const starts = source.getLineStarts();
  return lines.flatMap((line, at) => {
    const text = line.trimStart();
    const long = [...line].length > LONGEST_COMMENT && /^(?:\/\/|\/?\*)/.test(text) && !FOR_TOOLS.test(text);
    const first = (starts[at] ?? 0) + line.length - text.length;
    return long && !isInTemplate(source, first) ? [at + 1] : [];
  });
}

/** True if the position is in a template's text, where a line only looks like a comment. */
function isInTemplate(source: ts.SourceFile, place: number): boolean {
  const within = (node: ts.Node): boolean =>
    node.getStart(source) < place &&
    place < node.end &&
    (ts.isTemplateLiteralToken(node) || node.getChildren(source).some(within));
  return within(source);
}

function findLongComments(): readonly string[] {
  const files = ['src', 'hooks', 'scripts', 'test'].flatMap(filesIn).filter((file) => file.endsWith('.ts'));
  const places = files.toSorted().flatMap((file) => longCommentLines(file).map((line) => `${file}:${line}`));
  return places.map((place) => `${place}: the comment ends after column ${LONGEST_COMMENT}.`);
}

/** Each folder of the map has its line in src/README.md. */
function findUnexplained(): readonly string[] {
  const readme = readFileSync('src/README.md', 'utf8');
  const missing = map.folders.filter(({ path }) => !readme.includes(`\`${path.replace('src/', '')}/\``));
  return missing.map(({ path }) => `src/README.md does not say what ${path}/ is for.`);
}

const problems = [...findStrays(), ...findSharedNames(), ...findUnexplained(), ...findLongComments()];
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
