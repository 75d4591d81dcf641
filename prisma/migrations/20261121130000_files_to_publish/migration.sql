-- AlterTable
ALTER TABLE "SourceFile" ADD COLUMN "toPublishSince" DATETIME;

-- What was confirmed and is not told yet waits for whoever publishes.
UPDATE "SourceFile" SET "toPublishSince" = (SELECT "createdAt" FROM "SourceReading" WHERE "fileId" = "SourceFile"."id")
WHERE "publishedAt" IS NULL
  AND EXISTS (SELECT 1 FROM "SourceReading" WHERE "fileId" = "SourceFile"."id" AND json_extract("body", '$.review.confirmed'));
