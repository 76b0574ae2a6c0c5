// What is said about options that do not go together, and about missing arguments.

import { Fault } from './fault.js';
import { show } from './show.js';

const listed = (options: readonly string[]) => options.map((option) => `--${option}`).join(' and ');

export function notTogether(...options: readonly string[]): Fault {
  return new Fault('usage', `${listed(options)} cannot be combined.`, 'choose one');
}

export function dryRunAlone(): Fault {
  return new Fault('usage', '--dry-run needs --fix.', 'check --fix --dry-run');
}

export function manifestAlone(): Fault {
  return new Fault('usage', '--manifest needs --commit or --base.', 'check --base main --manifest FILE');
}

export function zAlone(): Fault {
  return new Fault('usage', '-z needs --porcelain.', 'check --porcelain -z');
}

export function porcelainWithFormat(): Fault {
  return new Fault('usage', '--porcelain cannot be combined with --json or --format.', 'leave out one of them');
}

export function writeWithReport(): Fault {
  return new Fault('usage', '--write cannot be combined with --json or --fail.', 'leave out one of them');
}

export function jsonWithList(): Fault {
  return new Fault('usage', '--json needs --list.', 'add --list, or leave out --json');
}

export function mergeWithRange(): Fault {
  return new Fault('usage', '--merge reads only reports, not the history.', 'audit --merge FILE… [--json]');
}

export function commitNotFixed(): Fault {
  return new Fault('usage', 'A commit cannot be fixed.', 'leave out --commit, or --fix');
}

export function noFileForFrom(): Fault {
  return new Fault('usage', '--from needs the files to fix.', 'fix --from b <path>');
}

export const NOT_A_SIDE = 'it must be a or b, the two sides of a pair in the manifest.';

export function severalFilesForFrom(side: 'a' | 'b', files: string): Fault {
  const said = `--from ${side} needs exactly one file to copy from, not ${files === '' ? 'none' : show(files)}.`;
  return new Fault('usage', said, `fix --from ${side} <that file>`);
}

export function noSubstitution(word: string): Fault {
  return new Fault('usage', `--with ${show(word)} has no words of side a before a =.`, "--with 'Claude Code=Codex'");
}

export function noOwnPart(word: string, parts: string): Fault {
  return new Fault('usage', `--own ${show(word)} is not a part of a file.`, `it is one of ${parts}`);
}

export function pathOrAll(): Fault {
  return new Fault('usage', 'Name one path, or --all.', 'accept <path> --reason …');
}

export function noReason(): Fault {
  return new Fault('usage', 'An exception needs a reason.', 'accept <path> --reason "why they differ"');
}

export function noSuchHook(name: string): Fault {
  const hint = 'the hooks are: pre-commit, pre-merge-commit, pre-push, pre-receive';
  return new Fault('usage', `There is no hook ${show(name)}.`, hint);
}
