// The repository of docs/differences.md: pairs whose texts differ as they are meant to.

import type { Repo } from './repo.js';

/** Writes and commits the files, with these pairs. */
export function writeDiffering(repo: Repo, pairs: readonly object[]): void {
  const lines = (...texts: string[]) => `${texts.join('\n')}\n`;
  repo.manifest({ pairs });
  repo.write('CLAUDE.md', lines('# Claude Code', '', 'Claude Code reads CLAUDE.md first.'));
  repo.write('AGENTS.md', lines('# Codex', '', 'Codex reads AGENTS.md first.'));
  const skill = (head: readonly string[], rule: string) =>
    lines('---', ...head, '---', 'Read the change.', `# Rule: ${rule}`, 'Ask for tests.');
  repo.write('skills/review/SKILL.md', skill(['name: review'], 'the team'));
  repo.write('pack/review/SKILL.md', skill(['name: pack-review', 'license: MIT'], 'the pack'));
  repo.write('docs/guide.md', lines('# Guide', '', 'Start the server.', 'Open the page.'));
  repo.write('site/guide.md', lines('# The guide to our service', '', 'Start the server.', 'Open the page.'));
  repo.settle();
}

/** An exception that holds for the present contents alone, as earlier versions wrote it. */
export function pinnedStates(repo: Repo, a: string, b: string): object {
  const at = [a, b].map((path) => `100644 ${repo.git('rev-parse', `HEAD:${path}`).trim()}`);
  return { a, b, exception: 'differed when dos-sync was set up', at };
}
