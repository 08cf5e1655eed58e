import type { CatalogueExercise } from '@kubedrill/submissions';
import type { ApiConfig } from './config.ts';

/** What the terminal shows once the server listens: where it is, and a submission to copy and paste. */
export function greeting(config: ApiConfig, listeningAt: string, exercises: readonly CatalogueExercise[]): string {
  const url = (config.publicUrl ?? listeningAt.replace(/\[::\]|0\.0\.0\.0|127\.0\.0\.1|\[::1\]/, 'localhost')).replace(
    /\/$/,
    '',
  );
  const mode = config.redisUrl === undefined ? 'grading in this process' : 'grading by workers over Redis';
  const lines = [
    '',
    `Kubedrill is ready at ${url} (${exercises.length} exercises, ${mode}).`,
    `API documentation: ${url}/api/docs`,
  ];
  const example =
    exercises.find(({ id }) => id === exampleExercise) ?? exercises.find(({ accepts }) => accepts === 'files');
  const variant = example?.variants[0];
  if (example && variant)
    lines.push('', 'A first submission, to copy and paste:', '', ...firstSubmission(url, example.id, variant.id));
  return `${lines.join('\n')}\n\n`;
}

const exampleExercise = 'two-tier';

function firstSubmission(url: string, exercise: string, variant: string): readonly string[] {
  return [
    `  api=${url}/api/v1; json='content-type: application/json'`,
    `  curl -s -c kubedrill.cookies -H "$json" $api/auth/register -d '{"email":"ada@example.org","name":"ada","password":"correct horse battery"}'`,
    `  printf 'apiVersion: v1\\nkind: Service\\nmetadata: {name: api}\\nspec: {selector: {app: api}, ports: [{port: 80}]}\\n' > api.yaml`,
    `  id=$(curl -s -b kubedrill.cookies $api/submissions -F exercise=${exercise} -F variant=${variant} -F files=@api.yaml | sed 's/.*"id":"\\([^"]*\\)".*/\\1/')`,
    `  sleep 1; curl -s -b kubedrill.cookies $api/submissions/$id`,
  ];
}
