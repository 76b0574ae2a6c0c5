import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { declaredOf, findRules } from '../../../src/discover/near-rule.js';

const test = suite('the smallest rule that makes two texts equal');

const body = Array.from({ length: 12 }, (_, at) => `Step ${at} is to do the next thing.\n`).join('');
const inPlaces = (tool: string, file: string) =>
  Array.from({ length: 20 }, (_, at) => `${at}. ${tool} reads ${file} and does step ${at}.\n`).join('');
const front = (tool: string, model: string) => `---\nname: ${tool}\nmodel: ${model}\nowner: team\n---\n${body}`;
const block = (words: string) => `${body}<!-- own -->\n${words}<!-- /own -->\nend\n`;
const hook = (rule: string, more = '') => `#!/bin/sh\n# Rule: ${rule}\n${more}set -e\n${body}`;

type Written = { with?: readonly (readonly [string, string])[]; own?: readonly object[] };

const cases: readonly (readonly [what: string, a: string, b: string, Written])[] = [
  [
    'a title line',
    `# All that a reviewer has to know about us\n${body}`,
    `# Guide\n${body}`,
    { own: [{ kind: 'first_lines', count: 1 }] },
  ],
  ['a tool in a title', `# Notes for Claude\n${body}`, `# Notes for Codex\n${body}`, { with: [['Claude', 'Codex']] }],
  [
    'a product name in twenty places',
    inPlaces('Claude Code', 'CLAUDE.md'),
    inPlaces('Codex', 'AGENTS.md'),
    {
      with: [
        ['Claude Code', 'Codex'],
        ['CLAUDE', 'AGENTS'],
      ],
    },
  ],
  [
    'a word that stays elsewhere is replaced with its neighbours only',
    `see CLAUDE.md\nthe CLAUDE project\n${body}`,
    `see AGENTS.md\nthe CLAUDE project\n${body}`,
    { with: [['CLAUDE.md', 'AGENTS.md']] },
  ],
  [
    'a rule line that only one side has',
    hook('no force'),
    hook('no force', '# Local: ask the owner of the branch first\n'),
    { own: [{ kind: 'lines', prefix: '# Local: ' }] },
  ],
  [
    'rule lines with words of their own',
    hook('a', '# Rule: b\n# Rule: c\n'),
    hook('x', ''),
    { own: [{ kind: 'lines', prefix: '# Rule: ' }] },
  ],
  [
    'front matter for each tool',
    front('core', 'big'),
    `---\ndescription: short\n---\n${body}`,
    { own: [{ kind: 'front_matter' }] },
  ],
  ['front matter that only one side has', front('core', 'big'), body, { own: [{ kind: 'front_matter' }] }],
  [
    'a marked block for one tool alone',
    block('Ask before you run.\nUse the sandbox.\n'),
    block('Never.\n'),
    { own: [{ kind: 'block', from: '<!-- own -->', to: '<!-- /own -->' }] },
  ],
  [
    'front matter and a name',
    `---\ntools: all\nmodel: big\n---\nClaude runs it.\n${body}`,
    `---\nkind: rule\n---\nCodex runs it.\n${body}`,
    { own: [{ kind: 'front_matter' }], with: [['Claude', 'Codex']] },
  ],
  ['words that are not ASCII', `Grüße an Zoë\n${body}`, `Grüße an Jörg\n${body}`, { with: [['Zoë', 'Jörg']] }],
  ['an inserted word', `Use the tool.\n${body}`, `Use the new tool.\n${body}`, { with: [['tool.', 'new tool.']] }],
];

for (const [what, a, b, { with: words = [], own = [] }] of cases) {
  test(what, () => {
    const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
    const [rule] = findRules(bytes(a), bytes(b));
    assert.ok(rule, 'a rule is found');
    assert.equal(declaredOf(rule), { with: words, own });
  });
}

test('texts without anything in common have no rule', () => {
  const other = body.replaceAll(/\w+/g, (word) => `${word.length}${word.split('').reverse().join('')}`);
  assert.equal(findRules(body, `${other}one more\n`), []);
});

test('other line ends have no rule', () => {
  assert.equal(findRules(body, body.replaceAll('\n', '\r\n')), []);
});

test.run();
