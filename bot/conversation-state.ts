/** Who has the word in a conversation: the assistant, nobody yet (a human was asked for), or a human. */
export const CONVERSATION_STATES = ["bot", "pending", "open", "waiting_citizen", "resolved"] as const
export type ConversationState = (typeof CONVERSATION_STATES)[number]

export type Move =
  "citizen_writes" | "citizen_asks_human" | "staff_takes" | "staff_writes" | "staff_hands_back" | "staff_resolves" | "hold_expires"

/** Every move that is possible, by the state that it starts from; any other is refused. */
const MOVES: { readonly [State in ConversationState]: Partial<Record<Move, ConversationState>> } = {
  bot: { citizen_writes: "bot", citizen_asks_human: "pending", staff_takes: "open", staff_writes: "waiting_citizen" },
  pending: {
    citizen_writes: "pending",
    citizen_asks_human: "pending",
    staff_takes: "open",
    staff_writes: "waiting_citizen",
    staff_hands_back: "bot",
    staff_resolves: "resolved",
    hold_expires: "bot",
  },
  open: {
    citizen_writes: "open",
    staff_takes: "open",
    staff_writes: "waiting_citizen",
    staff_hands_back: "bot",
    staff_resolves: "resolved",
    hold_expires: "bot",
  },
  waiting_citizen: {
    citizen_writes: "open",
    staff_takes: "open",
    staff_writes: "waiting_citizen",
    staff_hands_back: "bot",
    staff_resolves: "resolved",
    hold_expires: "bot",
  },
  resolved: { citizen_writes: "bot", citizen_asks_human: "pending", staff_takes: "open", staff_writes: "waiting_citizen" },
}

/** The state after a move, or null when the move is not possible from here. */
export function after(state: ConversationState, move: Move): ConversationState | null {
  return MOVES[state][move] ?? null
}

/** While a human holds the chat the assistant is silent. */
export function isHeld(state: ConversationState): boolean {
  return state === "open" || state === "waiting_citizen"
}

/** What the database holds; a word of another version counts as the assistant's turn. */
export function readState(stored: string): ConversationState {
  return CONVERSATION_STATES.find((state) => state === stored) ?? "bot"
}
