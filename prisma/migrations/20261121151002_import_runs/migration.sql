-- CreateTable
CREATE TABLE "ImportRun" (
    "fileId" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "drafted" INTEGER NOT NULL,
    "left" INTEGER NOT NULL,
    "byName" TEXT NOT NULL,
    "startedAt" DATETIME NOT NULL
);
