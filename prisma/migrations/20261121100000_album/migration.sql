-- AlterTable: written by hand, because adding a column needs no rebuilt table.
ALTER TABLE "MediaFile" ADD COLUMN "albumKey" TEXT;
