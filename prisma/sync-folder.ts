import { open } from "node:fs/promises"

/** Makes names that were just added to a folder survive a power cut. Windows does this by itself and cannot open a folder. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
