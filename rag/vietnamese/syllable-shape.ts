const ONSETS = "b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(" ")
const RIMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
   o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc oong op ot
   u ua uan uang uat uau uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uyn uynh uyp uyt uyu
   y yem yen yeng yet yeu`.split(/\s+/),
)
/** c, g and ng are written k, gh and ngh before these. */
const FRONT = /^[eiy]/
const BEFORE_FRONT = new Set(["k", "gh", "ngh"])
const NEVER_BEFORE_FRONT = new Set(["c", "ng"])

/** True when folded letters are built as a Vietnamese syllable is: an onset, if any, and a rime of the language. */
export function isSyllable(folded: string): boolean {
  if (RIMES.has(folded)) return true
  return ONSETS.some((onset) => {
    if (!folded.startsWith(onset)) return false
    const rime = folded.slice(onset.length)
    if (!RIMES.has(rime)) return false
    return FRONT.test(rime) ? !NEVER_BEFORE_FRONT.has(onset) : !BEFORE_FRONT.has(onset) || (onset === "k" && rime.startsWith("u"))
  })
}
