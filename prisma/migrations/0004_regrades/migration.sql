-- AlterTable
ALTER TABLE "gradings" ADD COLUMN "hint_cost" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "gradings" ADD COLUMN "regrade_id" TEXT;
ALTER TABLE "gradings" ADD COLUMN "signature" TEXT;
ALTER TABLE "gradings" ADD COLUMN "version_digest" TEXT;

-- CreateTable
CREATE TABLE "regrades" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "exercise_id" TEXT NOT NULL,
    "from_digest" TEXT,
    "to_digest" TEXT,
    "user_id" TEXT,
    "created_at" DATETIME NOT NULL,
    "changed_at" DATETIME NOT NULL,
    "status" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "open_exercise_id" TEXT,
    CONSTRAINT "regrades_exercise_id_fkey" FOREIGN KEY ("exercise_id") REFERENCES "exercises" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "regrades_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "regrade_items" (
    "regrade_id" TEXT NOT NULL,
    "submission_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "before_verdict" TEXT NOT NULL,
    "before_score" REAL NOT NULL,
    "before_points" INTEGER NOT NULL,
    "after_verdict" TEXT,
    "after_score" REAL,
    "after_points" INTEGER,
    "result" TEXT,
    "receipt" TEXT,
    "fault" TEXT,
    "applied" BOOLEAN NOT NULL DEFAULT false,
    "previous" TEXT,

    PRIMARY KEY ("regrade_id", "submission_id"),
    CONSTRAINT "regrade_items_regrade_id_fkey" FOREIGN KEY ("regrade_id") REFERENCES "regrades" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "regrade_items_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "regrades_open_exercise_id_key" ON "regrades"("open_exercise_id");

-- CreateIndex
CREATE INDEX "regrades_exercise_id_created_at_id_idx" ON "regrades"("exercise_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "regrade_items_regrade_id_applied_user_id_idx" ON "regrade_items"("regrade_id", "applied", "user_id");

-- CreateIndex
CREATE INDEX "regrade_items_submission_id_idx" ON "regrade_items"("submission_id");

-- CreateIndex
CREATE INDEX "submissions_exercise_id_id_idx" ON "submissions"("exercise_id", "id");
