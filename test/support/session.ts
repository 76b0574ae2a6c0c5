// Runs what a document shows: the commands of its console blocks, in a test repository.

import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { Repo } from './repo.js';

/** The fenced code blocks of a language. */
export function blocks(file: string, language: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

/** Ids and dates depend on the clock. */
export function withoutIds(text: string): string {
  return text.replace(/\b(?:[0-9a-f]{7}|[0-9a-f]{10})\b/g, '<id>').replace(/\b\d{4}-\d\d-\d\d\b/g, '<day>');
}

/** Runs each `$ command` of the block; the output must match the block. */
export function replaySession(repo: Repo, session: string): void {
  const commands = [...session.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command);
  assert.ok(commands.length > 1, 'a session has commands');
  const printed = commands.map((command) => {
    const { stdout, stderr } = repo.run('sh', ['-c', command]);
    return `$ ${command}\n${stdout}${stderr}`;
  });
  assert.is(withoutIds(printed.join('')), withoutIds(session));
}
