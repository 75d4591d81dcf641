/** Words that only the terminal adds to an answer. */
export const terminalTexts = { choices: "Có thể hỏi tiếp:", sources: "Trích dẫn:" } as const
