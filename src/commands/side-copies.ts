// Copies the two sides of a pair into a separate directory, for a git that has no name for them.

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TextRule } from '../differences/text-rule.js';
import { makeTemporary, type Temporary } from '../disk/temporary.js';
import type { Entry } from '../git/entry.js';
import { below, isUtf8, type RepoPath, textOf } from '../git/path.js';
import type { Verdict } from '../judge/types.js';
import { opposite } from '../manifest/direction.js';
import { isOutside } from '../manifest/outside.js';
import type { Side } from '../manifest/types.js';
import { readContent } from '../snapshot/content.js';
import type { Opened } from './scope.js';

/** The directory and the names of the copies; undefined for an absent side. */
export interface SideCopies {
  readonly directory: string;
  readonly temporary: Temporary;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** Both sides as judged; undefined if one is unreadable. The caller removes the directory. */
export async function copySides(opened: Opened, verdict: Verdict): Promise<SideCopies | undefined> {
  return writeSides(verdict, await readSides(opened, verdict));
}

/**
 * For a pair with a rule: one side as it is, and what it becomes if the other one is copied onto
 * it; both as they are compared, if that is refused.
 */
export async function copyMeant(opened: Opened, verdict: Verdict, onto: Side): Promise<SideCopies | undefined> {
  const { equality } = verdict.pair;
  const contents = await readSides(opened, verdict);
  const [a, b] = contents;
  if (equality.kind === 'identical' || !a || !b) return writeSides(verdict, contents);
  const texts = { a: a.toString('latin1'), b: b.toString('latin1') };
  const from = opposite(onto);
  const carried = equality.rule.carry(from, texts[from], texts[onto]);
  const shown = typeof carried === 'string' ? bothCompared(equality.rule, texts) : { ...texts, [from]: carried.text };
  return writeSides(verdict, [Buffer.from(shown.a, 'latin1'), Buffer.from(shown.b, 'latin1')]);
}

function bothCompared(rule: TextRule, texts: Record<Side, string>): Record<Side, string> {
  const [a, b] = [rule.compared('a', texts.a), rule.compared('b', texts.b)];
  return 'text' in a && 'text' in b ? { a: a.text, b: b.text } : texts;
}

type Contents = readonly [Buffer | null | undefined, Buffer | null | undefined];

async function readSides(opened: Opened, { pair, a, b }: Verdict): Promise<Contents> {
  return [await readSide(opened, pair.a, a), await readSide(opened, pair.b, b)];
}

function writeSides({ pair, a, b }: Verdict, sides: Contents): SideCopies | undefined {
  if (sides.includes(undefined)) return undefined;
  const temporary = makeTemporary('dos-sync-diff-');
  const directory = temporary.path;
  const [nameA, nameB] = [
    writeSide(directory, pair.a, a, sides[0] ?? null),
    writeSide(directory, pair.b, b, sides[1] ?? null),
  ];
  return { directory, temporary, a: nameA, b: nameB };
}

export function removeCopies({ temporary }: SideCopies): void {
  temporary.remove();
}

/** The side's content: null if absent, undefined if unreadable. */
async function readSide(
  { place, change }: Opened,
  path: RepoPath | null,
  entry: Entry,
): Promise<Buffer | null | undefined> {
  if (path === null || entry.kind === 'absent') return null;
  const { outside } = change.after;
  if (isOutside(path))
    return outside && (entry.kind === 'link' ? outside.readLink(path) : read(outside.streamOf(path)));
  const home = await change.after.readHome(path);
  return home ? readContent(home, below(path, home.at) ?? path, entry) : readContent(place, path, entry);
}

async function read(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function writeSide(directory: string, path: RepoPath | null, entry: Entry, content: Buffer | null): string | undefined {
  if (path === null || content === null) return undefined;
  const name = spelled(path);
  const file = join(directory, name);
  mkdirSync(dirname(file), { recursive: true });
  if (entry.kind === 'link') symlinkSync(content, file);
  else writeFileSync(file, content);
  if (entry.kind === 'file' && entry.executable) chmodSync(file, 0o700);
  return name;
}

/** Escapes bytes that are not UTF-8, so that two names stay different. */
function spelled(path: RepoPath): string {
  if (isUtf8(path)) return textOf(path);
  return path.replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}
