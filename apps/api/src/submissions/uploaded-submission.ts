import { type CreateSubmission, createSubmission, submissionBounds } from '@kubedrill/contracts';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../http/problem-error.ts';

const yamlTypes: ReadonlySet<string> = new Set(['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml']);

/** Whether a Content-Type means YAML itself instead of JSON around it. */
export function isYaml(contentType: string | undefined): boolean {
  return yamlTypes.has((contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '');
}

/** The body of POST /submissions in its three forms: JSON, YAML (exercise and variant in the query), or a multipart upload. */
export async function readSubmissionRequest(request: FastifyRequest): Promise<CreateSubmission> {
  if (request.isMultipart()) return checked(await readUpload(request));
  if (isYaml(request.headers['content-type'])) {
    const { exercise, variant } = request.query as Record<string, unknown>;
    return checked({ exercise, variant, files: [{ path: 'manifest.yaml', content: request.body }] });
  }
  return checked(request.body);
}

const uploadFields: ReadonlySet<string> = new Set(['exercise', 'variant', 'commands']);

async function readUpload(request: FastifyRequest): Promise<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  const files: { path: string; content: string }[] = [];
  for await (const part of request.parts({
    limits: { files: submissionBounds.files, fileSize: submissionBounds.contentLength, fields: 10 },
  })) {
    if (part.type === 'file')
      files.push({ path: part.filename, content: textOf(await part.toBuffer(), part.filename) });
    else if (uploadFields.has(part.fieldname)) fields[part.fieldname] = part.value;
  }
  return files.length === 0 && fields['commands'] !== undefined ? fields : { ...fields, files };
}

/** Manifests are text; bytes that are no UTF-8 would reach the grader as something the learner never wrote. */
function textOf(bytes: Buffer, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ProblemError(
      'invalid-request',
      `${name} is not text: its bytes are not UTF-8. Save it as UTF-8 and send it again.`,
    );
  }
}

function checked(body: unknown): CreateSubmission {
  const parsed = createSubmission.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({
    pointer: path
      .map((key) => `/${String(key)}`)
      .join('')
      .slice(0, 500),
    detail: message.slice(0, 1_000),
  }));
  const [first] = errors;
  throw new ProblemError(
    'invalid-request',
    first ? `${first.pointer || 'The body'}: ${first.detail}` : 'The body is not a submission.',
    errors,
  );
}
