import { badRequest, failure, type ApiStatus } from '@kubedrill/cluster-sim';
import { jsonFault, parseManifests, type Json } from '@kubedrill/kube-model';
import { decodeProtobufBody } from './protobuf/protobuf-body.ts';

export type ReadBody = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly status: ApiStatus };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The media type without its parameters, in lower case. */
export function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** A body as JSON, meant for an object of that kind. Server-side apply is sent as YAML, of which JSON is a part. */
export function readBody(body: Uint8Array, contentType: string, kind: string): ReadBody {
  if (mediaType(contentType) === 'application/vnd.kubernetes.protobuf') return readProtobuf(body);
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    return { ok: false, status: badRequest('the body is not UTF-8') };
  }
  const type = mediaType(contentType);
  if (type.endsWith('yaml')) return readYaml(text);
  if (type !== '' && type !== 'application/json' && !type.endsWith('+json')) return unsupported(type);
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch {
    return { ok: false, status: badRequest(notJson(text, type, kind)) };
  }
}

/** apiserver/pkg/endpoints/handlers patch.go, and rest.go transformDecodeError. */
function notJson(text: string, type: string, kind: string): string {
  const fault = jsonFault(text);
  if (type === 'application/strategic-merge-patch+json') return fault;
  if (type.endsWith('-patch+json')) return `error decoding patch: ${fault}`;
  const problem = `couldn't get version/kind; json parse error: ${fault}`;
  return `the object provided is unrecognized (must be of type ${kind}): ${problem} (${summaryOf(text)})`;
}

const maxSummary = 30;

function summaryOf(text: string): string {
  const bytes = Buffer.from(text);
  const shown = bytes.subarray(0, maxSummary).toString(text.startsWith('{') ? 'utf8' : 'hex');
  return bytes.length > maxSummary ? `${shown} ...` : shown;
}

function readProtobuf(body: Uint8Array): ReadBody {
  const decoded = decodeProtobufBody(body);
  return decoded.ok ? decoded : { ok: false, status: badRequest(decoded.message) };
}

function readYaml(text: string): ReadBody {
  const { documents, issues } = parseManifests([{ path: 'body', content: text }]);
  const [document] = documents;
  if (document && issues.length === 0) return { ok: true, value: document.value };
  return { ok: false, status: badRequest(`error decoding YAML: ${issues[0]?.message ?? 'there is no document'}`) };
}

function unsupported(type: string): ReadBody {
  const accepted = 'application/json, application/yaml';
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted} (not ${type})`;
  return { ok: false, status: failure(415, 'UnsupportedMediaType', message) };
}
