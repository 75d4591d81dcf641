import type { ChannelRow } from "../../../contract/channels.ts"
import type { SignInStep } from "../../../contract/channel-sign-ins.ts"
import type { UnsentRow } from "../../../contract/unsent.ts"

const states: Readonly<Record<ChannelRow["state"], string>> = {
  online: "Đang chạy",
  connecting: "Đang kết nối",
  standby: "Máy khác đang phục vụ",
  degraded: "Gặp trục trặc",
  needs_human: "Cần xử lý",
  off: "Đang tắt",
}

/** Why a message did not arrive, by the kind of failure. */
const reasons: Readonly<Record<string, string>> = {
  window_closed: "Đã quá thời gian nền tảng cho phép nhắn; người dân cần nhắn lại trước",
  quota_exhausted: "Đã hết số tin được gửi trên nền tảng",
  recipient_refuses: "Người dân đã chặn hoặc không nhận tin của kênh này",
  auth: "Nền tảng từ chối đăng nhập của kênh; xin xem lại kênh ở thẻ bên cạnh",
  rejected: "Nền tảng không nhận nội dung tin này",
  unreachable: "Không kết nối được nền tảng",
  rate_limited: "Nền tảng hạn chế số tin gửi mỗi phút",
  expired: "Chờ quá lâu nên không gửi nữa",
  unknown: "Mất kết nối giữa chừng, không rõ tin đã đến hay chưa",
}

const named = (name: string) => (name === "" ? "" : ` “${name}”`)

/** What the dialog says at each step of a sign-in. */
const steps: Readonly<Record<SignInStep["state"], (name: string) => string>> = {
  preparing: () => "Đang lấy mã QR từ Zalo…",
  waiting: () => "Mở Zalo trên điện thoại của tài khoản, chọn biểu tượng quét mã QR rồi quét hình dưới đây.",
  scanned: (name) => `Tài khoản${named(name)} đã quét mã. Xin xác nhận đăng nhập trên điện thoại.`,
  confirmed: (name) => `Điện thoại đã đồng ý. Đang đăng nhập tài khoản${named(name)}…`,
  signed_in: (name) => `Đã đăng nhập tài khoản${named(name)}. Đang lưu…`,
  declined: () => "Điện thoại đã từ chối đăng nhập. Không có gì thay đổi.",
  timed_out: () => "Đã hết thời gian mà chưa có ai quét và xác nhận. Không có gì thay đổi.",
  other_account: () => "Mã được quét bằng một tài khoản Zalo khác với kênh này. Không có gì thay đổi.",
  failed: () => "Không đăng nhập được vào Zalo. Xin kiểm tra mạng Internet của máy rồi thử lại.",
}

const unsentStates: Readonly<Record<UnsentRow["state"], string>> = { failed: "Không gửi được", unknown: "Chưa rõ đã đến chưa" }

