const LONGEST_SIDE = 2048
const QUALITY = 0.85

/**
 * A photo as a JPEG of at most 2048 pixels a side, which also drops where and with what it was taken. What the browser cannot
 * read as a picture (a PDF, the photos of some telephones) stays as it is.
 */
export async function smallerPhoto(file: File): Promise<{ name: string; blob: Blob; kind: "image" | "file" }> {
  if (!file.type.startsWith("image/")) return { name: file.name, blob: file, kind: "file" }
  const blob = await redraw(file).catch(() => null)
  if (blob === null) return { name: file.name, blob: file, kind: "image" }
  return { name: `${file.name.replace(/\.[^.]*$/, "") || "anh"}.jpg`, blob, kind: "image" }
}

async function redraw(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file)
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext("2d")
  if (pen === null) return null
  // JPEG knows no transparency: without this a transparent scan would be black.
  pen.fillStyle = "#ffffff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return await new Promise((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", QUALITY)
  })
}
