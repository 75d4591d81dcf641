import { existsSync } from "node:fs"
import path from "node:path"
import { z } from "zod"
import { InvalidInputError } from "./errors.ts"

const empty = (value: unknown) => (value === "" ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(empty, schema.optional())

/** Every setting that the environment can make, with the comment that .env.example carries. */
export const environmentSchema = z.object({
  PORT: z.preprocess(empty, z.coerce.number().int().min(0).max(65_535).default(3000)).describe("Cổng của trang hỏi đáp và khu quản trị"),
  HOST: z.preprocess(empty, z.string().default("127.0.0.1")).describe("Địa chỉ lắng nghe; 0.0.0.0 để máy khác trong mạng truy cập được"),
  DATA_DIR: z.preprocess(empty, z.string().default("./data")).describe("Thư mục giữ cơ sở dữ liệu, tệp, chỉ mục, khóa bí mật"),
  TRUST_PROXY: z
    .preprocess(empty, z.coerce.number().int().min(0).max(5).default(0))
    .describe("Số máy chủ trung gian (nginx, Caddy) đứng trước; 0 nếu không có"),
  LOG_LEVEL: z
    .preprocess(empty, z.enum(["silent", "error", "warn", "info", "debug"]).default("warn"))
    .describe("Mức ghi nhật ký kỹ thuật: silent, error, warn, info, debug"),
  TELEGRAM_BOT_TOKEN: optional(z.string().regex(/^\d+:[\w-]+$/, "mã bot có dạng 123456:ABC…")).describe(
    "Mã bot Telegram; bỏ trống thì tắt kênh Telegram",
  ),
  TELEGRAM_API_ROOT: optional(z.url()).describe("Máy chủ Bot API riêng, nếu không dùng api.telegram.org"),
  EMBEDDINGS_BASE_URL: optional(z.url()).describe("Máy chủ véc-tơ tương thích OpenAI; bỏ trống thì dùng bộ có sẵn, chạy ngoại tuyến"),
  EMBEDDINGS_MODEL: optional(z.string().min(1)).describe("Tên mô hình véc-tơ của máy chủ trên"),
  EMBEDDINGS_API_KEY: optional(z.string().min(1)).describe("Khóa của máy chủ véc-tơ, nếu máy chủ đòi"),
  EMBEDDINGS_DIMENSIONS: z
    .preprocess(empty, z.coerce.number().int().min(8).max(4096).default(384))
    .describe("Số chiều véc-tơ của mô hình trên"),
})

export type Config = ReturnType<typeof readConfig>

/** Turns the environment into one nested, typed object. Throws InvalidInputError that lists every problem at once. */
export function readConfig(env: NodeJS.ProcessEnv = environment()) {
  const parsed = environmentSchema.safeParse(env)
  if (!parsed.success) {
    throw new InvalidInputError(
      "Cấu hình chưa đúng",
      parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`),
    )
  }
  const e = parsed.data
  return {
    http: { port: e.PORT, host: e.HOST, trustProxy: e.TRUST_PROXY },
    dataDir: path.resolve(e.DATA_DIR),
    logLevel: e.LOG_LEVEL,
    telegram: e.TELEGRAM_BOT_TOKEN ? { token: e.TELEGRAM_BOT_TOKEN, apiRoot: e.TELEGRAM_API_ROOT ?? null } : null,
    embeddings: e.EMBEDDINGS_BASE_URL
      ? {
          baseUrl: e.EMBEDDINGS_BASE_URL,
          model: required(e.EMBEDDINGS_MODEL, "EMBEDDINGS_MODEL"),
          apiKey: e.EMBEDDINGS_API_KEY ?? "none",
          dimensions: e.EMBEDDINGS_DIMENSIONS,
        }
      : null,
  }
}

function required(value: string | undefined, name: string): string {
  if (!value) throw new InvalidInputError("Cấu hình chưa đúng", [`${name}: cần có khi đặt EMBEDDINGS_BASE_URL`])
  return value
}

/** The process's environment, filled up from a file `.env` in the working folder; what is set outside wins. */
function environment(): NodeJS.ProcessEnv {
  if (existsSync(".env")) process.loadEnvFile(".env")
  return process.env
}
