type Task = () => Promise<void>

export interface Lanes {
  run(key: string, task: Task): void
  /** Begins nothing more and resolves when what has begun is over. */
  stop(): Promise<void>
}

/** Tasks of one key run in order, one at a time; at most `width` keys run side by side and take turns, so a busy one starves none. */
export function createLanes({ width, onError }: { width: number; onError: (error: unknown) => void }): Lanes {
  const queues = new Map<string, Task[]>()
  const ready: string[] = []
  const running = new Set<Promise<void>>()
  let stopped = false

  const work = async (key: string, queue: Task[]) => {
    await queue.shift()?.().catch(onError)
    if (queue.length > 0) ready.push(key)
    else queues.delete(key)
  }
  const next = () => {
    while (!stopped && running.size < width) {
      const key = ready.shift()
      const queue = queues.get(key ?? "")
      if (key === undefined || queue === undefined) return
      const turn = work(key, queue)
      running.add(turn)
      void turn.then(() => running.delete(turn)).then(next)
    }
  }
  const run = (key: string, task: Task) => {
    const queue = queues.get(key)
    if (queue) return void queue.push(task)
    queues.set(key, [task])
    ready.push(key)
    next()
  }
  const stop = async () => {
    stopped = true
    await Promise.all(running)
  }
  return { run, stop }
}
