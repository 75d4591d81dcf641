import { Counter, Gauge, Histogram, Registry } from "prom-client"
import { STATUS_TABLE } from "../rag/answer-status.ts"
import type { AnswerQuestion } from "../rag/types.ts"

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 15]

/** What `/metrics` shows: answers by status and their times, channels, what waits to be handled or sent. */
export interface Metrics {
  /** The same question answered, counted. */
  observe(answer: AnswerQuestion): AnswerQuestion
  render(): Promise<string>
  readonly contentType: string
}

interface Sources {
  /** How each account is, the switched-off ones included. */
  readonly channels: () => Promise<ReadonlyMap<string, string>>
  /** Questions that each account has put off since the start, because too many came at once. */
  readonly putOff: () => ReadonlyMap<string, number>
  readonly backlog: () => Promise<{ readonly inbox: number; readonly outbox: number; readonly failed: number }>
  readonly knowledge: () => { readonly version: number; readonly records: number }
}

export function createMetrics({ channels, putOff, backlog, knowledge }: Sources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const answers = new Counter({ name: "tlx_answers_total", help: "Answers by status", labelNames: ["status", "family"], registers })
  const seconds = new Histogram({ name: "tlx_answer_seconds", help: "Time to make an answer", buckets: SECONDS, registers })
  const online = new Gauge({ name: "tlx_channel_online", help: "1 when the channel is online", labelNames: ["account"], registers })
  const state = new Gauge({ name: "tlx_channel_state", help: "1 for the state it is in", labelNames: ["account", "state"], registers })
  const crowded = new Counter({
    name: "tlx_questions_put_off_total",
    help: "Questions that were kept but not answered",
    labelNames: ["account"],
    registers,
  })
  const waiting = new Gauge({ name: "tlx_backlog", help: "Rows that wait", labelNames: ["queue"], registers })
  const release = new Gauge({ name: "tlx_knowledge_version", help: "Release of the knowledge that is live", registers })
  const records = new Gauge({ name: "tlx_knowledge_records", help: "Records that are live", registers })
  const memory = new Gauge({ name: "process_resident_memory_bytes", help: "Resident memory", registers })
  return {
    contentType: registry.contentType,
    observe: (answer) => async (question) => {
      const given = await answer(question)
      answers.inc({ status: given.status, family: STATUS_TABLE[given.status].family })
      seconds.observe(given.ms / 1000)
      return given
    },
    async render() {
      const accounts = await channels()
      // What was removed since, or is in another state now, must not stay as it was.
      online.reset()
      state.reset()
      for (const [account, is] of accounts) {
        online.set({ account }, is === "online" ? 1 : 0)
        state.set({ account, state: is }, 1)
      }
      crowded.reset()
      for (const [account, value] of putOff()) crowded.inc({ account }, value)
      for (const [queue, value] of Object.entries(await backlog())) waiting.set({ queue }, value)
      release.set(knowledge().version)
      records.set(knowledge().records)
      memory.set(process.memoryUsage.rss())
      return registry.metrics()
    },
  }
}
