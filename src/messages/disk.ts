// Messages about files and directories of the wrong kind.

import { Fault } from './fault.js';
import { show } from './show.js';

const MOVE_OR_EXCLUDE = 'move it away, or exclude it from the pair';

export function noTemporaryDirectory(parent: string): Fault {
  const said = `A temporary directory could not be created in ${show(parent)}.`;
  return new Fault('disk', said, 'set TMPDIR to a directory that exists');
}

/** Files that dos-sync keeps between its runs. */
export function sayForeignFiles([first = '', ...others]: readonly string[]): string {
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `dos-sync: not read, because somebody else can have written it: ${show(first)}${more}`;
}

/** A FIFO, socket or device below a pair. */
export function notAFileOrLink(path: string): Fault {
  return new Fault('disk', `${show(path)} is neither a file nor a symlink.`, MOVE_OR_EXCLUDE);
}

export function notAFileOrDirectory(path: string): Fault {
  return new Fault('disk', `${show(path)} is neither a file nor a directory.`, MOVE_OR_EXCLUDE);
}

/** The target of a fix. */
export function notReplaceable(path: string): Fault {
  return new Fault('disk', `${show(path)} is neither a file nor a symlink.`, 'move it away');
}

export function nothingBelow(path: string): Fault {
  return new Fault(
    'disk',
    `${show(path)} is not a directory, so nothing is written below it.`,
    'move it out of the way',
  );
}

/** `landing`: the symlink's target; undefined if it is outside. `other`: the other side. */
export function leadsElsewhere(
  link: string,
  path: string,
  landing: string | undefined,
  other: string | undefined,
): Fault {
  const place = landing === undefined ? 'a path outside the repository' : show(landing);
  return new Fault(
    'disk',
    `${show(link)} is a symlink, and ${show(path)} leads through it to ${place}.`,
    `pair the path that it points to, or let it point to ${other === undefined ? 'the other side' : show(other)}`,
  );
}

export function fileBesideDirectory(key: string, file: string, directory: string): Fault {
  return new Fault(
    'manifest',
    `${show(key)} pairs a file with a directory: ${show(file)} is a file, ${show(directory)} is a directory.`,
    'pair two files or two directories in .dos-sync-manifest.json',
  );
}
