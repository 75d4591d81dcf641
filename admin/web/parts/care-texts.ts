export const careTexts = {
  title: "Theo dõi",
  owner: "Người phụ trách",
  nobody: "chưa giao",
  reviewBy: "Hạn rà soát",
  clearDay: "Xóa hạn rà soát",
  save: "Lưu theo dõi",
  saved: "Đã lưu người phụ trách và hạn rà soát",
} as const
