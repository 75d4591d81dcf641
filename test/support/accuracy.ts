/** The share of characters that came back right: 1 − edit distance over length, line ends and spaces counted as one space. */
export function characterAccuracy(expected: string, found: string): number {
  const plain = (text: string) => text.normalize("NFC").replace(/^\| /gm, "").replace(/\s+/g, " ").trim()
  const [a, b] = [plain(expected), plain(found)]
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return 1 - (row[b.length] ?? 0) / a.length
}
