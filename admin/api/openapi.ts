import { OpenApiGeneratorV31, OpenAPIRegistry } from "@asteasolutions/zod-to-openapi"
import { errorBody, type Contract } from "../contract/route.ts"
import { API, COOKIE } from "./api.ts"
import { STAFF_HEADER } from "./origin.ts"

/** The staff's API as OpenAPI 3.1, made from the contracts that the server checks by. */
export function describeApi(contracts: readonly Contract[]): object {
  const registry = new OpenAPIRegistry()
  registry.registerComponent("securitySchemes", "session", { type: "apiKey", in: "cookie", name: COOKIE })
  for (const contract of contracts) registry.registerPath(pathOf(contract))
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Trợ lý Xã – khu quản trị",
      version: "1",
      description: `Every change carries the header ${STAFF_HEADER}: 1. x-access names the permission that a route asks for.`,
    },
  })
}

type Path = Parameters<OpenAPIRegistry["registerPath"]>[0]

const FILE = { content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } } } as const

function pathOf({ method, path, access, summary, params, query, body, response, takes, gives }: Contract): Path {
  const json = (schema: typeof response) => ({ content: { "application/json": { schema } } })
  const has = (schema: typeof params) => Object.keys(schema.shape).length > 0
  return {
    method,
    path: API + path.replaceAll(/:(\w+)/g, "{$1}"),
    summary,
    "x-access": access,
    security: access === "public" ? [] : [{ session: [] }],
    request: {
      ...(has(params) ? { params } : {}),
      ...(has(query) ? { query } : {}),
      ...(takes === "file" ? { body: FILE } : has(body) ? { body: json(body) } : {}),
    },
    responses: {
      200: { description: "OK", ...(gives === "file" ? FILE : json(response)) },
      default: { description: "Refused, with a message for the person", ...json(errorBody) },
    },
  }
}
