// Opens the configured merge tool on the conflicts of a merge, once their markers are written.

import { readFileSync } from 'node:fs';
import { errorCode } from '../disk/error-code.js';
import { readMergeTool, runMergeTool } from '../git/merge-tool.js';
import { isUtf8, type RepoPath, textOf } from '../git/path.js';
import type { Workplace } from '../git/workplace.js';
import { isOutside } from '../manifest/outside.js';
import { sayOpening, sayToolFailed, type ToolResult } from '../messages/merge-tool.js';
import type { Merge } from '../resolve/merge.js';
import { hasMarkers } from '../resolve/read-findings.js';
import { absolutePath } from '../snapshot/disk.js';
import type { Snapshot } from '../snapshot/types.js';
import { hasTerminal, withTerminal } from './terminal.js';

/**
 * Opens the tool on each source with markers, until one is not resolved. Without a tool or a
 * terminal, nothing happens.
 * @returns what the user made of the sources that have no markers any more.
 */
export async function resolveInTool(
  { repository }: Workplace,
  after: Snapshot,
  merges: readonly Merge[],
  say: (lines: readonly string[]) => void,
): Promise<ReadonlyMap<RepoPath, ToolResult>> {
  const resolved = new Map<RepoPath, ToolResult>();
  const tool = await readMergeTool(repository.git);
  if (tool === undefined || !hasTerminal()) return resolved;
  for (const { root, conflict } of merges) {
    const place = isOutside(root) ? after.outside?.placeToWrite(root) : { top: repository.top, path: root };
    if (!conflict || !place || !isUtf8(place.path)) continue;
    const file = absolutePath(place.top, place.path).toString('utf8');
    say([sayOpening(tool, textOf(root))]);
    const ended = await withTerminal(() => runMergeTool(repository.git, tool, file, conflict));
    const content = ended ? readIfPresent(file) : undefined;
    if (!content || hasMarkers(content)) {
      say([sayToolFailed(tool, textOf(root))]);
      break;
    }
    resolved.set(root, content.equals(conflict.ours) ? 'unchanged' : 'merged');
  }
  return resolved;
}

function readIfPresent(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}
