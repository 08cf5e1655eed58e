-- CreateTable
CREATE TABLE "sandboxes" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "exercise_id" TEXT,
    "variant_id" TEXT,
    "version_digest" TEXT,
    "instance_seed" BIGINT,
    "nodes" INTEGER NOT NULL,
    "proxy_mode" TEXT NOT NULL,
    "seed" BIGINT NOT NULL,
    "speed" INTEGER NOT NULL,
    "started_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL,
    "last_used_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "token_digest" TEXT NOT NULL,
    CONSTRAINT "sandboxes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "sandbox_snapshots" (
    "sandbox_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,

    PRIMARY KEY ("sandbox_id", "name"),
    CONSTRAINT "sandbox_snapshots_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandboxes" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "sandboxes_user_id_created_at_idx" ON "sandboxes"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "sandboxes_expires_at_idx" ON "sandboxes"("expires_at");

