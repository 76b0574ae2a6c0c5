// Asks git many questions, some at a time: one message for each batch, and one batch in memory.

const AT_ONCE = 500;

/** The items in order, in arrays of at most `size`. */
export function* batchesOf<Item>(items: readonly Item[], size: number = AT_ONCE): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** As `Promise.all(items.map(work))`, a batch at a time. */
export async function mapInBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result> | Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const batch of batchesOf(items)) results.push(...(await Promise.all(batch.map(work))));
  return results;
}
