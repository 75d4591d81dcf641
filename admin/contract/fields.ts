import { z } from "zod"
import { ROLES } from "../permissions.ts"

/** Longer than anybody types, short enough that hashing it costs nothing. */
const MAX_PASSWORD = 200

export const accountField = z
  .string("Xin ghi tên đăng nhập")
  .trim()
  .toLowerCase()
  .min(2, "Tên đăng nhập cần ít nhất 2 ký tự")
  .max(60, "Tên đăng nhập quá dài")
  .regex(/^[a-z0-9][a-z0-9._@-]*$/, "Tên đăng nhập chỉ gồm chữ không dấu, số và các dấu . _ @ -")

/** A new password: length counts more than rules on kinds of characters (NIST SP 800-63B, 3.1.1). */
export const newPasswordField = z
  .string("Xin ghi mật khẩu")
  .min(12, "Mật khẩu cần ít nhất 12 ký tự; nên ghép vài từ dễ nhớ")
  .max(MAX_PASSWORD, "Mật khẩu quá dài")
  .refine((text) => new Set(text).size >= 5, "Mật khẩu lặp lại quá nhiều, xin chọn mật khẩu khác")

export const passwordField = z.string("Xin ghi mật khẩu").min(1, "Xin ghi mật khẩu").max(MAX_PASSWORD, "Mật khẩu quá dài")

export const personField = z
  .string("Xin ghi họ và tên")
  .normalize("NFC")
  .trim()
  .min(2, "Họ và tên cần ít nhất 2 chữ")
  .max(80, "Họ và tên quá dài")
  .regex(/^[\p{L}\p{M} .'’-]+$/u, "Họ và tên chỉ gồm chữ cái")

export const roleField = z.enum(ROLES, "Không có vai trò này")
export const rolesField = z
  .array(roleField, "Xin chọn vai trò")
  .min(1, "Xin chọn ít nhất một vai trò")
  .transform((roles) => ROLES.filter((role) => roles.includes(role)))

export const tokenField = z.string("Liên kết không đúng").min(1, "Liên kết không đúng").max(100, "Liên kết không đúng")
export const idField = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, "Mã không đúng")
export const idParams = z.object({ id: idField })

export const dayField = z.iso.date("Ngày có dạng 2026-11-21")
export const moment = z.iso.datetime()
