// The guards that the sources register, and a source without one of them.

import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

/** A statement that keeps something from happening, and the test that has to fail without it. */
export interface Guard {
  readonly name: string;
  readonly what: string;
  /** The source, and the line of the statement. */
  readonly file: string;
  readonly line: number;
  /** Below test/, without `.test.ts`. */
  readonly test: string;
}

// guard NAME: WHAT (TEST)
const REGISTERED = /^\/\/ guard ([a-z0-9-]+): (.+) \(([\w/-]+)\)$/;

/** All guards, in the order of the files. @throws Error for two with one name. */
export function findGuards(): readonly Guard[] {
  const guards = globSync(['src/**/*.ts', 'hooks/*.ts'])
    .sort()
    .flatMap((file) => guardsIn(file, readFileSync(file, 'utf8')));
  const twice = guards.find(({ name }, at) => guards.findIndex((other) => other.name === name) !== at);
  if (twice) throw new Error(`${twice.file}:${twice.line}: there is another guard ${twice.name}`);
  return guards;
}

/** @throws Error for a line that registers a guard in another form, or before no statement. */
export function guardsIn(file: string, text: string): readonly Guard[] {
  const lines = text.match(/^ *\/\/ guard [a-z].*$/gm) ?? [];
  if (lines.length === 0) return [];
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const guards = [...statementsOf(parsed)].flatMap((statement) => {
    const [, name, what, test] = registrationOf(statement, text) ?? [];
    if (name === undefined || what === undefined || test === undefined) return [];
    const { line } = parsed.getLineAndCharacterOfPosition(statement.getStart());
    return [{ name, what, file, line: line + 1, test }];
  });
  if (lines.length === guards.length) return guards;
  throw new Error(`${file}: a guard is not as "// guard NAME: WHAT (TEST)" above an if or a call`);
}

/** The source without the guard: an `if` that never holds, a call that is not made. */
export function withoutGuard(text: string, { file, name }: Guard): string {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  for (const statement of statementsOf(parsed)) {
    if (registrationOf(statement, text)?.[1] !== name) continue;
    const [part, instead] = takenOut(statement);
    return text.slice(0, part.getStart()) + instead + text.slice(part.getEnd());
  }
  throw new Error(`${file}: no guard ${name}`);
}

type Guarding = ts.IfStatement | ts.ExpressionStatement;

function takenOut(statement: Guarding): readonly [ts.Node, string] {
  return ts.isIfStatement(statement) ? [statement.expression, 'false'] : [statement, ';'];
}

function* statementsOf(node: ts.Node): Generator<Guarding> {
  if (ts.isIfStatement(node) || ts.isExpressionStatement(node)) yield node;
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => void below.push(child));
  for (const child of below) yield* statementsOf(child);
}

function registrationOf(statement: Guarding, text: string): RegExpExecArray | null {
  const comments = ts.getLeadingCommentRanges(text, statement.getFullStart()) ?? [];
  const last = comments.at(-1);
  return last === undefined ? null : REGISTERED.exec(text.slice(last.pos, last.end));
}
