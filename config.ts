import { existsSync } from "node:fs"
import path from "node:path"
import { z } from "zod"
import { InvalidInputError } from "./errors.ts"
import { DEFAULT_LIMITS } from "./knowledge/reading/limits.ts"

const MB = 1024 * 1024

const empty = (value: unknown) => (value === "" ? undefined : value)
const isOrigin = (text: string) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(empty, schema.optional())

const number = (fallback: number, { min, max }: { min: number; max: number }) =>
  z.preprocess(empty, z.coerce.number().int().min(min).max(max).default(fallback))

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
  BACKUP_NIGHTLY: z
    .preprocess(empty, z.enum(["on", "off"]).default("on"))
    .describe("Tự sao lưu vào DATA_DIR/backups lúc 2 giờ sáng: on hoặc off"),
  BACKUP_KEEP_DAYS: number(14, { min: 1, max: 3650 }).describe("Số ngày giữ các bản tự sao lưu"),
  MEDIA_KEEP_DAYS: number(180, { min: 1, max: 3650 }).describe(
    "Số ngày giữ ảnh, tệp người dân gửi; nếu thông báo bảo vệ dữ liệu của xã hứa ngắn hơn thì theo thông báo",
  ),
  MEDIA_MAX_MB: number(20, { min: 1, max: 100 }).describe(
    "Ảnh, tệp người dân gửi lớn nhất, tính bằng MB; nền tảng có thể đặt mức thấp hơn",
  ),
  MEDIA_MAX_MEGAPIXELS: number(40, { min: 1, max: 200 }).describe("Ảnh lớn nhất được vẽ lại để xem, tính bằng triệu điểm ảnh"),
  MEDIA_FETCH_SECONDS: number(60, { min: 5, max: 600 }).describe("Thời gian lâu nhất để tải một ảnh, tệp từ nền tảng, tính bằng giây"),
  INGEST_MAX_MB: number(100, { min: 1, max: 2000 }).describe("Tệp văn bản đưa vào lớn nhất, tính bằng MB"),
  INGEST_MAX_PAGES: number(500, { min: 1, max: 10_000 }).describe("Số trang nhiều nhất của một văn bản đưa vào"),
  INGEST_MEMORY_MB: number(1024, { min: 256, max: 16_384 }).describe("Bộ nhớ nhiều nhất của tiến trình đọc tệp, tính bằng MB"),
  INGEST_PAGE_SECONDS: number(120, { min: 5, max: 3600 }).describe("Thời gian lâu nhất để đọc một trang, tính bằng giây"),
  OCR_DPI: number(200, { min: 100, max: 400 }).describe("Độ phân giải khi nhận dạng chữ của bản quét (200–300)"),
  TESSERACT_PATH: z
    .preprocess(empty, z.string().default("tesseract"))
    .describe("Chương trình nhận dạng chữ Tesseract; trên Windows có thể ghi đường dẫn đầy đủ đến tesseract.exe"),
  ACCOUNT_QUESTIONS_PER_MINUTE: number(30_000, { min: 1, max: 10_000_000 }).describe(
    "Số câu hỏi nhiều nhất mỗi phút được trả lời trên một kênh; nhiều hơn thì vẫn lưu, người mới được mời nhắn lại sau",
  ),
  TELEGRAM_BOT_TOKEN: optional(z.string().regex(/^\d+:[\w-]+$/, "mã bot có dạng 123456:ABC…")).describe(
    "Mã bot Telegram; bỏ trống thì tắt kênh Telegram",
  ),
  TELEGRAM_API_ROOT: optional(z.url()).describe("Máy chủ Bot API riêng, nếu không dùng api.telegram.org"),
  WIDGET_ORIGINS: optional(
    z
      .string()
      .transform((list) => list.split(",").map((origin) => origin.trim().replace(/\/$/, "")))
      .pipe(z.array(z.string().refine(isOrigin, "mỗi địa chỉ có dạng https://tenmien.vn, không kèm đường dẫn"))),
  ).describe("Trang web khác được nhúng khung trò chuyện, cách nhau bằng dấu phẩy: https://xa.example.vn; bỏ trống thì chỉ trang này"),
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
    widgetOrigins: e.WIDGET_ORIGINS ?? [],
    backup: { nightly: e.BACKUP_NIGHTLY === "on", keepDays: e.BACKUP_KEEP_DAYS },
    media: {
      keepDays: e.MEDIA_KEEP_DAYS,
      limits: { maxBytes: e.MEDIA_MAX_MB * MB, maxPixels: e.MEDIA_MAX_MEGAPIXELS * 1_000_000, deadlineMs: e.MEDIA_FETCH_SECONDS * 1000 },
    },
    perAccountMinute: e.ACCOUNT_QUESTIONS_PER_MINUTE,
    telegram: e.TELEGRAM_BOT_TOKEN ? { token: e.TELEGRAM_BOT_TOKEN, apiRoot: e.TELEGRAM_API_ROOT ?? null } : null,
    reading: {
      limits: {
        ...DEFAULT_LIMITS,
        maxBytes: e.INGEST_MAX_MB * MB,
        maxPages: e.INGEST_MAX_PAGES,
        maxMemoryBytes: e.INGEST_MEMORY_MB * MB,
        pageMs: e.INGEST_PAGE_SECONDS * 1000,
        dpi: e.OCR_DPI,
      },
      tesseract: e.TESSERACT_PATH,
      environment: { ...passedOn(), OMP_THREAD_LIMIT: "1" },
    },
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

/** What a process that opens files from outside gets to know: where programs, language data and temporary files are. */
const PASSED_ON = ["PATH", "Path", "TESSDATA_PREFIX", "SystemRoot", "TEMP", "TMP", "TMPDIR", "HOME", "USERPROFILE", "LD_LIBRARY_PATH"]

function passedOn(): Record<string, string> {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
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
