-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_key" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL DEFAULT 'learner',
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "sessions" (
    "token_digest" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "access_tokens" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "token_digest" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "last_used_at" DATETIME,
    CONSTRAINT "access_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "modules" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "served" BOOLEAN NOT NULL DEFAULT true
);

-- CreateTable
CREATE TABLE "sections" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "module_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "served" BOOLEAN NOT NULL DEFAULT true,
    CONSTRAINT "sections_module_id_fkey" FOREIGN KEY ("module_id") REFERENCES "modules" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "exercises" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "module_id" TEXT NOT NULL,
    "section_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "accepts" TEXT NOT NULL,
    "concepts" TEXT NOT NULL,
    "prerequisites" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "served" BOOLEAN NOT NULL DEFAULT true,
    "version_digest" TEXT NOT NULL,
    CONSTRAINT "exercises_module_id_fkey" FOREIGN KEY ("module_id") REFERENCES "modules" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "exercises_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "sections" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "exercise_versions" (
    "digest" TEXT NOT NULL PRIMARY KEY,
    "exercise_id" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "published_at" DATETIME NOT NULL,
    CONSTRAINT "exercise_versions_exercise_id_fkey" FOREIGN KEY ("exercise_id") REFERENCES "exercises" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "variants" (
    "exercise_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "difficulty" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "served" BOOLEAN NOT NULL DEFAULT true,

    PRIMARY KEY ("exercise_id", "id"),
    CONSTRAINT "variants_exercise_id_fkey" FOREIGN KEY ("exercise_id") REFERENCES "exercises" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "instances" (
    "user_id" TEXT NOT NULL,
    "exercise_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "seed" BIGINT NOT NULL,
    "created_at" DATETIME NOT NULL,

    PRIMARY KEY ("user_id", "exercise_id", "variant_id"),
    CONSTRAINT "instances_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "instances_exercise_id_variant_id_fkey" FOREIGN KEY ("exercise_id", "variant_id") REFERENCES "variants" ("exercise_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "submissions" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "exercise_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "version_digest" TEXT NOT NULL,
    "seed" BIGINT NOT NULL,
    "content" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "status" TEXT NOT NULL,
    "created_at" DATETIME NOT NULL,
    "changed_at" DATETIME NOT NULL,
    "fault" TEXT,
    CONSTRAINT "submissions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "submissions_exercise_id_fkey" FOREIGN KEY ("exercise_id") REFERENCES "exercises" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "submissions_version_digest_fkey" FOREIGN KEY ("version_digest") REFERENCES "exercise_versions" ("digest") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "submissions_user_id_exercise_id_variant_id_fkey" FOREIGN KEY ("user_id", "exercise_id", "variant_id") REFERENCES "instances" ("user_id", "exercise_id", "variant_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "gradings" (
    "submission_id" TEXT NOT NULL PRIMARY KEY,
    "graded_at" DATETIME NOT NULL,
    "verdict" TEXT NOT NULL,
    "score" REAL NOT NULL,
    "points" INTEGER NOT NULL,
    "max_points" INTEGER NOT NULL,
    "result" TEXT NOT NULL,
    CONSTRAINT "gradings_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "check_results" (
    "submission_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "check_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "weight" REAL NOT NULL,
    "credit" REAL NOT NULL,

    PRIMARY KEY ("submission_id", "position"),
    CONSTRAINT "check_results_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "gradings" ("submission_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "progress" (
    "user_id" TEXT NOT NULL,
    "exercise_id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "best_score" REAL NOT NULL,
    "points" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "passed_at" DATETIME,
    "last_graded_at" DATETIME NOT NULL,

    PRIMARY KEY ("user_id", "exercise_id", "variant_id"),
    CONSTRAINT "progress_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "progress_user_id_exercise_id_variant_id_fkey" FOREIGN KEY ("user_id", "exercise_id", "variant_id") REFERENCES "instances" ("user_id", "exercise_id", "variant_id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "point_gains" (
    "submission_id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "module_id" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "gained_at" DATETIME NOT NULL,
    CONSTRAINT "point_gains_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "gradings" ("submission_id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "point_gains_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "point_gains_module_id_fkey" FOREIGN KEY ("module_id") REFERENCES "modules" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "standings" (
    "scope" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "last_gain_at" DATETIME NOT NULL,

    PRIMARY KEY ("scope", "period", "user_id"),
    CONSTRAINT "standings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_name_key_key" ON "users"("name_key");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "access_tokens_token_digest_key" ON "access_tokens"("token_digest");

-- CreateIndex
CREATE INDEX "access_tokens_user_id_created_at_idx" ON "access_tokens"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "sections_module_id_position_idx" ON "sections"("module_id", "position");

-- CreateIndex
CREATE INDEX "exercises_section_id_position_idx" ON "exercises"("section_id", "position");

-- CreateIndex
CREATE INDEX "exercise_versions_exercise_id_published_at_idx" ON "exercise_versions"("exercise_id", "published_at");

-- CreateIndex
CREATE INDEX "submissions_user_id_created_at_id_idx" ON "submissions"("user_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "submissions_user_id_exercise_id_created_at_id_idx" ON "submissions"("user_id", "exercise_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "submissions_status_created_at_id_idx" ON "submissions"("status", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "submissions_user_id_idempotency_key_key" ON "submissions"("user_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "gradings_graded_at_submission_id_idx" ON "gradings"("graded_at", "submission_id");

-- CreateIndex
CREATE INDEX "point_gains_user_id_gained_at_idx" ON "point_gains"("user_id", "gained_at");

-- CreateIndex
CREATE INDEX "standings_scope_period_points_last_gain_at_user_id_idx" ON "standings"("scope", "period", "points" DESC, "last_gain_at", "user_id");

-- CreateIndex
CREATE INDEX "standings_user_id_idx" ON "standings"("user_id");
