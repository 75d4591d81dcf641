import { randomInt } from "node:crypto"
import type { Transaction } from "../../prisma/database.ts"
import { hashToken } from "./tokens.ts"

const RECOVERY_CODES = 10
/** Without letters and figures that look alike. */
const ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
const HALF = 5
const ISSUER = "Trợ lý Xã"
/** A telephone's clock may be this wrong, in seconds. */
const TOLERANCE = 30

/** A new secret and the QR picture (SVG, as a data: address) that authenticator apps read. */
export async function newSecondStep(account: string): Promise<{ secret: string; qr: string }> {
  const [{ generateSecret, generateURI }, { default: qrcode }] = await Promise.all([import("otplib"), import("qrcode")])
  const secret = generateSecret()
  const svg = await qrcode.toString(generateURI({ issuer: ISSUER, label: account, secret }), { type: "svg", margin: 2 })
  return { secret, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}` }
}

/** The time step that a code belongs to; null when it is wrong or not newer than `after`, the last one used. */
export async function timeStepOf(
  secret: string,
  code: string,
  { now, after }: { now: Date; after: number | null },
): Promise<number | null> {
  if (!/^\d{6}$/.test(code)) return null
  const { verify } = await import("otplib")
  const epoch = Math.floor(now.getTime() / 1000)
  const result = await verify({
    secret,
    token: code,
    epoch,
    epochTolerance: TOLERANCE,
    ...(after === null ? {} : { afterTimeStep: after }),
  })
  return result.valid && "timeStep" in result ? result.timeStep : null
}

/** Replaces a person's recovery codes and returns the new ones, which are told only now. */
export async function renewRecoveryCodes(tx: Transaction, staffId: string, newId: () => string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
  await tx.recoveryCode.deleteMany({ where: { staffId } })
  await tx.recoveryCode.createMany({ data: codes.map((code) => ({ id: newId(), staffId, codeHash: hashToken(plain(code)) })) })
  return codes
}

/** Uses a recovery code up; false when it is wrong or was used before. */
export async function useRecoveryCode(tx: Transaction, staffId: string, { code, now }: { code: string; now: Date }): Promise<boolean> {
  const where = { staffId, codeHash: hashToken(plain(code)), usedAt: null }
  return (await tx.recoveryCode.updateMany({ where, data: { usedAt: now } })).count === 1
}

function newRecoveryCode(): string {
  const letters = Array.from({ length: 2 * HALF }, () => ALPHABET[randomInt(ALPHABET.length)]).join("")
  return `${letters.slice(0, HALF)}-${letters.slice(HALF)}`
}

const plain = (code: string) => code.toUpperCase().replaceAll(/[^A-Z0-9]/g, "")
