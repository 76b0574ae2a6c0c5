// The repository whose status and page are in docs/screenshots/, and how the page is shown there.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execaSync } from 'execa';
import { recordingEnvironment } from '../../recording.js';
import type { View } from './browser.js';
import { buildSkills } from './repository.js';

const CLI = resolve('dist/cli.js');

export const PICTURES = 'docs/screenshots';

/** By the name of the picture. */
export const VIEWS: Readonly<Record<string, View>> = {
  light: { width: 1000, height: 760, scheme: 'light' },
  dark: { width: 1000, height: 760, scheme: 'dark' },
  narrow: { width: 500, height: 760, scheme: 'light' },
};

const SKILLS = [
  ...[
    'api-review',
    'changelog',
    'commit-message',
    'code-review',
    'data-model',
    'debugging',
    'design-notes',
    'diagrams',
  ],
  ...['error-messages', 'estimates', 'fixtures', 'glossary', 'incident-report', 'interview', 'migration', 'naming'],
  ...['pair-work', 'performance', 'release-notes', 'refactoring', 'security', 'summary', 'test-plan', 'translation'],
];

export interface Example {
  readonly repository: string;
  readonly env: NodeJS.ProcessEnv;
  /** The file of the page. */
  readonly page: string;
}

/** Builds it below a directory. */
export function buildExample(scratch: string, names: readonly string[] = SKILLS): Example {
  const env = recordingEnvironment(scratch);
  const [repository, page] = [join(scratch, 'team-skills'), join(scratch, 'copies.html')];
  mkdirSync(repository);
  buildSkills(repository, names, env);
  const run = (...words: string[]) => execaSync(process.execPath, [CLI, ...words], { cwd: repository, env });
  run('install');
  writeFileSync(page, run('graph', '--format', 'html').stdout);
  return { repository, env, page };
}
