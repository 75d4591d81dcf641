-- CreateTable
CREATE TABLE "PeerPhone" (
    "accountId" TEXT NOT NULL,
    "peerId" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "givenAt" DATETIME NOT NULL,

    PRIMARY KEY ("accountId", "peerId")
);
