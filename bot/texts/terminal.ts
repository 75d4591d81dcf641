/** Words that only the terminal adds to an answer and to a conversation. */
export const terminalTexts = {
  choices: "Có thể hỏi tiếp:",
  sources: "Trích dẫn:",
  welcome: "Trò chuyện thử với trợ lý ngay tại đây. Gõ câu hỏi rồi bấm Enter; gõ số để chọn; gõ /ket-thuc hoặc bấm Ctrl-D để dừng.",
  prompt: "Ông/bà: ",
  goodbye: "Đã kết thúc cuộc trò chuyện. Cảm ơn ông/bà.",
} as const
