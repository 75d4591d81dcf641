export const signInTexts = {
  title: "Đăng nhập",
  notConfigured: "Đơn vị chưa được thiết lập. Xin mở liên kết thiết lập dùng một lần đã hiện ở cửa sổ khởi động chương trình.",
  account: "Tên đăng nhập",
  password: "Mật khẩu",
  code: "Mã xác nhận",
  codeHint: "Mã 6 chữ số trong ứng dụng xác thực, hoặc một mã dự phòng.",
  enter: "Đăng nhập",
  confirm: "Xác nhận",
  back: "Quay lại",
  lost: "Quên mật khẩu? Xin người quản trị của đơn vị tạo liên kết đặt lại mật khẩu.",
} as const
