// Records a session: runs the commands in a scratch repository, and draws input and output as
// docs/recording.svg.
// usage: tsx scripts/recording.ts (dist/ must be built)

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const CLI = resolve('dist/cli.js');

const BEFORE = {
  '.dos-sync-manifest.json': '{ "pairs": [{ "a": "docs", "b": "web" }], "fix_direction": "live_to_submodule" }\n',
  'docs/api.md': 'one call\n',
  'web/api.md': 'one call\n',
};

const SESSION = [
  'echo "another call" >> docs/api.md',
  'git commit -am "describe another call"',
  'git dos-sync fix && git commit -am "describe another call"',
  'git dos-sync check',
];

interface Line {
  readonly typed: boolean;
  readonly text: string;
}

/** The session of this run. Dates are fixed, so that the commit ids never change. */
export async function recordSession(): Promise<readonly Line[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'dos-sync-recording-'));
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') && name !== 'FORCE_COLOR');
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(inherited),
    HOME: scratch,
    NO_COLOR: '1',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  for (const role of ['AUTHOR', 'COMMITTER']) {
    Object.assign(env, { [`GIT_${role}_NAME`]: 'Ada', [`GIT_${role}_EMAIL`]: 'ada@example.com' });
    env[`GIT_${role}_DATE`] = '2026-01-07T12:00:00Z';
  }
  // A separate session has no terminal, so the hook prints the command instead of asking.
  const run = (command: string) =>
    execa('sh', ['-c', command], {
      cwd: scratch,
      env,
      extendEnv: false,
      all: true,
      reject: false,
      detached: true,
      stdin: 'ignore',
    });
  try {
    for (const [path, content] of Object.entries(BEFORE)) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), content);
    }
    await run(
      `git init -q -b main && '${process.execPath}' '${CLI}' install && git add docs web .dos-sync-manifest.json && git commit -qm first`,
    );
    const lines: Line[] = [];
    for (const command of SESSION) {
      const { all } = await run(command);
      lines.push({ typed: true, text: command });
      lines.push(
        ...all
          .split('\n')
          .filter((line) => line !== '')
          .map((text) => ({ typed: false, text })),
      );
    }
    return lines;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const [LEFT, TOP, LINE, CHARACTER] = [16, 28, 20, 8.4];

export function drawSession(lines: readonly Line[]): string {
  const width = Math.ceil(LEFT * 2 + CHARACTER * Math.max(...lines.map(({ text }) => text.length + 2)));
  const height = TOP + LINE * lines.length;
  const rows = lines.map(({ typed, text }, at) => {
    const [fill, shown] = typed ? ['#7ee787', `$ ${text}`] : ['#e6edf3', text];
    return `  <text x="${LEFT}" y="${TOP + LINE * at}" fill="${fill}" xml:space="preserve">${escapeXml(shown)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, monospace" font-size="14">`,
    '  <title>A commit is blocked, fixed, and goes through</title>',
    `  <rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...rows,
    '</svg>',
    '',
  ].join('\n');
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync('docs/recording.svg', drawSession(await recordSession()));
}
