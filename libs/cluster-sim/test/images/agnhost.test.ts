import { describe, expect, it } from '@jest/globals';
import type { Outcome, Probe } from '../../src/network/flow.ts';
import { smallNetwork } from '../exec/small-network.ts';
import { connection, get, sockets, start } from './started-process.ts';

const image = 'registry.k8s.io/e2e-test-images/agnhost:2.53';

// Ports: the flags' defaults in test/images/agnhost/*/*.go.
describe('agnhost listens', () => {
  it.each<[string, string[]]>([
    ['netexec', ['8080/TCP', '8081/UDP']],
    ['netexec --http-port=80 --udp-port=-1', ['80/TCP']],
    ['netexec --http-port 8083 --udp-port 8084 --sctp-port 8085', ['8083/TCP', '8084/UDP', '8085/SCTP']],
    ['serve-hostname', ['9376/TCP']],
    ['serve-hostname --tcp --udp --http=false --port=80', ['80/TCP', '80/UDP']],
    ['liveness', ['8080/TCP']],
    ['grpc-health-checking', ['5000/TCP', '8080/TCP']],
    ['nettest', ['8080/TCP']],
    ['test-webserver', ['80/TCP']],
    ['net --serve :8889', ['8889/TCP']],
    ['pause', []],
  ])('%s', (args, expected) => {
    expect(sockets(start(image, { args: args.split(' ') }))).toEqual(expected);
  });
});

const netexec = start(image, { args: ['netexec'] }, true);
const timedOut = 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';

describe('netexec answers', () => {
  it.each<[string, number, string]>([
    ['/hostname', 200, 'web-1'],
    ['/hostName', 200, 'web-1'],
    ['/clientip', 200, '10.244.2.9:40001'],
    ['/serverport', 200, '8080'],
    ['/echo?msg=a+b%26c', 200, 'a b&c'],
    ['/echo?msg=x&code=418', 418, 'x'],
    ['/echo?msg=x&code=many', 200, 'argument \'code\' must be an integer or empty, got "many"\n'],
    ['/healthz', 200, ''],
    ['/readyz', 200, 'ok'],
    ['/header?key=X-Name', 200, 'me'],
    ['/header?key=Host', 200, ''],
    ['/header', 200, '{"Accept":["*/*"],"X-Name":["me"]}'],
    ['/redirect?location=/echo%3Fmsg=foobar&code=307', 307, '<a href="/echo?msg=foobar">Temporary Redirect</a>.\n\n'],
    ['/shell?cmd=echo%20hi', 200, '{"output":"hi\\n"}'],
    ['/shell?shellCommand=echo%20%22%3Ca%3E%22', 200, '{"output":"\\u003ca\\u003e\\n"}'],
    ['/shell?cmd=false', 200, '{"error":"exit status 1"}'],
    ['/shell?cmd=ls%20/none', 200, '{"error":"exit status 1","output":"ls: /none: No such file or directory\\n"}'],
    ['/shell?cmd=curl%20-s%20http://web', 200, '{"output":"hello\\n"}'],
    ['/exit?code=x', 200, 'argument \'code\' must be an integer [0-127] or empty, got "x"\n'],
    ['/dial?host=10.96.0.20&port=80&request=', 400, 'request parameter not specified. <nil>\n'],
    ['/dial?host=10.96.0.20&port=80&request=x&protocol=icmp', 400, 'unsupported protocol. icmp\n'],
    [
      '/dial?host=10.96.0.20&port=80&request=x&tries=some',
      400,
      'tries parameter is invalid. strconv.Atoi: parsing "some": invalid syntax\n',
    ],
    [
      '/dial?host=nohost&port=80&request=x',
      400,
      'host and/or port param are invalid. lookup nohost on 10.96.0.10:53: no such host\n',
    ],
    ['/dial?host=web&port=80&request=&request=hostname', 400, 'request parameter not specified. <nil>\n'],
    ['/dial?host=web&port=80&request=none&tries=2', 200, '{"responses":["not found\\n","not found\\n"]}'],
    [
      '/dial?host=10.96.0.21&port=80&request=hostname',
      200,
      '{"errors":["Get \\"http://10.96.0.21:80/hostname\\": dial tcp 10.96.0.21:80: connect: connection refused"]}',
    ],
    [
      '/dial?host=10.96.0.22&port=80&request=hostname&protocol=http',
      200,
      `{"errors":["Get \\"http://10.96.0.22:80/hostname\\": ${timedOut}"]}`,
    ],
    [
      '/dial?host=10.96.0.22&port=80&request=hostname&protocol=udp',
      200,
      '{"errors":["reading from udp connection failed. err:\'read udp 10.244.1.5:43210-\\u003e10.96.0.22:80: i/o timeout\'"]}',
    ],
  ])('%s', (path, status, body) => {
    const headers = { Host: 'web', 'X-Name': 'me', Accept: '*/*' };
    expect(get(netexec, path, 8_080, headers)).toMatchObject({ status, body });
  });

  it.each(['/exit', '/shutdown', '/echo?code=7'])('%s with the end of the connection', (path) => {
    expect(get(netexec, path, 8_080)).toBe('closed');
  });

  it('is not ready without a datagram server', () => {
    const process = start(image, { args: ['netexec', '--udp-port=-1'] });
    expect(get(process, '/healthz')).toMatchObject({ status: 412 });
    expect(get(process, '/readyz')).toMatchObject({ status: 412 });
  });

  it('serves what it is told whatever is asked for', () => {
    const process = start(image, { args: ['netexec', '--http-override=/echo?msg=fixed&code=202'] });
    expect(get(process, '/hostname')).toMatchObject({ status: 202, body: 'fixed' });
  });
});

