// Edits the prepare script of package.json and keeps its format. Pure.

import { applyEdits, type Edit, findNodeAtLocation, modify, type Node, parseTree } from 'jsonc-parser';
import { badPackageJson } from '../messages/install.js';

const PREPARE = ['scripts', 'prepare'];

/** The scripts that run after an install; newer yarns know no `prepare`. */
const AFTER_INSTALL = ['prepare', 'postinstall', 'dependencies'];

// Without husky (in production), the install must not fail:
// https://typicode.github.io/husky/how-to.html
const RUN_HUSKY = 'husky || true';

/** The relevant parts of a package.json. */
export interface PackageFacts {
  /** The prepare script; undefined if there is none. */
  readonly prepare: string | undefined;
  /** The script that runs husky after an install. */
  readonly huskyScript: string | undefined;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Names under dependencies and devDependencies. */
  readonly packages: readonly string[];
  /** husky's version range; undefined if it is not listed. */
  readonly husky: string | undefined;
}

function parseObject(text: string, path: string): Node {
  try {
    JSON.parse(withoutMark(text));
  } catch (error) {
    throw badPackageJson(path, (error as Error).message);
  }
  const root = parseTree(withoutMark(text));
  if (root?.type !== 'object') throw badPackageJson(path, 'it is not an object');
  return root;
}

/** Windows editors add a byte order mark, which is not valid JSON. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** @throws Fault `disk` if the text is not a package.json that can be edited. */
export function parsePackage(text: string, path: string): PackageFacts {
  const root = parseObject(text, path);
  const scripts = findNodeAtLocation(root, ['scripts']);
  if (scripts !== undefined && scripts.type !== 'object') throw badPackageJson(path, '"scripts" is not an object');
  const prepare: unknown = findNodeAtLocation(root, PREPARE)?.value;
  if (prepare !== undefined && typeof prepare !== 'string') throw badPackageJson(path, '"prepare" is not a string');
  const kinds = ['dependencies', 'devDependencies'];
  return {
    prepare,
    huskyScript: AFTER_INSTALL.find((name) => /\bhusky\b/.test(textAt(root, ['scripts', name]) ?? '')),
    name: textAt(root, ['name']),
    version: textAt(root, ['version']),
    packages: kinds.flatMap((key) => namesIn(findNodeAtLocation(root, [key]))),
    husky: kinds.map((key) => textAt(root, [key, 'husky'])).find((range) => range !== undefined),
  };
}

function textAt(root: Node, place: string[]): string | undefined {
  const value: unknown = findNodeAtLocation(root, place)?.value;
  return typeof value === 'string' ? value : undefined;
}

function namesIn(node: Node | undefined): string[] {
  return (node?.children ?? []).map((property) => String(property.children?.[0]?.value));
}

/**
 * The text with a prepare script that runs husky. All other bytes stay; jsonc-parser would reformat
 * nearby lines.
 */
export function addPrepare(text: string, path: string): string {
  const root = parseObject(text, path);
  const body = withoutMark(text);
  const scripts = findNodeAtLocation(root, ['scripts']);
  const gap = gapBeforeLast(body, root);
  const deeper = gap + (/\n([ \t]*)$/.exec(gap)?.[1] ?? '');
  const colon = gap === '' ? ':' : ': ';
  const prepare = `"prepare"${colon}"${RUN_HUSKY}"`;
  const edit =
    scripts === undefined
      ? insertion(root, gap, `"scripts"${colon}{${deeper}${prepare}${gap}}`)
      : scripts.children?.length
        ? insertion(scripts, gapBeforeLast(body, scripts), prepare)
        : insertion(scripts, deeper, prepare + gap);
  return text.slice(0, text.length - body.length) + applyEdits(body, [edit]);
}

/** The whitespace before an object's last property. */
function gapBeforeLast(text: string, object: Node): string {
  const last = object.children?.at(-1);
  return last === undefined ? '' : (/\s*$/.exec(text.slice(object.offset, last.offset))?.[0] ?? '');
}

function insertion(object: Node, gap: string, property: string): Edit {
  const last = object.children?.at(-1);
  if (last === undefined) return { offset: object.offset + 1, length: 0, content: gap + property };
  return { offset: last.offset + last.length, length: 0, content: `,${gap}${property}` };
}

/**
 * The text without that script, if it is still the one that was added. `before`: the text before
 * the addition.
 */
export function removePrepare(text: string, before: string, path: string): string {
  // Earlier releases added `husky` alone.
  if (!['husky', RUN_HUSKY].includes(parsePackage(text, path).prepare ?? '')) return text;
  const rest = removeAt(text, PREPARE);
  const hadScripts = findNodeAtLocation(parseObject(before, path), ['scripts']) !== undefined;
  const scripts = findNodeAtLocation(parseObject(rest, path), ['scripts']);
  return !hadScripts && scripts?.children?.length === 0 ? removeAt(rest, ['scripts']) : rest;
}

function removeAt(text: string, place: string[]): string {
  const body = withoutMark(text);
  return text.slice(0, text.length - body.length) + applyEdits(body, modify(body, place, undefined, {}));
}
