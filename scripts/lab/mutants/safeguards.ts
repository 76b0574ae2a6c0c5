// The safeguards that the sources register, and a source without one of them.

import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

/** A statement that keeps something from happening, and the test that has to fail without it. */
export interface Safeguard {
  readonly name: string;
  readonly what: string;
  /** The source, and the line of the statement. */
  readonly file: string;
  readonly line: number;
  /** Below test/, without `.test.ts`. */
  readonly test: string;
}

// safeguard NAME: WHAT (TEST)
const REGISTERED = /^\/\/ safeguard ([a-z0-9-]+): (.+) \(([\w/-]+)\)$/;

/** All safeguards, in the order of the files. @throws Error for two with one name. */
export function findSafeguards(): readonly Safeguard[] {
  const safeguards = globSync(['src/**/*.ts', 'hooks/*.ts'])
    .sort()
    .flatMap((file) => safeguardsIn(file, readFileSync(file, 'utf8')));
  const twice = safeguards.find(({ name }, at) => safeguards.findIndex((other) => other.name === name) !== at);
  if (twice) throw new Error(`${twice.file}:${twice.line}: there is another safeguard ${twice.name}`);
  return safeguards;
}

/** @throws Error for a line that registers a safeguard in another form, or before no statement. */
export function safeguardsIn(file: string, text: string): readonly Safeguard[] {
  const lines = text.match(/^ *\/\/ safeguard [a-z].*$/gm) ?? [];
  if (lines.length === 0) return [];
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const safeguards = [...statementsOf(parsed)].flatMap((statement) => {
    const [, name, what, test] = registrationOf(statement, text) ?? [];
    if (name === undefined || what === undefined || test === undefined) return [];
    const { line } = parsed.getLineAndCharacterOfPosition(statement.getStart());
    return [{ name, what, file, line: line + 1, test }];
  });
  if (lines.length === safeguards.length) return safeguards;
  throw new Error(`${file}: a safeguard is not as "// safeguard NAME: WHAT (TEST)" above an if or a call`);
}

/** The source without the safeguard: an `if` that never holds, a call that is not made. */
export function withoutSafeguard(text: string, { file, name }: Safeguard): string {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  for (const statement of statementsOf(parsed)) {
    if (registrationOf(statement, text)?.[1] !== name) continue;
    const [part, instead] = takenOut(statement);
    return text.slice(0, part.getStart()) + instead + text.slice(part.getEnd());
  }
  throw new Error(`${file}: no safeguard ${name}`);
}

type Safeguarding = ts.IfStatement | ts.ExpressionStatement;

function takenOut(statement: Safeguarding): readonly [ts.Node, string] {
  return ts.isIfStatement(statement) ? [statement.expression, 'false'] : [statement, ';'];
}

function* statementsOf(node: ts.Node): Generator<Safeguarding> {
  if (ts.isIfStatement(node) || ts.isExpressionStatement(node)) yield node;
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => void below.push(child));
  for (const child of below) yield* statementsOf(child);
}

function registrationOf(statement: Safeguarding, text: string): RegExpExecArray | null {
  const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  const last = comments.at(-1);
  return last === undefined ? null : REGISTERED.exec(text.slice(last.pos, last.end));
}