describe('other commands of agnhost', () => {
  it.each<[string, Record<string, string>, string, string]>([
    ['serve-hostname', {}, '/', 'web-1'],
    ['porter', { SERVE_PORT_80: 'a' }, '/', 'a'],
    ['porter --json-response', { SERVE_PORT_80: 'a' }, '/', '{"Method":"GET","Body":"a"}'],
    ['nettest', {}, '/status', 'running'],
  ])('%s %j %s', (args, env, path, body) => {
    expect(get(start(image, { args: args.split(' '), env }), path)).toMatchObject({ status: 200, body });
  });

  it('liveness is healthy for ten seconds', () => {
    const [listener] = start(image, { args: ['liveness'] }).listeners;
    const at = (now: number) => {
      if (listener?.application.kind !== 'http') throw new Error('no HTTP');
      return listener.application.respond({ method: 'GET', path: '/healthz' }, { ...connection, now });
    };
    expect([at(10_000), at(10_001)]).toMatchObject([
      { status: 200, body: 'ok' },
      { status: 500, body: 'error: 10.001' },
    ]);
  });

  it.each<[string, string[]]>([
    ['dns-suffix', ['default.svc.cluster.local,svc.cluster.local,cluster.local']],
    ['dns-server-list', ['10.96.0.10']],
    ['etc-hosts', ['127.0.0.1\tlocalhost', '10.244.1.9\tclient']],
    ['entrypoint-tester a b', ['[/agnhost entrypoint-tester a b]']],
  ])('%s prints', (args, logs) => {
    expect(start(image, { args: args.split(' ') }, true)).toMatchObject({
      exit: { code: 0 },
      logs: logs.map((text) => ({ text })),
    });
  });

  // test/images/agnhost/connect/connect.go.
  it.each<[string, number, string, number]>([
    ['10.96.0.20:80', 0, '', 1],
    ['web:80', 0, '', 1],
    ['10.96.0.21:80', 1, 'REFUSED', 0],
    ['10.96.0.22:80 --timeout=3s', 1, 'TIMEOUT', 3_000],
    ['--timeout 500ms 10.96.0.22:80', 1, 'TIMEOUT', 500],
    ['10.96.0.23:80', 1, 'OTHER: dial tcp 10.96.0.23:80: connect: no route to host', 0],
    ['nohost:80', 1, 'DNS: lookup nohost on 10.96.0.10:53: no such host', 0],
    ['web', 1, 'UNKNOWN: address web: missing port in address', 0],
    [
      '10.96.0.21:81 --protocol=udp',
      1,
      'REFUSED: read udp 10.244.1.5:43210->10.96.0.21:81: read: connection refused',
      0,
    ],
    [
      '10.96.0.22:81 --protocol=udp --timeout=1s',
      1,
      'TIMEOUT: read udp 10.244.1.5:43210->10.96.0.22:81: i/o timeout',
      1_000,
    ],
    ['10.96.0.22:81 --protocol=sctp --timeout=1s', 1, 'TIMEOUT', 1_000],
    ['10.96.0.21:81 --protocol=sctp', 1, 'OTHER: connection refused', 0],
  ])('connect %s', (args, code, log, after) => {
    const process = start(image, { args: ['connect', ...args.split(' ')] }, true);
    expect(process).toMatchObject({ exit: { code, after }, logs: log === '' ? [] : [{ text: log }] });
  });

  it('ends with a refusal for what it does not know', () => {
    expect(start(image, { args: ['nosuch'] })).toMatchObject({
      exit: { code: 1 },
      logs: [{ text: 'Error: unknown command "nosuch" for "app"' }, { text: "Run 'app --help' for usage." }],
    });
  });
});

describe('a server that asks another one', () => {
  it('does so in its own name and with the time that netexec waits', () => {
    const asked: Omit<Probe, 'from'>[] = [];
    const refused: Outcome = { kind: 'refused' };
    const network = {
      ...smallNetwork,
      connect: (probe: Omit<Probe, 'from'>) => {
        asked.push(probe);
        return { probability: { numerator: 1, denominator: 1 }, outcome: refused, hops: [] };
      },
    };
    const [listener] = netexec.listeners;
    if (listener?.application.kind !== 'http') throw new Error('no HTTP');
    listener.application.respond(
      { method: 'GET', path: '/dial?host=web&port=81&request=hostname&protocol=udp' },
      { ...connection, network },
    );
    expect(asked).toEqual([{ host: '10.96.0.20', port: 81, protocol: 'UDP', timeout: 5_000, data: 'hostname' }]);
  });
});
