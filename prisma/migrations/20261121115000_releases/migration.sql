-- AlterTable
ALTER TABLE "KnowledgeRelease" ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'import';
ALTER TABLE "KnowledgeRelease" ADD COLUMN "byName" TEXT;
ALTER TABLE "KnowledgeRelease" ADD COLUMN "reason" TEXT;
ALTER TABLE "KnowledgeRelease" ADD COLUMN "repeats" INTEGER;

-- CreateTable
CREATE TABLE "KnowledgeStay" (
    "recordId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "demo" BOOLEAN NOT NULL,
    "fromRelease" INTEGER NOT NULL,
    "toRelease" INTEGER,

    PRIMARY KEY ("recordId", "fromRelease")
);

-- CreateTable
CREATE TABLE "GoldenQuestion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "question" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "words" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "changedBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "PublicationCheck" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "drafts" JSONB NOT NULL,
    "release" INTEGER NOT NULL,
    "outcomes" JSONB NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "KnowledgeStay_toRelease_idx" ON "KnowledgeStay"("toRelease");

-- CreateIndex
CREATE UNIQUE INDEX "GoldenQuestion_question_key" ON "GoldenQuestion"("question");

-- CreateIndex
CREATE INDEX "GoldenQuestion_kind_key_idx" ON "GoldenQuestion"("kind", "key");

-- CreateIndex
CREATE INDEX "PublicationCheck_createdAt_idx" ON "PublicationCheck"("createdAt");

-- What is told now can be gone back to; which wordings older releases had was not kept.
INSERT INTO "KnowledgeStay" ("recordId", "version", "demo", "fromRelease", "toRelease")
SELECT "id", "version", "demo", (SELECT MAX("number") FROM "KnowledgeRelease"), NULL
FROM "KnowledgeRecord"
WHERE "status" = 'published' AND EXISTS (SELECT 1 FROM "KnowledgeRelease");
