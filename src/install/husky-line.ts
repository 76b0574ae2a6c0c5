// The marked line in a husky hook: insert and remove. Pure.

import type { FileStep, FoundFile, HookName } from './types.js';

// Earlier releases wrote a line with `dos-sync hook`.
const OURS = /^(?:'.*'|\S*\/)?dos-sync[- ]hook'? [^\n]*# dos-sync(?: \(with this file\))?\r?$/;
const CREATED = /# dos-sync \(with this file\)\r?$/;

function lineOf(hook: HookName, program: string, mark: string): string {
  // husky runs hooks with sh -e; an && or || list before our line could have disabled that.
  return `${program} ${hook} "$@" || exit $?  # dos-sync${mark}`;
}

/** The index of our line; -1 if there is none. */
function ourLine(text: string): number {
  return text.split('\n').findIndex((line) => OURS.test(line));
}

/**
 * The change that adds the line, which runs `program`, to a husky hook; a missing final line end
 * stays missing.
 */
export function planHuskyHook(path: string, hook: HookName, program: string, found: FoundFile): FileStep {
  if (found.kind !== 'file') {
    return {
      step: 'write',
      path,
      before: found,
      text: `${lineOf(hook, program, ' (with this file)')}\n`,
      mode: 0o644,
      what: 'created',
    };
  }
  const { text, mode } = found;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = ourLine(text);
  const ended = text === '' || text.endsWith('\n');
  const added = ended ? `${text}${lineOf(hook, program, '')}${eol}` : `${text}${eol}${lineOf(hook, program, '')}`;
  const next = at < 0 ? added : withLine(text, at, hook, program);
  return next === text
    ? { step: 'keep', path }
    : { step: 'write', path, before: found, text: next, mode, what: 'changed' };
}

function withLine(text: string, at: number, hook: HookName, program: string): string {
  const lines = text.split('\n');
  const line = lines[at] ?? '';
  lines[at] = lineOf(hook, program, CREATED.test(line) ? ' (with this file)' : '') + (line.endsWith('\r') ? '\r' : '');
  return lines.join('\n');
}

/** The change that removes the line; undefined if there is none. */
export function planHuskyRemoval(path: string, found: FoundFile): FileStep | undefined {
  if (found.kind !== 'file') return undefined;
  const at = ourLine(found.text);
  if (at < 0) return undefined;
  const lines = found.text.split('\n');
  const [ours = ''] = lines.splice(at, 1);
  // Our line was last and had no line end, so the line before it had none either, not even a
  // carriage return.
  const rest = at > 0 && at === lines.length ? lines.join('\n').replace(/\r$/, '') : lines.join('\n');
  if (rest === '' && CREATED.test(ours)) return { step: 'remove', path, before: found };
  return { step: 'write', path, before: found, text: rest, mode: found.mode, what: 'restored' };
}

/** The text before our line, or all of it without one. */
export function textBefore(found: FoundFile): string {
  if (found.kind !== 'file') return '';
  const at = ourLine(found.text);
  return at < 0 ? found.text : found.text.split('\n').slice(0, at).join('\n');
}

/** Our line: the word that starts our program, and the rest. */
export interface HuskyLine {
  readonly present: boolean;
  readonly program: string;
  readonly after: string;
}

export function readHuskyLine(found: FoundFile): HuskyLine {
  if (found.kind !== 'file') return { present: false, program: '', after: '' };
  const lines = found.text.split('\n');
  const at = lines.findIndex((line) => OURS.test(line) || /^\s*[^#]*\bdos-sync[- ]hook'?\s/.test(line));
  const program =
    /^('[^']*dos-sync-hook'|[\w@%+=:,./-]*\/dos-sync-hook) /.exec(lines[at] ?? '')?.[1] ?? 'dos-sync-hook';
  return { present: at >= 0, program, after: at < 0 ? '' : lines.slice(at + 1).join('\n') };
}
