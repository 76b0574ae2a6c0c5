// The ways to resolve a finding as commands: one line each, with the effect and the change that it
// discards.

import { show } from './show.js';

/** A command to type, and its effect. */
export interface Command {
  readonly command: string;
  readonly what: string;
}

export interface WayText {
  readonly kind:
    | 'fix'
    | 'rename'
    | 'replace'
    | 'force'
    | 'merge'
    | 'use'
    | 'delete'
    | 'rename-source'
    | 'restore'
    | 'diff'
    | 'accept'
    | 'agree'
    | 'add';
  /** The file whose content is copied, or whose deletion is followed. */
  readonly from: string;
  /** The files that are written. */
  readonly to: readonly string[];
  /** The written files whose changes exist nowhere else afterwards. */
  readonly discards: readonly string[];
  /** A merge that leaves conflict markers. */
  readonly conflicts: boolean;
}

const WIDEST = 60;

/** `  > <command>   # <what it does>`, with aligned remarks if the commands are short. */
export function sayCommands(commands: readonly Command[]): string[] {
  const lengths = commands.map(({ command }) => command.length).filter((length) => length <= WIDEST);
  const width = Math.max(0, ...lengths);
  return commands.map(({ command, what }) => `  > ${command.padEnd(width)}   # ${what}`);
}

/** The effect of the way, in a few words. */
export function sayWay(way: WayText): string {
  const discarded = way.discards.length === 0 ? '' : `, discards the changes in ${listed(way.discards)}`;
  return `${deed(way)}${discarded}`;
}

function deed({ kind, from, to, conflicts }: WayText): string {
  switch (kind) {
    case 'fix':
    case 'force':
    case 'use':
      return `copies ${show(from)} to ${listed(to)}`;
    case 'rename':
      return 'renames the copy too';
    case 'rename-source':
      return 'renames the source too';
    case 'replace':
      return 'changes the copy in the same way';
    case 'merge':
      return conflicts ? `writes both versions into ${listed(to)}, between conflict markers` : `merges both changes`;
    case 'delete':
      return `deletes ${listed(to)} too`;
    case 'restore':
      return `restores ${show(from)}`;
    case 'diff':
      return 'shows the difference';
    case 'accept':
      return 'keeps the difference, with a reason';
    case 'agree':
      return 'accepts the current difference';
    case 'add':
      return `stages the fix, which the working tree already has`;
  }
}

/** The effect of a command that is not a way of the finding. */
export const REMARKS = {
  list: 'lists all of them',
  fix: 'fixes all of them',
  add: 'stages it as it is',
  track: 'tracks it, although git ignores it',
  outside: 'copies it, at a terminal',
  explain: 'shows the rules for it',
} as const;

const MOST_NAMED = 3;

function listed(paths: readonly string[]): string {
  if (paths.length > MOST_NAMED) return `${paths.length} files`;
  const shown = paths.map(show);
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
