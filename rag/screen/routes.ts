/** Where a message goes that is no plain question about procedures or documents. */
export const ROUTES = [
  "emergency",
  "blocked_injection",
  "blocked_abuse",
  "routed_denunciation",
  "private_data",
  "routed_human",
  "appeal",
  "routed_complaint",
  "law_evasion",
  "politics",
  "medical",
  "off_topic",
  "greeting",
  "thanks",
] as const
export type Route = (typeof ROUTES)[number]
