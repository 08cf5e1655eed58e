import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { servedCluster, type Received, type Sent, type ServedCluster } from './api-client.ts';

const services = '/api/v1/namespaces/default/services';
const pods = '/api/v1/namespaces/default/pods';
const manifests = `
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: lasting}, spec: {containers: [{name: c, image: nginx}]}}
`;
let served: ServedCluster;

beforeAll(async () => {
  served = await servedCluster(manifests);
});

afterAll(() => served.close());

function messageOf({ status, text }: Received): readonly [number, unknown] {
  return [status, (JSON.parse(text) as { readonly message?: unknown }).message];
}

function withBody(value: object): Sent {
  const body = JSON.stringify(value);
  return { body, headers: { 'content-type': 'application/json', 'content-length': String(body.length) } };
}

const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'other' }, spec: { ports: [{ port: 80 }] } };

/** ValidateCreateOptions and its like of apimachinery/pkg/apis/meta/v1/validation. */
describe('what is asked of a write', () => {
  it.each<[string, string, string, string, string]>([
    ['POST', 'dryRun=Some', '', 'CreateOptions', 'dryRun: Unsupported value: ["Some"]: supported values: "All"'],
    [
      'POST',
      'fieldValidation=Lax',
      '',
      'CreateOptions',
      'fieldValidation: Unsupported value: "Lax": supported values: "", "Ignore", "Strict", "Warn"',
    ],
    [
      'PUT',
      `fieldManager=${'a'.repeat(129)}`,
      '',
      'UpdateOptions',
      'fieldManager: Too long: may not be more than 128 bytes',
    ],
    [
      'PUT',
      'fieldManager=%C3%A4%07',
      '',
      'UpdateOptions',
      'fieldManager: Invalid value: "ä\\a": invalid character U+0007 (at position 2)',
    ],
    [
      'PATCH',
      'force=1',
      'merge-patch+json',
      'PatchOptions',
      'force: Forbidden: may not be specified for non-apply patch',
    ],
    ['PATCH', '', 'apply-patch+yaml', 'PatchOptions', 'fieldManager: Required value: is required for apply patch'],
  ])('is looked at: %s ?%s', async (method, query, type, kind, fault) => {
    const path = method === 'POST' ? services : `${services}/web`;
    const headers = { 'content-type': `application/${type === '' ? 'json' : type}` };
    const received = await served.send(`${path}?${query}`, { method, headers, body: JSON.stringify(service) });
    expect(messageOf(received)).toEqual([422, `${kind}.meta.k8s.io "" is invalid: ${fault}`]);
  });
});

describe('what is asked of a deletion', () => {
  it.each<[string, object | undefined, number, string]>([
    ['gracePeriodSeconds=soon', undefined, 400, 'strconv.ParseInt: parsing "soon": invalid syntax'],
    [
      '',
      { gracePeriodSeconds: 'soon' },
      400,
      'json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
    ],
    [
      'propagationPolicy=Sideways',
      undefined,
      422,
      'DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Sideways": supported values: "Foreground", "Background", "Orphan", "nil"',
    ],
    [
      'uid=other',
      undefined,
      409,
      'Operation cannot be fulfilled on Service "web": the UID in the precondition (other) does not match the UID in record (OWN). The object might have been deleted and then recreated',
    ],
  ])('is looked at: ?%s %j', async (query, body, code, message) => {
    const { metadata } = JSON.parse((await served.send(`${services}/web`)).text) as { metadata: { uid: string } };
    const sent = body === undefined ? {} : withBody(body);
    const received = await served.send(`${services}/web?${query}`, { method: 'DELETE', ...sent });
    expect(messageOf(received)).toEqual([code, message.replace('OWN', metadata.uid)]);
  });

  it('stands in the body alone where there is one', async () => {
    const sent = { method: 'DELETE', ...withBody({ dryRun: ['All'] }) };
    const received = await served.send(`${services}/web?propagationPolicy=Sideways`, sent);
    expect(received.status).toBe(200);
    expect((await served.send(`${services}/web`)).status).toBe(200);
  });

  /** A time.Duration of Go has 64 bits for its nanoseconds. */
  it('comes around where it is too far away', async () => {
    const seconds = 20_000_000_000;
    const received = await served.send(`${pods}/lasting?gracePeriodSeconds=${seconds}`, { method: 'DELETE' });
    expect(received.status).toBe(200);
    const { metadata } = JSON.parse(received.text) as { metadata: { readonly deletionTimestamp: string } };
    const away = Date.parse(metadata.deletionTimestamp) - Date.now();
    expect(metadata).toMatchObject({ deletionGracePeriodSeconds: seconds });
    expect(Math.abs(away / 1000)).toBeLessThan(2 ** 64 / 1e9);
  });
});
