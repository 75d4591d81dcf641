-- CreateTable
CREATE TABLE "SourceFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sha256" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "kind" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "note" TEXT,
    "pagesDone" INTEGER NOT NULL,
    "pagesTotal" INTEGER,
    "attempts" INTEGER NOT NULL,
    "leaseOwner" TEXT,
    "leaseUntil" DATETIME,
    "addedBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    "publishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "SourceReading" (
    "fileId" TEXT NOT NULL PRIMARY KEY,
    "body" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "SourceReading_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "SourceFile" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "SourceFile_sha256_key" ON "SourceFile"("sha256");

-- CreateIndex
CREATE INDEX "SourceFile_state_createdAt_idx" ON "SourceFile"("state", "createdAt");
