import { createApi } from "./api.ts"
import { createChat } from "./chat.ts"
import { loadInfo } from "./info.ts"
import { createStorage } from "./storage.ts"
import { createConnect } from "./stream.ts"
import { openDetailsForPrint } from "./surroundings.ts"
import { TEXTS } from "./texts.ts"
import { buildSkipLink } from "./view.ts"

const api = createApi("")
const chat = createChat({
  api,
  storage: createStorage(() => window.localStorage),
  connect: createConnect(""),
  target: document.documentElement,
})

document.querySelector("#app")?.replaceWith(buildSkipLink(chat.focus), chat.view.root)
openDetailsForPrint()
chat.start()
void loadInfo(api).then((info) => {
  document.title = TEXTS.title(info.commune)
  chat.learn(info)
})
