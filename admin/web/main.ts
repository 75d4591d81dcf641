import "./csp.ts"

// Only now: schemas decide when they are made how they will work, and modules that are imported together are made first.
await import("./app.tsx")
