// Opens the user's merge tool, as `git mergetool` would, on one file with conflict markers.

import { spawn } from 'node:child_process';
import { closeSync, constants, openSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { shellBeside, terminalDevices } from '../disk/system.js';
import { makeTemporary } from '../disk/temporary.js';
import { gitNotStarted } from '../messages/git.js';
import { safePath } from './locate.js';
import { readConfig } from './repository.js';
import { type Git, readGit } from './run.js';

/** The three versions of a conflict; without a base, both sides are new. */
export interface Conflict {
  readonly ours: Buffer;
  readonly base: Buffer | undefined;
  readonly theirs: Buffer;
}

/**
 * The library has git's tools and reads mergetool.<tool>.cmd, .path and .trustExitCode. With job
 * control, Ctrl-C reaches only the tool: not us, not our git processes, and not `git commit`.
 */
const SCRIPT = `
TOOL_MODE=merge
tool=$1 base_present=$2 MERGED=$3 LOCAL=$4 REMOTE=$5 BASE=$6 BACKUP=$7
set -m
(
  trap : INT
  . "$(git --exec-path)/git-mergetool--lib" &&
  initialize_merge_tool "$tool" &&
  run_merge_tool "$tool" "$base_present"
)
exit $?
`;

/** The tool that `merge.tool` names. */
export async function readMergeTool(git: Git): Promise<string | undefined> {
  return (await readConfig(git, 'merge.tool')) || undefined;
}

/**
 * Runs the tool at the terminal. `merged`: the absolute path of the file with the markers.
 * @returns true if the tool says that it resolved the conflict.
 */
export async function runMergeTool(git: Git, tool: string, merged: string, conflict: Conflict): Promise<boolean> {
  const directory = makeTemporary('dos-sync-tool-');
  try {
    const end = /^\.\w{1,16}$/.test(extname(merged)) ? extname(merged) : '';
    const put = (name: string, content: Buffer): string => {
      const file = join(directory.path, `${name}${end}`);
      writeFileSync(file, content, { mode: 0o600 });
      return file;
    };
    const { ours, base, theirs } = conflict;
    const nothing = Buffer.alloc(0);
    const files = [put('LOCAL', ours), put('REMOTE', theirs), put('BASE', base ?? nothing), put('BACKUP', nothing)];
    return await runScript(git, [tool, String(base !== undefined), merged, ...files]);
  } finally {
    directory.remove();
  }
}

async function runScript(git: Git, args: readonly string[]): Promise<boolean> {
  const env = await environmentOfTool(git);
  const execPath = (await readGit(git, ['--exec-path'])).toString('utf8').trim();
  const sh = shellBeside(execPath);
  const terminal = openSync(terminalDevices().input, constants.O_RDWR);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(sh, ['-c', SCRIPT, 'dos-sync', ...args], {
        cwd: git.cwd,
        env,
        stdio: [terminal, terminal, terminal],
      });
      child.on('error', (cause) => reject(gitNotStarted(sh, cause)));
      child.on('close', (code) => resolve(code === 0));
    });
  } finally {
    closeSync(terminal);
  }
}

/**
 * The user's environment. A hook's GIT_INDEX_FILE and GIT_DIR would lead an editor's git to the
 * wrong index.
 */
async function environmentOfTool(git: Git): Promise<NodeJS.ProcessEnv> {
  const local = (await readGit(git, ['rev-parse', '--local-env-vars'])).toString('utf8').split('\n');
  const dropped = local.filter((name) => !name.startsWith('GIT_CONFIG'));
  const kept = Object.entries(process.env).filter(([name]) => !dropped.includes(name));
  return { ...Object.fromEntries(kept), PATH: safePath(process.env['PATH'], git.cwd).join(':') };
}
