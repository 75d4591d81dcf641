import { TEXTS } from "../texts.ts"
import type { Enclosure } from "../types.ts"

const PATIENCE_MS = 20_000
/** Near enough for a commune; more would tell more of the citizen than is needed. */
const DIGITS = 5

export function canFindPlace(): boolean {
  // Browsers tell the place to no page that came over plain HTTP.
  return window.isSecureContext && "geolocation" in navigator
}

/** Where the citizen is; rejects with words for them. */
export function findPlace(): Promise<Extract<Enclosure, { kind: "location" }>> {
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const place = { latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) }
        resolve({ kind: "location", place, accuracy: Math.round(coords.accuracy) })
      },
      (error) => {
        reject(new Error(error.code === error.PERMISSION_DENIED ? TEXTS.placeRefused : TEXTS.placeFailed))
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    )
  })
}

const rounded = (degrees: number): number => Number(degrees.toFixed(DIGITS))
