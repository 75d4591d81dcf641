-- AlterTable
ALTER TABLE "KnowledgeVersion" ADD COLUMN "given" JSONB;
