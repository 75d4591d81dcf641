type Ask<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>

interface Call<Item, Result> {
  readonly items: readonly Item[]
  readonly resolve: (results: readonly Result[]) => void
  readonly reject: (error: unknown) => void
}

// One query must not keep the next ones waiting for long.
const MOST = 64

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Questions that come while one is being answered are asked together, in order: each query has its price, whatever it returns. */
export function createBatches<Item, Result>(ask: Ask<Item, Result>): Ask<Item, Result> {
  const waiting: Call<Item, Result>[] = []
  let busy = false

  const alone = async ({ items, resolve, reject }: Call<Item, Result>) => ask(items).then(resolve, reject)
  const together = async (calls: readonly Call<Item, Result>[]) => {
    const results = await ask(calls.flatMap(({ items }) => items))
    let from = 0
    for (const { items, resolve } of calls) resolve(results.slice(from, (from += items.length)))
  }
  const work = async () => {
    busy = true
    while (waiting.length > 0) {
      // The database answers within one turn of the event loop, so nobody would ever join a batch that began at once.
      await turn()
      const calls = waiting.splice(0, MOST)
      const [only] = calls
      if (calls.length === 1 && only) await alone(only)
      // One call that cannot be answered must not take its neighbours with it.
      else await together(calls).catch(() => Promise.all(calls.map(alone)))
    }
    busy = false
  }
  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject })
      if (!busy) void work()
    })
}
