import type { Database, Transaction } from "../../prisma/database.ts"

type Apply<Item, Result> = (tx: Transaction, items: readonly Item[]) => Promise<readonly Result[]>

/** Everything that waits to be written is written together: a commit costs the same for one row and for many. */
export interface GroupCommit {
  /** Returns how to write one item of a kind; it resolves after the commit. Items of a kind are applied together, in order. */
  kind<Item, Result>(apply: Apply<Item, Result>): (item: Item) => Promise<Result>
}

interface Call<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}

/** The calls of one kind that go into one commit. */
interface Share {
  readonly size: number
  /** Applies them and returns how to tell each of them after the commit. */
  readonly apply: (tx: Transaction) => Promise<() => void>
  /** The same calls, each in a share of its own. */
  readonly apart: () => readonly Share[]
  readonly fail: (error: unknown) => void
}

// One transaction must not keep the next ones waiting for long.
const MOST = 64
/** When people write at the same time, waiting so long lets far more of them share a commit. */
const CROWDED_MS = 20

/** One transaction at a time, each for all that came in meanwhile. */
export function createGroupCommit(db: Database): GroupCommit {
  const kinds: (() => Share | null)[] = []
  let busy = false
  let crowded = false

  const commit = (shares: readonly Share[]) =>
    db.$transaction(async (tx) => {
      const told = []
      for (const share of shares) told.push(await share.apply(tx))
      return told
    })
  const together = async (shares: readonly Share[]) => {
    for (const tell of await commit(shares)) tell()
  }
  const alone = (share: Share) => together([share]).catch(share.fail)
  /** What cannot be written must not take its neighbours with it. */
  const write = async (shares: readonly Share[]) => {
    const [only] = shares
    if (shares.length === 1 && only?.size === 1) return alone(only)
    await together(shares).catch(async () => {
      for (const share of shares.flatMap(({ apart }) => apart())) await alone(share)
    })
  }
  const work = async () => {
    busy = true
    for (;;) {
      // The database answers within one turn of the event loop, so nobody would ever join a commit that began at once.
      await (crowded ? pause(CROWDED_MS) : turn())
      const shares = kinds.flatMap((take) => take() ?? [])
      if (shares.length === 0) break
      crowded = shares.reduce((sum, { size }) => sum + size, 0) > 1
      await write(shares)
    }
    busy = false
  }
  return {
    kind<Item, Result>(apply: Apply<Item, Result>) {
      const waiting: Call<Item, Result>[] = []
      kinds.push(() => (waiting.length === 0 ? null : shareOf(apply, waiting.splice(0, MOST))))
      return (item: Item) =>
        new Promise<Result>((resolve, reject) => {
          waiting.push({ item, resolve, reject })
          if (!busy) void work()
        })
    },
  }
}

function shareOf<Item, Result>(apply: Apply<Item, Result>, calls: readonly Call<Item, Result>[]): Share {
  return {
    size: calls.length,
    async apply(tx) {
      const results = await apply(
        tx,
        calls.map(({ item }) => item),
      )
      if (results.length !== calls.length) throw new RangeError("each item has a result")
      return () => {
        calls.forEach(({ resolve }, i) => {
          resolve(results[i] as Result)
        })
      }
    },
    apart: () => calls.map((call) => shareOf(apply, [call])),
    fail: (error) => {
      for (const { reject } of calls) reject(error)
    },
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
