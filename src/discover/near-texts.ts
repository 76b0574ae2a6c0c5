// Reads texts by their ids, and keeps the last ones.

import { isText } from '../differences/text-rule.js';
import type { ObjectReader } from '../git/objects.js';
import type { Oid } from '../git/oid.js';

/** Chars that are kept. */
const MOST_KEPT = 64 * 1024 * 1024;

export class NearTexts {
  readonly #objects: ObjectReader;
  readonly #known = new Map<Oid, string | undefined>();
  #kept = 0;

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /** One char per byte; undefined for a file that is not here, is no text, or is too large. */
  async read(oid: Oid | undefined): Promise<string | undefined> {
    if (oid === undefined) return undefined;
    if (this.#known.has(oid)) return this.#known.get(oid);
    const content = (await this.#objects.contents(oid))?.content;
    const text = content && isText(content) ? content.toString('latin1') : undefined;
    if (this.#kept > MOST_KEPT) this.#forget();
    this.#known.set(oid, text);
    this.#kept += text?.length ?? 0;
    return text;
  }

  #forget(): void {
    this.#known.clear();
    this.#kept = 0;
  }
}
