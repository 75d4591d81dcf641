export const linkTexts = {
  title: "Nhận tài khoản",
  renewTitle: "Đặt lại mật khẩu",
  welcome: (name: string) => `Xin chào ${name}. Xin chọn tên đăng nhập và mật khẩu để dùng khu quản trị.`,
  renew: (name: string) => `Xin chào ${name}. Xin đặt mật khẩu mới. Bước xác nhận thứ hai (nếu có) sẽ được tắt, xin bật lại sau khi vào.`,
  until: (moment: string) => `Liên kết này chỉ dùng được một lần, đến ${moment}.`,
  roles: "Vai trò",
  account: "Tên đăng nhập",
  accountHint: "Chữ không dấu, số, dấu chấm; ví dụ: an.nguyen",
  password: "Mật khẩu",
  passwordHint: "Ít nhất 12 ký tự. Nên ghép vài từ dễ nhớ với mình.",
  enter: "Vào khu quản trị",
} as const
