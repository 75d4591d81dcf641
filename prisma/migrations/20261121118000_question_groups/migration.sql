-- CreateTable
CREATE TABLE "QuestionGroup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "firstAt" DATETIME NOT NULL,
    "lastAt" DATETIME NOT NULL,
    "recordKind" TEXT,
    "recordKey" TEXT,
    "recordVersion" INTEGER,
    "reason" TEXT NOT NULL,
    "decidedByName" TEXT,
    "decidedAt" DATETIME,
    "recurred" INTEGER NOT NULL,
    "reopened" INTEGER NOT NULL,
    "version" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "GroupedQuestion" (
    "answerId" TEXT NOT NULL PRIMARY KEY,
    "groupId" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "askedAt" DATETIME NOT NULL,
    CONSTRAINT "GroupedQuestion_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "QuestionGroup" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "QuestionGroup_state_lastAt_idx" ON "QuestionGroup"("state", "lastAt");

-- CreateIndex
CREATE INDEX "QuestionGroup_state_count_idx" ON "QuestionGroup"("state", "count");

-- CreateIndex
CREATE INDEX "GroupedQuestion_groupId_askedAt_idx" ON "GroupedQuestion"("groupId", "askedAt");
