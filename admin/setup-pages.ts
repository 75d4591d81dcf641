import { html, type Html } from "./html.ts"

/** Words and layout of the set-up pages. */
const page = (title: string, body: Html) =>
  html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Trợ lý Xã</title>
        <link rel="stylesheet" href="/quan-tri/style.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`.markup

export const STYLE = `
:root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif }
body { margin: 0; padding: 1rem }
main { max-width: 36rem; margin: 0 auto }
h1 { font-size: 1.5rem }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600 }
input, select, button { font: inherit; padding: .6rem; width: 100%; box-sizing: border-box; min-height: 48px }
button { margin-top: 1.5rem; background: #0b5394; color: #fff; border: 0; border-radius: 8px; font-weight: 600 }
:focus-visible { outline: 3px solid #e69138; outline-offset: 2px }
.error { border-left: 4px solid #b3261e; padding-left: .75rem }
`

export interface SetupForm {
  readonly token: string
  readonly kind: string
  readonly name: string
  readonly province: string
  readonly error: string | null
}

const KINDS = ["xã", "phường", "đặc khu"]

export const setupForm = ({ token, kind, name, province, error }: SetupForm): string =>
  page(
    "Thiết lập lần đầu",
    html`${error ? html`<p class="error" role="alert">${error}</p>` : html`<p>Xin cho biết trợ lý này phục vụ đơn vị nào. Liên kết này chỉ dùng được một lần.</p>`}
      <form method="post" action="/quan-tri/thiet-lap">
        <input type="hidden" name="ma" value="${token}" />
        <label for="kind">Loại đơn vị</label>
        <select id="kind" name="kind">
          ${KINDS.map((k) => (k === kind ? html`<option selected>${k}</option>` : html`<option>${k}</option>`))}
        </select>
        <label for="name">Tên đơn vị (ví dụ: An Hưng)</label>
        <input id="name" name="name" required minlength="2" maxlength="60" autocomplete="off" value="${name}" />
        <label for="province">Tỉnh, thành phố (ví dụ: Hải Phòng)</label>
        <input id="province" name="province" required minlength="2" maxlength="60" autocomplete="off" value="${province}" />
        <button>Lưu</button>
      </form>`,
  )

export const setupDone = (commune: string): string =>
  page(
    "Đã thiết lập xong",
    html`<p>
        Trợ lý phục vụ <strong>${commune}</strong>. Dữ liệu đang dùng vẫn là dữ liệu minh họa cho đến khi đơn vị nhập dữ liệu của mình bằng
        lệnh <code>npm run import -- TỆP…</code>
      </p>
      <p><a href="/">Mở trang hỏi đáp</a></p>`,
  )

export const linkUsed = (): string =>
  page(
    "Liên kết không còn dùng được",
    html`<p>
      Liên kết thiết lập đã dùng rồi hoặc đã được thay bằng liên kết mới. Nếu chưa thiết lập xong, xin khởi động lại chương trình: liên kết
      mới sẽ hiện ở cửa sổ khởi động.
    </p>`,
  )

export const staffHome = (commune: string | null): string =>
  page(
    "Khu quản trị",
    commune
      ? html`<p>Trợ lý phục vụ <strong>${commune}</strong>.</p>
          <p><a href="/">Mở trang hỏi đáp</a></p>`
      : html`<p>Đơn vị chưa được thiết lập. Xin mở liên kết thiết lập dùng một lần đã hiện ở cửa sổ khởi động chương trình.</p>`,
  )
