/** OWASP's and RFC 9106's second choice for argon2id: 19 MiB, two passes, one lane; 10 ms on an office PC. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes a password with argon2id. The library is loaded when the first person signs in. */
export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import("@node-rs/argon2")
  return hash(password.normalize("NFC"), COST)
}

let nobody: string | null = null

/** True when the password is the account's; without an account it takes as long, so that nobody can tell accounts by time. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const { verify } = await import("@node-rs/argon2")
  nobody ??= await hashPassword("nobody has this account")
  const right = await verify(hash ?? nobody, password.normalize("NFC"))
  return right && hash !== null
}
