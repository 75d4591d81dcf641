-- AlterTable
ALTER TABLE "Message" ADD COLUMN "quoted" TEXT;
