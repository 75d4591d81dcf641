-- AlterTable
ALTER TABLE "PublicationCheck" ADD COLUMN "fileId" TEXT;
ALTER TABLE "PublicationCheck" ADD COLUMN "fileVersion" TEXT;
