-- CreateTable
CREATE TABLE "KnowledgeRecord" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "demo" BOOLEAN NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "KnowledgeVersion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "recordId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "importedFrom" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "KnowledgeVersion_recordId_fkey" FOREIGN KEY ("recordId") REFERENCES "KnowledgeRecord" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "KnowledgeRelease" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "digest" TEXT NOT NULL,
    "recordCount" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" JSONB NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Conversation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "peerId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "context" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "InboxEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "error" TEXT,
    "sentAt" DATETIME NOT NULL,
    "receivedAt" DATETIME NOT NULL,
    "handledAt" DATETIME,
    CONSTRAINT "InboxEvent_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "conversationId" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "answerId" TEXT,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Message_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Answer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "conversationId" TEXT,
    "inboxEventId" TEXT,
    "question" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "trace" JSONB NOT NULL,
    "knowledgeVersion" INTEGER NOT NULL,
    "ms" REAL NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Answer_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AnswerFeedback" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "answerId" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "AnswerFeedback_answerId_fkey" FOREIGN KEY ("answerId") REFERENCES "Answer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OutboxMessage" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "idempotencyKey" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "peerId" TEXT NOT NULL,
    "conversationId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "partsSent" INTEGER NOT NULL,
    "notBefore" DATETIME NOT NULL,
    "failure" TEXT,
    "createdAt" DATETIME NOT NULL,
    "sentAt" DATETIME
);

-- CreateTable
CREATE TABLE "EvidenceEntry" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" DATETIME NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "KnowledgeRecord_status_kind_idx" ON "KnowledgeRecord"("status", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeRecord_kind_key_key" ON "KnowledgeRecord"("kind", "key");

-- CreateIndex
CREATE UNIQUE INDEX "KnowledgeVersion_recordId_version_key" ON "KnowledgeVersion"("recordId", "version");

-- CreateIndex
CREATE UNIQUE INDEX "Conversation_accountId_peerId_key" ON "Conversation"("accountId", "peerId");

-- CreateIndex
CREATE INDEX "InboxEvent_state_receivedAt_idx" ON "InboxEvent"("state", "receivedAt");

-- CreateIndex
CREATE UNIQUE INDEX "InboxEvent_accountId_dedupeKey_key" ON "InboxEvent"("accountId", "dedupeKey");

-- CreateIndex
CREATE INDEX "Message_conversationId_createdAt_idx" ON "Message"("conversationId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Answer_inboxEventId_key" ON "Answer"("inboxEventId");

-- CreateIndex
CREATE INDEX "Answer_status_createdAt_idx" ON "Answer"("status", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "AnswerFeedback_answerId_key" ON "AnswerFeedback"("answerId");

-- CreateIndex
CREATE UNIQUE INDEX "OutboxMessage_idempotencyKey_key" ON "OutboxMessage"("idempotencyKey");

-- CreateIndex
CREATE INDEX "OutboxMessage_state_notBefore_idx" ON "OutboxMessage"("state", "notBefore");

-- CreateIndex
CREATE INDEX "OutboxMessage_conversationId_createdAt_idx" ON "OutboxMessage"("conversationId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "EvidenceEntry_previousHash_key" ON "EvidenceEntry"("previousHash");

-- CreateIndex
CREATE UNIQUE INDEX "EvidenceEntry_hash_key" ON "EvidenceEntry"("hash");

-- CreateIndex
CREATE INDEX "EvidenceEntry_kind_at_idx" ON "EvidenceEntry"("kind", "at");

-- Written by hand. Evidence and the wordings of knowledge are only ever added to: SQLite itself refuses the rest.
-- Rebuilding one of these tables (as Prisma does to change a column) drops its triggers: the migration that does so must
-- end with creating them again.
CREATE TRIGGER "EvidenceEntry_no_update" BEFORE UPDATE ON "EvidenceEntry"
BEGIN
    SELECT RAISE(ABORT, 'Nhật ký minh chứng chỉ được ghi thêm, không được sửa.');
END;

CREATE TRIGGER "EvidenceEntry_no_delete" BEFORE DELETE ON "EvidenceEntry"
BEGIN
    SELECT RAISE(ABORT, 'Nhật ký minh chứng chỉ được ghi thêm, không được xóa.');
END;

CREATE TRIGGER "KnowledgeVersion_no_update" BEFORE UPDATE ON "KnowledgeVersion"
BEGIN
    SELECT RAISE(ABORT, 'Phiên bản tri thức đã lưu thì không được sửa.');
END;

CREATE TRIGGER "KnowledgeVersion_no_delete" BEFORE DELETE ON "KnowledgeVersion"
BEGIN
    SELECT RAISE(ABORT, 'Phiên bản tri thức đã lưu thì không được xóa.');
END;
