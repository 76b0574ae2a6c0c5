// Messages inside lint-staged.

import { Fault } from './fault.js';
import { show } from './show.js';

export function unquotableFile(path: string): Fault {
  const said = `${show(path)} has both kinds of quotes in its name, which lint-staged cannot pass on.`;
  return new Fault('usage', said, 'rename it, or run its tasks outside lint-staged');
}
