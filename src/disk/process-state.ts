// What the system knows of a process: from /proc, or from ps where there is none, as on macOS.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { errorCode } from './error-code.js';

export interface ProcessState {
  /** When it started, in the system's own words: the same for one process, whenever it is asked. */
  readonly start: string;
  /** It has ended, and its parent has not asked for its exit code yet. */
  readonly ended: boolean;
  /** Its process group has its terminal. */
  readonly foreground: boolean;
}

/** Undefined if the system does not say: the process is gone, hidden, or this is Windows. */
export function readProcess(
  pid: number,
  platform: NodeJS.Platform = process.platform,
  proc = '/proc',
): ProcessState | undefined {
  if (platform === 'win32') return undefined;
  return platform === 'linux' ? parseStat(readStat(pid, proc)) : parsePs(askPs(pid));
}

// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: pid (comm) state ppid pgrp session
// tty_nr tpgid …; field 22 is the start. The name can hold spaces and brackets.
export function parseStat(stat: string | undefined): ProcessState | undefined {
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', , group, , , foreground] = fields ?? [];
  const start = fields?.[19];
  return start === undefined ? undefined : { start, ended: /^[ZX]/.test(state), foreground: group === foreground };
}

/**
 * A line of `ps -o lstart= -o stat=`; in the last word, `+` says foreground.
 * https://man.freebsd.org/cgi/man.cgi?query=ps
 */
export function parsePs(line: string): ProcessState | undefined {
  const [, start, state = ''] = /^\s*(\S.*\S)\s+(\S+)\s*$/.exec(line) ?? [];
  return start === undefined ? undefined : { start, ended: state.startsWith('Z'), foreground: state.includes('+') };
}

/** Mounted with hidepid=1, /proc refuses what is another user's: EPERM, not ENOENT. */
function readStat(pid: number, proc: string): string | undefined {
  try {
    return readFileSync(`${proc}/${pid}/stat`, 'latin1');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function askPs(pid: number): string {
  const env = { LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = spawnSync('/bin/ps', ['-o', 'lstart=', '-o', 'stat=', '-p', String(pid)], { env });
  return stdout?.toString('latin1') ?? '';
}
