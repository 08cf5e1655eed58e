import { describe, expect, it } from '@jest/globals';
import { eventsV1, type Json, type JsonObject } from '@kubedrill/kube-model';
import type { ApiRequest, ApiResponse } from '../../../../src/api/request.ts';
import { TestServer } from '../../api-server-fixture.ts';

const regarding = { kind: 'Pod', name: 'web', namespace: 'default' };
const whole = {
  metadata: { name: 'web.1' },
  eventTime: '2026-01-01T00:00:00.000001Z',
  reportingController: 'example.com/probe',
  reportingInstance: 'probe-1',
  action: 'Looking',
  reason: 'Looked',
  regarding,
  note: 'all is well',
  type: 'Normal',
};
const target = { resource: eventsV1, namespace: 'default' };

function send(server: TestServer, request: ApiRequest): ApiResponse {
  return server.server.handle(request);
}

function create(server: TestServer, body: Json): ApiResponse {
  return send(server, { verb: 'create', ...target, body });
}

function objectOf(response: ApiResponse): JsonObject {
  if (!response.ok || !('object' in response)) throw new Error('no object was answered');
  const { metadata: _metadata, ...rest } = response.object as JsonObject;
  return rest;
}

/** pkg/apis/events/v1/conversion.go. */
describe('one Event, two views', () => {
  const server = new TestServer();
  it('is stored under the names of core/v1', () => {
    expect(objectOf(create(server, whole))).toEqual({
      ...whole,
      metadata: undefined,
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      deprecatedSource: {},
      deprecatedFirstTimestamp: null,
      deprecatedLastTimestamp: null,
    });
    expect(server.get('Event', 'web.1').object).toMatchObject({
      apiVersion: 'v1',
      involvedObject: regarding,
      message: 'all is well',
      reportingComponent: 'example.com/probe',
      source: {},
      firstTimestamp: null,
    });
  });
  it('is shown under the newer names whoever made it', () => {
    const older = { metadata: { name: 'a' }, involvedObject: regarding, source: { component: 'kubelet' }, count: 3 };
    server.create('Event', older);
    expect(objectOf(send(server, { verb: 'get', ...target, name: 'a' }))).toEqual({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      regarding,
      deprecatedSource: { component: 'kubelet' },
      deprecatedCount: 3,
      deprecatedFirstTimestamp: null,
      deprecatedLastTimestamp: null,
      eventTime: null,
    });
  });
  it.each([
    ['regarding.name=web,reason!=Looked', ['a']],
    ['reportingController=example.com/probe', ['web.1']],
  ])('is selected by %s', (fieldSelector, names) => {
    const response = send(server, { verb: 'list', ...target, fieldSelector });
    expect(response.ok && 'items' in response && response.items.map(({ metadata }) => metadata.name)).toEqual(names);
  });
  it.each(['involvedObject.name', 'source'])('is not selected by %s', (label) => {
    const response = send(server, { verb: 'list', ...target, fieldSelector: `${label}=a` });
    expect(response.ok ? '' : response.status.message).toBe(`field label not supported: ${label}`);
  });
  it('is patched under the newer names', () => {
    const series = { count: 2, lastObservedTime: '2026-01-01T00:01:00.000000Z' };
    const patched = send(server, { verb: 'patch', ...target, name: 'web.1', patchType: 'merge', body: { series } });
    expect(objectOf(patched)).toMatchObject({ series, note: 'all is well' });
    const refused = send(server, { verb: 'patch', ...target, name: 'web.1', patchType: 'merge', body: { note: 'a' } });
    expect(refused.ok ? '' : refused.status.message).toBe(
      'Event "web.1" is invalid: message: Invalid value: "a": field is immutable',
    );
  });
});

/** ValidateEventCreate of pkg/apis/core/validation/events.go. */
describe('what is refused of a newer Event', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    [
      'one without a time and type',
      { ...whole, eventTime: null, type: 'Odd' },
      ['eventTime: Required value', 'type: Invalid value: "": has invalid value: Odd'],
    ],
    [
      'one of nobody',
      { ...whole, reportingController: 'a b' },
      [
        "reportingController: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
    [
      'what only older ones say',
      {
        ...whole,
        series: { count: 1, lastObservedTime: null },
        deprecatedCount: 1,
        deprecatedSource: { component: 'a' },
        deprecatedFirstTimestamp: '2026-01-01T00:00:00Z',
        deprecatedLastTimestamp: '2026-01-01T00:00:00Z',
      },
      [
        'series.count: Invalid value: "": should be at least 2',
        'series.lastObservedTime: Required value',
        'firstTimestamp: Invalid value: "": needs to be unset',
        'lastTimestamp: Invalid value: "": needs to be unset',
        'count: Invalid value: "": needs to be unset',
        'source: Invalid value: "": needs to be unset',
      ],
    ],
  ])('%s', (_what, body, errors) => {
    const response = create(new TestServer(), body);
    const causes = response.ok ? [] : (response.status.details?.causes ?? []);
    expect(causes.map(({ field = '', message }) => `${field}: ${message}`)).toEqual(errors);
  });
  it('names of core/v1', () => {
    const response = create(new TestServer(), { ...whole, message: 'a' });
    expect(response.ok ? '' : response.status.message).toBe(
      'Event in version "v1" cannot be handled as a Event: strict decoding error: unknown field "message"',
    );
  });
});
