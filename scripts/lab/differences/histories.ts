// Five pairs like those that people keep in step by hand, and what makes their texts differ.

import type { Side } from '../../../src/manifest/types.js';

/** What a pair of the manifest declares beside its sides. */
interface DeclaredDifference {
  readonly with?: readonly (readonly [string, string])[];
  readonly own?: readonly (string | Readonly<Record<string, string | number>>)[];
}

/** What a side keeps for itself. */
export interface Own {
  /** How often the side has changed its own part. */
  readonly revision: number;
  /** True from the edit on that brings a difference of another kind. */
  readonly hasNew: boolean;
}

export interface DifferingPair {
  readonly name: string;
  readonly paths: Readonly<Record<Side, string>>;
  /** The rule that fits, and the one that fits after the difference of another kind. */
  readonly rules: readonly [DeclaredDifference, DeclaredDifference];
  /** False if the texts differ in words alone, so that a side has no part of its own to edit. */
  readonly hasOwnPart: boolean;
  /** The share of lines that name the product. */
  readonly naming: number;
  /** The text of a side; the body is in the words of both. */
  readonly render: (side: Side, body: readonly string[], own: Own) => readonly string[];
}

const TOOLS: readonly (readonly [string, string])[] = [
  ['Claude Code', 'Codex'],
  ['CLAUDE.md', 'AGENTS.md'],
];
const MAKERS: readonly [string, string] = ['Anthropic', 'OpenAI'];
const BLOCK = { from: '<!-- own -->', to: '<!-- /own -->' };

const GUIDE: DifferingPair = {
  name: 'a title line',
  paths: { a: 'docs/guide.md', b: 'site/guide.md' },
  rules: [{ own: [{ first_lines: 1 }] }, { own: [{ first_lines: 1 }, { lines: '<!-- Edit: ' }] }],
  hasOwnPart: true,
  naming: 0,
  render: (side, body, { revision, hasNew }) => [
    side === 'a' ? `# Guide, edition ${revision}` : `# The guide to our service (${revision})`,
    '',
    ...body,
    ...(hasNew && side === 'b' ? ['<!-- Edit: on the site -->'] : []),
  ],
};

const INSTRUCTIONS: DifferingPair = {
  name: 'a product name in 20 places',
  paths: { a: 'CLAUDE.md', b: 'AGENTS.md' },
  rules: [{ with: TOOLS }, { with: [...TOOLS, MAKERS] }],
  hasOwnPart: false,
  naming: 0.5,
  render: (side, body, { hasNew }) => {
    const at = side === 'a' ? 0 : 1;
    const text = body.map((line) =>
      line.replace('{tool}', TOOLS[0]?.[at] ?? '').replace('{file}', TOOLS[1]?.[at] ?? ''),
    );
    return [...text, ...(hasNew ? [`Read what ${MAKERS[at]} says about limits.`] : [])];
  },
};

const HOOK: DifferingPair = {
  name: 'a rule line in a hook',
  paths: { a: 'hooks/before-tool.sh', b: 'pack/hooks/before-tool.sh' },
  rules: [{ own: [{ lines: '# Rule: ' }] }, { own: [{ lines: '# Rule: ' }, { lines: '# Source: ' }] }],
  hasOwnPart: true,
  naming: 0,
  render: (side, body, { revision, hasNew }) => [
    '#!/bin/sh',
    `# Rule: ${side === 'a' ? 'the team' : 'the pack'}, ${revision}`,
    ...(hasNew && side === 'b' ? ['# Source: hooks/before-tool.sh'] : []),
    ...body,
  ],
};

const SKILL: DifferingPair = {
  name: 'front matter per tool',
  paths: { a: 'skills/review/SKILL.md', b: 'pack/review/SKILL.md' },
  rules: [{ own: ['front_matter'] }, { own: ['front_matter'], with: [MAKERS] }],
  hasOwnPart: true,
  naming: 0,
  render: (side, body, { revision, hasNew }) => [
    '---',
    `name: ${side === 'a' ? 'review' : 'pack-review'}`,
    ...(side === 'a' ? [] : ['license: MIT']),
    `version: ${revision}`,
    '---',
    ...body,
    ...(hasNew ? [`Written for ${MAKERS[side === 'a' ? 0 : 1]}.`] : []),
  ],
};

const AGENTS: DifferingPair = {
  name: 'a block for one tool alone',
  paths: { a: 'team/AGENTS.md', b: 'team/GEMINI.md' },
  rules: [{ own: [BLOCK] }, { own: [BLOCK, { first_lines: 1 }] }],
  hasOwnPart: true,
  naming: 0,
  render: (side, body, { revision, hasNew }) => [
    hasNew && side === 'b' ? '# Rules for Gemini' : '# Rules',
    ...body.slice(0, 8),
    BLOCK.from,
    ...(side === 'a' ? [] : ['Use the large window.']),
    `Keep ${revision} files open.`,
    BLOCK.to,
    ...body.slice(8),
  ],
};

export const HISTORIES: readonly DifferingPair[] = [GUIDE, INSTRUCTIONS, HOOK, SKILL, AGENTS];
