-- CreateTable
CREATE TABLE "StaffTopic" (
    "conversationId" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "topicId" TEXT,
    "open" BOOLEAN NOT NULL,
    "toldTo" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "StaffTopic_groupId_topicId_idx" ON "StaffTopic"("groupId", "topicId");

-- CreateIndex
CREATE INDEX "StaffTopic_accountId_open_idx" ON "StaffTopic"("accountId", "open");
