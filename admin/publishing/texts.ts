/** What publishing answers when it does not do what was asked. */
export const publishingRefusals = {
  busy: "Đang có một lượt kiểm tra khác. Xin chờ lượt đó xong rồi bấm lại.",
  draftChanged: "Có bản soạn vừa được sửa, được trả lại hoặc đã công bố. Xin tải lại trang, chọn lại và kiểm tra lại.",
  releaseChanged:
    "Trong lúc kiểm tra, kiến thức đang dùng đã đổi (có người vừa công bố hoặc nhập dữ liệu). Xin bấm Kiểm tra và công bố lần nữa để so với bản mới.",
  notReady: "Lượt kiểm tra này chưa xong, bị gián đoạn hoặc đã công bố rồi. Xin tải lại trang.",
  nothing: "Lượt kiểm tra này không có bản soạn nào để công bố.",
  secondPerson: (names: string) =>
    `Thay đổi về phí, lệ phí hoặc thời hạn phải do người khác với người soạn công bố. Xin nhờ một người duyệt khác công bố: ${names}.`,
  lost: (count: number) =>
    `Có ${count} câu hỏi mẫu đang trả lời đúng sẽ thành sai. Xin sửa bản soạn; nếu vẫn phải công bố, xin ghi lý do (ít nhất 10 ký tự).`,
  unknownRelease: "Không khôi phục được bản này: bản có từ trước khi chương trình lưu nội dung từng bản.",
  sameRelease: "Nội dung của bản này đang được dùng, không có gì để khôi phục.",
  goldenTwice: "Câu hỏi này đã có trong danh sách câu hỏi mẫu",
} as const
