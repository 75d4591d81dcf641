-- AlterTable
ALTER TABLE "KnowledgeRecord" ADD COLUMN "suspended" TEXT;
ALTER TABLE "KnowledgeRecord" ADD COLUMN "ownerId" TEXT;
ALTER TABLE "KnowledgeRecord" ADD COLUMN "reviewBy" TEXT;
