/** Where a record that is told is looked after, below `/quan-tri`. */
const ADDRESSES = {
  procedure: (key: string) => `/thu-tuc/${encodeURIComponent(key)}`,
  document: (key: string) => `/van-ban/dang-dung/${encodeURIComponent(key)}`,
  notice: (key: string, noticeKind: string | null) => `/thong-bao/${noticeKind ?? ""}/${encodeURIComponent(key)}`,
} as const

export const recordAddress = (record: {
  readonly kind: keyof typeof ADDRESSES
  readonly key: string
  readonly noticeKind: string | null
}) => ADDRESSES[record.kind](record.key, record.noticeKind)