export const channelTexts = {
  title: "Kênh",
  tabs: { accounts: "Các kênh", unsent: "Tin chưa gửi được" },
  tabsLabel: "Kênh và tin chưa gửi được",
  hint: "Người dân hỏi trợ lý qua các kênh dưới đây. Trang web hỏi đáp luôn chạy và không cần thiết lập ở đây.",
  none: "Chưa có kênh nào. Bấm “Thêm kênh” để nối Telegram hoặc Zalo.",
  list: "Các kênh đã thiết lập",
  states,
  since: (moment: string) => `từ ${moment}`,
  account: "Mã tài khoản",
  fixed: "Khai báo trong tệp .env: chỉ sửa được ở tệp đó, rồi khởi động lại chương trình.",
  remedy: "Việc cần làm",
  webhook: "Địa chỉ webhook",
  webhookHint:
    "Chép địa chỉ này vào trang của nền tảng. Nếu đang mở trang này bằng địa chỉ nội bộ, xin thay phần đầu bằng địa chỉ https công khai của xã.",
  copyWebhook: "Chép địa chỉ",
  copyWebhookOf: (name: string) => `Chép địa chỉ webhook của ${name}`,
  copied: "Đã chép",
  add: "Thêm kênh",
  addTitle: "Thêm kênh",
  chooseKind: "Loại kênh",
  chooseKindHint: "Xin chọn loại kênh",
  name: "Tên kênh",
  nameHint: "Tên để cán bộ phân biệt các kênh; người dân không thấy.",
  create: "Thêm và bật kênh",
  added: "Đã thêm kênh",
  change: "Sửa",
  changeOf: (name: string) => `Sửa ${name}`,
  changeTitle: (name: string) => `Sửa kênh ${name}`,
  changed: "Đã lưu, kênh đang mở lại",
  keepSecret: "Đã có và không hiện lại. Để trống nếu giữ nguyên.",
  on: "Bật",
  onOf: (name: string) => `Bật ${name}`,
  off: "Tắt",
  offOf: (name: string) => `Tắt ${name}`,
  switchedOn: "Đã bật kênh",
  switchedOff: "Đã tắt kênh. Tin đang chờ sẽ được gửi khi bật lại, nếu chưa quá hạn.",
  remove: "Gỡ",
  removeOf: (name: string) => `Gỡ ${name}`,
  removeTitle: "Gỡ kênh này?",
  removeText: (name: string) =>
    `Kênh “${name}” ngừng trả lời ngay. Mã bí mật của kênh bị xóa khỏi máy, tin đang chờ gửi ở kênh này bị hủy. Các cuộc trò chuyện cũ vẫn được giữ.`,
  removed: "Đã gỡ kênh",
  close: "Đóng",
  actionsOf: (name: string) => `Thao tác với ${name}`,

  warning: "Xin đọc trước khi dùng",
  accept: "Tôi đã đọc lưu ý trên và chấp nhận rủi ro tài khoản bị Zalo hạn chế hoặc khóa",
  signIn: {
    again: "Thử lại",
    open: "Đăng nhập lại",
    openOf: (name: string) => `Đăng nhập lại ${name}`,
    title: (name: string) => `Đăng nhập lại ${name}`,
    begin: "Tạo mã QR",
    sameAccount: "Xin chuẩn bị điện thoại đang dùng tài khoản Zalo của kênh này. Quét bằng tài khoản khác sẽ bị từ chối.",
    picture: "Mã QR để đăng nhập Zalo",
    left: (seconds: number) => `Mã tự đổi sau ${seconds} giây.`,
    states: steps,
    done: (name: string) => `Đã đăng nhập tài khoản${named(name)}. Kênh đang được mở.`,
  },

  unsent: {
    hint: "Tin mà nền tảng không nhận, hoặc không rõ đã đến hay chưa. Sau khi xử lý nguyên nhân, có thể gửi lại hoặc bỏ qua từng tin.",
    list: "Danh sách tin chưa gửi được",
    at: "Lúc",
    channel: "Kênh",
    state: "Tình trạng",
    states: unsentStates,
    text: "Nội dung",
    reason: "Lý do",
    reasons,
    detail: (detail: string) => `Nền tảng báo: ${detail}`,
    actions: "Việc cần làm",
    again: "Gửi lại",
    againOf: (text: string) => `Gửi lại tin “${text}”`,
    sentAgain: "Đã xếp hàng gửi lại",
    dismiss: "Bỏ qua",
    dismissOf: (text: string) => `Bỏ qua tin “${text}”`,
    dismissTitle: "Bỏ qua tin này?",
    dismissText: "Tin này sẽ không bao giờ được gửi cho người dân nữa.",
    dismissed: "Đã bỏ qua",
    twiceTitle: "Gửi lại tin này?",
    twiceText: "Không rõ tin này đã đến người dân hay chưa. Nếu gửi lại, người dân có thể nhận hai lần.",
    twice: "Tôi chấp nhận tin có thể đến hai lần",
  },
} as const
