import { DatabaseSync } from 'node:sqlite';

export type StoredAnswers = 'distinct' | 'identical';

const perLearner = 100;

interface Row {
  readonly exercise_id: string;
  readonly variant_id: string;
  readonly version_digest: string;
  readonly content: string;
  readonly result: string;
}

/**
 * Makes many graded submissions of the one that is stored, 100 for each learner, all of which had fewer points: so that every
 * result changes. Straight into the tables: it is the regrade that is measured.
 */
export function storeSubmissions(file: string, count: number, answers: StoredAnswers): void {
  const database = new DatabaseSync(file);
  try {
    const row = database
      .prepare(
        `SELECT s.exercise_id, s.variant_id, s.version_digest, s.content, g.result
         FROM submissions s JOIN gradings g ON g.submission_id = s.id LIMIT 1`,
      )
      .get() as unknown as Row;
    database.exec('BEGIN IMMEDIATE');
    for (let learner = 0; learner * perLearner < count; learner += 1) {
      storeLearner(database, row, learner, Math.min(perLearner, count - learner * perLearner), answers);
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

function storeLearner(database: DatabaseSync, row: Row, learner: number, count: number, answers: StoredAnswers): void {
  const at = (milliseconds: number): string =>
    new Date(Date.UTC(2026, 0, 1) + milliseconds).toISOString().replace('Z', '+00:00');
  const user = idOf(learner, 0);
  const { exercise_id: exercise, variant_id: variant, version_digest: version } = row;
  const run = (sql: string, ...values: readonly (string | number)[]): void => {
    database.prepare(sql).run(...values);
  };
  run('INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?)', user, `${user}@example.org`, user, user, 'x', 'learner', at(0));
  run('INSERT INTO instances VALUES (?, ?, ?, ?, ?)', user, exercise, variant, learner, at(0));
  for (let attempt = 1; attempt <= count; attempt += 1) {
    const id = idOf(learner, attempt);
    const [content, answer] = answers === 'distinct' ? [commented(row.content, id), id] : [row.content, user];
    run(
      `INSERT INTO submissions (id, user_id, exercise_id, variant_id, version_digest, seed, content, status, created_at, changed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'graded', ?, ?)`,
      ...[id, user, exercise, variant, version, learner, content, at(attempt), at(attempt)],
    );
    run(
      `INSERT INTO gradings (submission_id, graded_at, verdict, score, points, max_points, result)
       VALUES (?, ?, 'partial', 0.5, 50, 100, ?)`,
      ...[id, at(attempt), earlierResult(row.result, learner, answer)],
    );
  }
}

/** As UUIDs are written. */
const idOf = (learner: number, attempt: number): string =>
  `00000000-0000-7000-8000-${String(learner).padStart(6, '0')}${String(attempt).padStart(6, '0')}`;

/** The same manifests with a comment of its own. */
function commented(content: string, comment: string): string {
  const { files, ...rest } = JSON.parse(content) as { files: { path: string; content: string }[] };
  return JSON.stringify({
    ...rest,
    files: files.map((file) => ({ ...file, content: `# ${comment}\n${file.content}` })),
  });
}

/** What an earlier version might have said. */
function earlierResult(text: string, seed: number, submission: string): string {
  const result = JSON.parse(text) as { readonly receipt: object };
  const receipt = { ...result.receipt, seed, submission, result: 'earlier' };
  return JSON.stringify({ ...result, verdict: 'partial', score: 0.5, points: 50, receipt });
}
