import { describe, expect, it } from '@jest/globals';
import type { Event, JsonObject } from '@kubedrill/kube-model';
import { tableOf, tableRow } from '../../../../src/api/printing/tables.ts';
import { TestServer } from '../../api-server-fixture.ts';

const own = { kind: 'Pod', name: 'web', namespace: 'default' };
const older = { metadata: { name: 'web.1' }, involvedObject: own };
const newer = {
  ...older,
  eventTime: '2026-01-01T00:00:00.5Z',
  reportingComponent: 'example.com/probe',
  reportingInstance: 'probe-1',
  action: 'Looking',
  reason: 'Looked',
};
const long = (length: number): string => 'a'.repeat(length);

/** Texts and their order follow from legacyValidateEvent of pkg/apis/core/validation/events.go. */
describe('what is refused of an Event', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    [
      'an object of another namespace',
      { ...older, involvedObject: { ...own, namespace: 'other' } },
      ['involvedObject.namespace: Invalid value: "other": does not match event.namespace'],
    ],
    ['an object without a namespace, in default', { ...older, involvedObject: { kind: 'Node', name: 'a' } }, []],
    ['no object at all', { metadata: { name: 'a' } }, []],
    ['a whole newer one', newer, []],
    [
      'a newer one of nobody',
      { ...newer, reportingComponent: '' },
      [
        'reportingComponent: Required value',
        'reportingComponent: Invalid value: "": name part must be non-empty',
        "reportingComponent: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
    [
      'a newer one that says nothing',
      { ...older, eventTime: newer.eventTime, reportingComponent: 'a' },
      ['reportingInstance: Required value', 'action: Required value', 'reason: Required value'],
    ],
    [
      'a newer one that says too much',
      {
        ...newer,
        reportingInstance: long(129),
        action: long(129),
        reason: long(129),
        message: long(1025),
      },
      [
        'reportingInstance: Invalid value: "": can have at most 128 characters',
        'action: Invalid value: "": can have at most 128 characters',
        'reason: Invalid value: "": can have at most 128 characters',
        'message: Invalid value: "": can have at most 1024 characters',
      ],
    ],
    [
      'metadata, which the kind itself does not look at',
      { ...older, metadata: { name: 'a', labels: { 'a b': '' } } },
      [
        "metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
      ],
    ],
  ])('%s', (_what, body, errors) => {
    const { code, causes = [] } = new TestServer().create('Event', body);
    expect(causes.map(({ field = '', message }) => `${field}: ${message}`)).toEqual(errors);
    expect(code).toBe(errors.length === 0 ? 201 : 422);
  });
});

it('what was left out is written all the same', () => {
  const { object } = new TestServer().create('Event', { metadata: { name: 'a' } });
  expect({ ...object, metadata: undefined }).toEqual({
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: {},
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  });
});

it('does not know about dependents', () => {
  const server = new TestServer();
  server.create('Event', older);
  server.delete('Event', 'web.1', { propagation: 'Foreground' });
  expect(server.get('Event', 'web.1').code).toBe(404);
});

/** ToSelectableFields of pkg/registry/core/event/strategy.go. */
describe('field selectors', () => {
  const server = new TestServer();
  server.create('Event', { ...older, type: 'Normal', reason: 'Pulled', source: { component: 'kubelet' } });
  server.create('Event', { ...newer, metadata: { name: 'web.2' }, type: 'Warning' });
  it.each<[string, readonly string[]]>([
    ['involvedObject.name=web,involvedObject.kind=Pod', ['web.1', 'web.2']],
    ['involvedObject.namespace!=default', []],
    ['reason=Pulled', ['web.1']],
    ['type!=Normal', ['web.2']],
    ['source=kubelet', ['web.1']],
    ['source=example.com/probe', ['web.2']],
    ['reportingComponent=', ['web.1']],
    ['involvedObject.uid=', ['web.1', 'web.2']],
  ])('%s', (fieldSelector, names) => {
    const { items = [] } = server.list('Event', { fieldSelector });
    expect(items.map(({ metadata }) => metadata.name)).toEqual(names);
  });
  it('others are not supported', () => {
    expect(server.list('Event', { fieldSelector: 'message=a' }).message).toBe('field label not supported: message');
  });
});

/** printEvent of pkg/printers/internalversion/printers.go. */
describe('the row of an Event', () => {
  const now = Date.UTC(2026, 0, 1, 0, 10);
  const plain: Event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'web.1', uid: '', resourceVersion: '', creationTimestamp: '' },
    involvedObject: { ...own, fieldPath: 'spec.containers{web}' },
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  };
  it.each<[string, Partial<Event>, readonly string[]]>([
    [
      'an empty one',
      { involvedObject: { kind: 'Pod' } },
      ['<unknown>', '', '', 'pod', '', '', '', '<unknown>', '1', 'web.1'],
    ],
    [
      'an older one',
      {
        firstTimestamp: '2026-01-01T00:00:00Z',
        lastTimestamp: '2026-01-01T00:09:00Z',
        count: 3,
        type: 'Warning',
        reason: 'BackOff',
        message: ' Back-off\n',
        source: { component: 'kubelet', host: 'node-1' },
      },
      [
        '60s',
        'Warning',
        'BackOff',
        'pod/web',
        'spec.containers{web}',
        'kubelet, node-1',
        'Back-off',
        '10m',
        '3',
        'web.1',
      ],
    ],
    [
      'a newer one',
      {
        eventTime: '2026-01-01T00:05:00.000000Z',
        reportingComponent: 'default-scheduler',
        reportingInstance: 'default-scheduler-a',
      },
      [
        '5m',
        '',
        '',
        'pod/web',
        'spec.containers{web}',
        'default-scheduler, default-scheduler-a',
        '',
        '5m',
        '1',
        'web.1',
      ],
    ],
    [
      'a series',
      {
        eventTime: '2026-01-01T00:05:00.000000Z',
        series: { count: 4, lastObservedTime: '2026-01-01T00:09:50.000000Z' },
      },
      ['10s', '', '', 'pod/web', 'spec.containers{web}', '', '', '5m', '4', 'web.1'],
    ],
  ])('%s', (_what, fields, cells) => {
    expect(tableRow(tableOf('Event'), { ...plain, ...fields }, now)).toEqual(cells);
  });
});
