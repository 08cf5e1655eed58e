-- AlterTable
ALTER TABLE "exercises" ADD COLUMN "archived_at" DATETIME;
ALTER TABLE "exercises" ADD COLUMN "folder_digest" TEXT;
ALTER TABLE "exercises" ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'folder';

-- What is served now came from the folder.
UPDATE "exercises" SET "folder_digest" = "version_digest" WHERE "served" = 1;

-- CreateTable
CREATE TABLE "exercise_sources" (
    "version_digest" TEXT NOT NULL PRIMARY KEY,
    "files" TEXT NOT NULL,
    "recorded_at" DATETIME NOT NULL,
    CONSTRAINT "exercise_sources_version_digest_fkey" FOREIGN KEY ("version_digest") REFERENCES "exercise_versions" ("digest") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "publications" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "exercise_id" TEXT NOT NULL,
    "version_digest" TEXT NOT NULL,
    "published_at" DATETIME NOT NULL,
    "user_id" TEXT,
    CONSTRAINT "publications_version_digest_fkey" FOREIGN KEY ("version_digest") REFERENCES "exercise_versions" ("digest") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "publications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "publications_exercise_id_published_at_idx" ON "publications"("exercise_id", "published_at");
