export const formTexts = {
  remove: (what: string) => `Bỏ ${what.toLowerCase()}`,
  up: (what: string) => `Đưa ${what.toLowerCase()} lên trên`,
  fill: (what: string) => `Ghi ${what.toLowerCase()}`,
  clear: (what: string) => `Bỏ ${what.toLowerCase()}`,
  nothing: "Chưa ghi.",
  clearDay: (field: string) => `Xóa ngày ở ô ${field}`,
} as const
