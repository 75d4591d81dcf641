// Decodes pictures from outside: a broken one can bring down the decoder, and then it brings down only this process.
import { readFile } from "node:fs/promises"
import { createCanvas, loadImage } from "@napi-rs/canvas"
import type { PictureJob, PictureReply } from "./picture.ts"

const QUALITY = 85

async function redraw({ path, maxEdge }: PictureJob): Promise<Buffer | null> {
  const image = await loadImage(await readFile(path)).catch(() => null)
  if (image === null || image.width === 0 || image.height === 0) return null
  const scale = Math.min(1, maxEdge / Math.max(image.width, image.height))
  const width = Math.max(1, Math.round(image.width * scale))
  const height = Math.max(1, Math.round(image.height * scale))
  const canvas = createCanvas(width, height)
  const paper = canvas.getContext("2d")
  // JPEG knows no transparency, and would show it black.
  paper.fillStyle = "white"
  paper.fillRect(0, 0, width, height)
  paper.drawImage(image, 0, 0, width, height)
  return canvas.encode("jpeg", QUALITY)
}

const tell = (reply: PictureReply) => void process.send?.(reply)

process.on(
  "message",
  (job: PictureJob) =>
    void redraw(job).then(
      (jpeg) => tell({ jpeg }),
      () => tell({ jpeg: null }),
    ),
)
// Nobody waits for the result any more.
process.on("disconnect", () => process.exit())
