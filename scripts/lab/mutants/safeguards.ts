// The safeguards that the sources register, and a source without one of them.

import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import ts from 'typescript';

/** What keeps something from happening, and the test that has to fail without it. */
export interface Safeguard {
  readonly name: string;
  readonly what: string;
  /** The source, and the line of the statement. */
  readonly file: string;
  readonly line: number;
  /** The rows of docs/threats.md that it stands for. */
  readonly rows: readonly string[];
  /** Below test/, without `.test.ts`. */
  readonly test: string;
  /** How the names of the tests begin that have to fail; undefined for any test of the file. */
  readonly begins: string | undefined;
}

// safeguard NAME: WHAT (TEST), with the rows after NAME as `(T7, R1)`, and how the tests' names
// begin after TEST, as `e2e/fix: a link`.
const REGISTERED = /^\/\/ safeguard ([a-z0-9-]+)(?: \(((?:[TR]\d+(?:, )?)+)\))?: (.+) \((\w+\/[\w/-]+)(?:: (.+))?\)$/;

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
  const safeguards = [...nodesOf(parsed)].flatMap((node) => {
    const [, name, rows, what, test, begins] = registrationOf(node, text) ?? [];
    if (name === undefined || what === undefined || test === undefined) return [];
    const { line } = parsed.getLineAndCharacterOfPosition(node.getStart());
    return [{ name, what, file, line: line + 1, rows: rows?.split(', ') ?? [], test, begins }];
  });
  if (lines.length === safeguards.length) return safeguards;
  throw new Error(`${file}: a safeguard is not as "// safeguard NAME: WHAT (TEST)" above what can be taken out`);
}

/** The source without the safeguard, as {@link takenOut} takes it out. */
export function withoutSafeguard(text: string, { file, name }: Safeguard): string {
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  for (const node of nodesOf(parsed)) {
    if (registrationOf(node, text)?.[1] !== name) continue;
    const { from, to, instead } = takenOut(node);
    return text.slice(0, from) + instead + text.slice(to);
  }
  throw new Error(`${file}: no safeguard ${name}`);
}

/**
 * The test file with only the tests whose names begin so in the source.
 * @throws Error if there are none.
 */
export function withOnly(text: string, begins: string): string {
  let found = 0;
  const chosen = text.replaceAll(/\btest(\(\s*['"`])(.*)/g, (whole: string, open: string, name: string) => {
    if (!name.replaceAll("\\'", "'").startsWith(begins)) return whole;
    found += 1;
    return `test.only${open}${name}`;
  });
  if (found === 0) throw new Error(`no test begins with "${begins}"`);
  return chosen;
}

interface TakenOut {
  readonly from: number;
  readonly to: number;
  readonly instead: string;
}

/**
 * An `if` never holds; a call or a throw is not made; an element of a list or an object is absent;
 * `return a.b()` returns `a`.
 */
function takenOut(node: ts.Node): TakenOut {
  const whole = { from: node.getStart(), to: node.getEnd() };
  if (ts.isIfStatement(node)) {
    return { from: node.expression.getStart(), to: node.expression.getEnd(), instead: 'false' };
  }
  if (ts.isReturnStatement(node) && node.expression) {
    return { from: node.expression.getStart(), to: node.expression.getEnd(), instead: receiverOf(node.expression) };
  }
  if (ts.isExpressionStatement(node) || ts.isThrowStatement(node)) return { ...whole, instead: ';' };
  const comma = /^\s*,/.exec(node.getSourceFile().text.slice(whole.to))?.[0] ?? '';
  return { ...whole, to: whole.to + comma.length, instead: '' };
}

/** `a` of `a.b(…).c(…)`. */
function receiverOf(expression: ts.Expression): string {
  if (ts.isCallExpression(expression) || ts.isPropertyAccessExpression(expression)) {
    return receiverOf(expression.expression);
  }
  return expression.getText();
}

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  if (isSafeguarding(node)) yield node;
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => void below.push(child));
  for (const child of below) yield* nodesOf(child);
}

function isSafeguarding(node: ts.Node): boolean {
  if (ts.isIfStatement(node) || ts.isExpressionStatement(node) || ts.isThrowStatement(node)) return true;
  if (ts.isReturnStatement(node)) return node.expression !== undefined && ts.isCallExpression(node.expression);
  if (ts.isPropertyAssignment(node) || ts.isSpreadAssignment(node)) return true;
  return node.parent !== undefined && ts.isArrayLiteralExpression(node.parent);
}

function registrationOf(node: ts.Node, text: string): RegExpExecArray | null {
  const comments = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const last = comments.at(-1);
  return last === undefined ? null : REGISTERED.exec(text.slice(last.pos, last.end));
}
