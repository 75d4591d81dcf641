/**
 * The shape of a Vietnamese syllable: onset, rime, tone. About nine of ten strings of letters that a scanner makes up do not
 * have it.
 */
const ONSETS = [
  "ngh",
  "ng",
  "nh",
  "gh",
  "gi",
  "kh",
  "ph",
  "th",
  "tr",
  "ch",
  "qu",
  "b",
  "c",
  "d",
  "đ",
  "g",
  "h",
  "k",
  "l",
  "m",
  "n",
  "p",
  "r",
  "s",
  "t",
  "v",
  "x",
  "",
]

const RIMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uyt uynh uyu uyn y yêm yên yêng yêt yêu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu oăp uyp uêu uao êng ăk`
    .split(/\s+/)
    .filter((rime) => rime !== ""),
)

/** After "gi" and "qu" the onset's own vowel may be part of the rime ("gì", "giếng", "quyết"). */
const AFTER_GI = new Set("iêng iêt iêm iên iêc iêp iêu in i ich im inh ip it ic".split(" "))
const AFTER_QU = new Set("y yên yêt yt ych ynh ya yn ê êch ên ênh êt e en eo et ơ a".split(" "))

const TONES: Readonly<Record<string, Tone>> = { "\u0300": "grave", "\u0301": "acute", "\u0309": "hook", "\u0303": "tilde", "\u0323": "dot" }
type Tone = "level" | "grave" | "acute" | "hook" | "tilde" | "dot"
const STOPPED = /(?:c|ch|p|t)$/

const checked = new Map<string, boolean>()
const MAX_CHECKED = 50_000

/** True when a word, in any case, is written as a Vietnamese syllable can be: "hoạch" yes; "hoach", "hién", "dwng" no. */
export function isSyllable(word: string): boolean {
  const key = word.toLowerCase()
  const known = checked.get(key)
  if (known !== undefined) return known
  if (checked.size > MAX_CHECKED) checked.clear()
  const verdict = hasShape(key)
  checked.set(key, verdict)
  return verdict
}

function hasShape(word: string): boolean {
  const { base, tone } = toneOf(word)
  if (base.length > 7 || tone === null) return false
  return ONSETS.some((onset) => base.startsWith(onset) && fits(onset, base.slice(onset.length), tone))
}

function fits(onset: string, rime: string, tone: Tone): boolean {
  const whole =
    onset === "gi" ? RIMES.has(rime) || AFTER_GI.has(`i${rime}`) : onset === "qu" ? RIMES.has(rime) || AFTER_QU.has(rime) : RIMES.has(rime)
  if (!whole && !(onset === "gi" && rime === "")) return false
  // A syllable that ends in a stop is spoken with two tones only.
  return !STOPPED.test(rime) || tone === "acute" || tone === "dot"
}

/** The word without its tone mark, vowel marks kept; `tone` is null when it carries two. */
export function toneOf(word: string): { base: string; tone: Tone | null } {
  let tone: Tone | null = "level"
  let base = ""
  for (const letter of word.normalize("NFD")) {
    const mark = TONES[letter]
    if (mark === undefined) base += letter
    else tone = tone === "level" ? mark : null
  }
  return { base: base.normalize("NFC"), tone }
}

const MARKED = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/iu

/** True when a word carries a Vietnamese mark. */
export const isMarked = (word: string) => MARKED.test(word.normalize("NFC"))

const WORD = /\p{L}[\p{L}\u0300-\u036f]*/gu

/** The words of a text, without figures, codes and abbreviations in capitals. */
export function wordsOf(text: string): string[] {
  return [...text.normalize("NFC").matchAll(WORD)].map((match) => match[0])
}

/** The share of words that are Vietnamese syllables with marks: how a wrong encoding is told from the right one. */
export function vietnameseShare(text: string): number {
  const words = wordsOf(text)
  if (words.length === 0) return 0
  return words.filter((word) => isMarked(word) && isSyllable(word)).length / words.length
}

/** The word in lower case without any Vietnamese mark: "Đăng" → "dang". */
export const unmarked = (word: string) =>
  word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/g, "d")
