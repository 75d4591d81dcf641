-- AlterTable
ALTER TABLE "Message" ADD COLUMN "editedAt" DATETIME;
ALTER TABLE "Message" ADD COLUMN "externalId" TEXT;
ALTER TABLE "Message" ADD COLUMN "retractedAt" DATETIME;
ALTER TABLE "Message" ADD COLUMN "staffName" TEXT;

-- AlterTable
ALTER TABLE "OutboxMessage" ADD COLUMN "expiresAt" DATETIME;
ALTER TABLE "OutboxMessage" ADD COLUMN "receipt" TEXT;

-- CreateTable
CREATE TABLE "SentPart" (
    "accountId" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "outboxId" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("accountId", "messageId")
);

-- CreateTable
CREATE TABLE "MediaFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "conversationId" TEXT NOT NULL,
    "inboxEventId" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT,
    "source" TEXT,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "attempts" INTEGER NOT NULL,
    "hash" TEXT,
    "mime" TEXT,
    "bytes" INTEGER,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "MediaFile_conversationId_fkey" FOREIGN KEY ("conversationId") REFERENCES "Conversation" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ChannelAccount" (
    "accountId" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "settings" JSONB NOT NULL,
    "secrets" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AccountLease" (
    "accountId" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL
);

-- AlterTable: written by hand, because adding columns needs no rebuilt table.
ALTER TABLE "Conversation" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'bot';
ALTER TABLE "Conversation" ADD COLUMN "stateSince" DATETIME;
ALTER TABLE "Conversation" ADD COLUMN "heldBy" TEXT;
ALTER TABLE "Conversation" ADD COLUMN "heldByName" TEXT;
ALTER TABLE "Conversation" ADD COLUMN "lastCitizenAt" DATETIME;
ALTER TABLE "Conversation" ADD COLUMN "unreachable" TEXT;

-- CreateIndex
CREATE INDEX "Conversation_state_stateSince_idx" ON "Conversation"("state", "stateSince");

-- CreateIndex
CREATE INDEX "SentPart_outboxId_idx" ON "SentPart"("outboxId");

-- CreateIndex
CREATE INDEX "MediaFile_state_createdAt_idx" ON "MediaFile"("state", "createdAt");

-- CreateIndex
CREATE INDEX "MediaFile_conversationId_createdAt_idx" ON "MediaFile"("conversationId", "createdAt");

-- CreateIndex
CREATE INDEX "MediaFile_inboxEventId_idx" ON "MediaFile"("inboxEventId");

-- CreateIndex
CREATE INDEX "Message_conversationId_externalId_idx" ON "Message"("conversationId", "externalId");
