-- CreateTable
CREATE TABLE "KnowledgeDraft" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "baseVersion" INTEGER,
    "body" JSONB NOT NULL,
    "withdraws" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "changedBy" TEXT NOT NULL,
    "changedByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "KnowledgeDraft_state_updatedAt_idx" ON "KnowledgeDraft"("state", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeDraft_kind_key_key" ON "KnowledgeDraft"("kind", "key");
