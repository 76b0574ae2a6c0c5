// Builds the manifest reference from its schema, and the library reference from its docstrings,
// each between two marks of its page.
// usage: tsx scripts/reference.ts writes docs/manifest.md and docs/api.md

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { buildSchema } from './schema.js';

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema | readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

const MARKS = ['<!-- made by scripts/reference.ts: begin -->', '<!-- made by scripts/reference.ts: end -->'] as const;

/** The page with the part between the marks replaced. */
export function withReference(page: string, reference: string): string {
  const [begin, end] = MARKS.map((mark) => page.indexOf(mark)) as [number, number];
  if (begin < 0 || end < begin) throw new Error('the page has lost its marks');
  return `${page.slice(0, begin + MARKS[0].length)}\n\n${reference.trim()}\n\n${page.slice(end)}`;
}

/** One row for each key of the manifest, those of pairs and aliases included. */
export function buildManifestReference(): string {
  const schema = JSON.parse(buildSchema()) as Schema;
  const rows = keysOf(schema, '').map((row) => `| ${row.join(' | ')} |`);
  return ['| key | type | required | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

type Row = readonly [key: string, type: string, required: string, meaning: string];

function keysOf({ properties = {}, required = [] }: Schema, above: string): Row[] {
  return Object.entries(properties).flatMap(([name, schema]): Row[] => {
    const key = `${above}${name}`;
    const meaning = (schema.description ?? '').replaceAll('|', '\\|').replaceAll('*', '\\*').replaceAll('<', '&lt;');
    const row: Row = [`\`${key}\``, typeOf(schema), required.includes(name) ? 'yes' : 'no', meaning];
    const below = objectsIn(schema).flatMap((object) => keysOf(object, `${key}[].`));
    return [row, ...[...new Map(below.map((each) => [each[0], each])).values()]];
  });
}

/** The objects with named keys in a list or a union. */
function objectsIn(schema: Schema): readonly Schema[] {
  if (schema.anyOf) return schema.anyOf.flatMap((each) => (each.type === 'array' ? objectsIn(each) : []));
  if (schema.type !== 'array' || Array.isArray(schema.items) || !schema.items) return [];
  const items = schema.items as Schema;
  return [items, ...(items.anyOf ?? [])].filter(({ properties }) => properties !== undefined);
}

function typeOf({ type, enum: values, const: value, anyOf, items }: Schema): string {
  if (value !== undefined) return `\`${String(value)}\``;
  if (values) return values.map((each) => `\`${String(each)}\``).join(' or ');
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (type !== 'array') return String(type ?? 'any');
  if (Array.isArray(items)) return `array of ${items.length}`;
  const item = typeOf((items ?? {}) as Schema);
  return `array of ${item.startsWith('array') ? item.replace('array', 'arrays') : `${item}s`}`;
}

/** The exports of 'dos-sync': each name with its docstring and its signature. */
export function buildApiReference(entry: string): string {
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${entry} exports nothing`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => describe(checker, symbol))
    .join('\n\n');
}

function describe(checker: ts.TypeChecker, exported: ts.Symbol): string {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const words = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tags = symbol.getJsDocTags(checker).map(({ name, text }) => `_${name}_: ${ts.displayPartsToString(text)}`);
  const [declaration] = symbol.declarations ?? [];
  const signature = declaration ? signatureOf(declaration) : '';
  const prose = [words, ...tags].filter((text) => text !== '').map((text) => text.replace(/\s*\n\s*/g, ' '));
  return [`### \`${exported.name}\``, ...prose, `\`\`\`ts\n${signature}\n\`\`\``].join('\n\n');
}

/** The declaration without bodies, private members and comments. */
function signatureOf(declaration: ts.Declaration): string {
  const text = (node: ts.Node) => node.getText().replace(/\/\*\*[\s\S]*?\*\/\s*/g, '');
  if (ts.isFunctionDeclaration(declaration) && declaration.body) {
    return text(declaration)
      .slice(0, -text(declaration.body).length)
      .replace(/^export (?:async )?/, '')
      .trim();
  }
  if (ts.isClassDeclaration(declaration)) {
    const members = declaration.members.flatMap((member) => {
      const hidden = member.name && ts.isPrivateIdentifier(member.name);
      if (hidden || ts.isPropertyDeclaration(member)) return [];
      const body = ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member) ? member.body : undefined;
      return [`  ${(body ? text(member).slice(0, -text(body).length) : text(member)).replace(/\basync /, '').trim()};`];
    });
    return [`class ${declaration.name?.text} {`, ...members, '}'].join('\n');
  }
  if (ts.isVariableDeclaration(declaration)) return `const ${text(declaration)}`;
  return text(declaration).replace(/^export /, '');
}

function write(path: string, reference: string): void {
  writeFileSync(path, withReference(readFileSync(path, 'utf8'), reference));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  write('docs/manifest.md', buildManifestReference());
  write('docs/api.md', buildApiReference('src/index.ts'));
}
