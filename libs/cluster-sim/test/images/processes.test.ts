import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ProcessModel } from '../../src/images/image-model.ts';
import { knownImages } from '../../src/images/known-images.ts';
import type { HttpResponse } from '../../src/network/flow.ts';
import { connection, get, sh, sockets, start, type Start } from './started-process.ts';

describe('what listens', () => {
  it.each<[string, Start, string[]]>([
    ['nginx', {}, ['80/TCP']],
    ['nginx', { ports: [{ containerPort: 8080, protocol: 'TCP' }] }, ['80/TCP']],
    ['nginxinc/nginx-unprivileged', {}, ['8080/TCP']],
    [
      'nginx',
      {
        files: { '/etc/nginx/conf.d/default.conf': 'server { listen 8080; listen 127.0.0.1:9000; listen [::]:8080; }' },
      },
      ['8080/TCP', 'local 9000/TCP'],
    ],
    [
      'nginx',
      { files: { '/etc/nginx/nginx.conf': 'events {} http { server { location / { return 200 "ok"; } } }' } },
      ['80/TCP'],
    ],
    ['httpd:2.4', {}, ['80/TCP']],
    ['busybox', { command: ['sleep', '3600'] }, []],
    ['busybox', sh('echo hi > index.html && httpd -f -p 3000'), ['3000/TCP']],
    ['busybox', sh('while true; do nc -lk -p 8080 -e echo hi; done'), ['8080/TCP']],
    ['busybox', { command: ['nc', '-lk', '-p', '53', '-u'] }, ['53/UDP']],
    ['hashicorp/http-echo', { args: ['-text=hi'] }, ['5678/TCP']],
    ['hashicorp/http-echo', { args: ['-listen=:3000', '-text', 'hi'] }, ['3000/TCP']],
    ['hashicorp/http-echo', { args: ['-listen=127.0.0.1:3000', '-text', 'hi'] }, ['local 3000/TCP']],
    ['hashicorp/http-echo', { env: { ECHO_TEXT: 'hi' } }, ['5678/TCP']],
    ['registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }, ['8080/TCP', '8081/UDP']],
    [
      'registry.k8s.io/e2e-test-images/agnhost:2.53',
      { args: ['netexec', '--http-port=80', '--udp-port', '-1'] },
      ['80/TCP'],
    ],
    [
      'registry.k8s.io/e2e-test-images/agnhost:2.53',
      { args: ['netexec', '--udp-port=90', '--sctp-port=91'] },
      ['8080/TCP', '90/UDP', '91/SCTP'],
    ],
    ['registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['serve-hostname'] }, ['9376/TCP']],
    [
      'registry.k8s.io/e2e-test-images/agnhost:2.53',
      { args: ['porter'], env: { SERVE_PORT_80: 'a', SERVE_UDP_PORT_81: 'b' } },
      ['80/TCP', '81/UDP'],
    ],
    ['registry.k8s.io/e2e-test-images/agnhost:2.53', {}, []],
    ['redis', {}, ['6379/TCP']],
    ['redis:7-alpine', { command: ['redis-server', '--port', '7000'] }, ['7000/TCP']],
    ['redis', { args: ['--bind', '127.0.0.1'] }, ['local 6379/TCP']],
    ['postgres:16', { env: { POSTGRES_PASSWORD: 'x' } }, ['5432/TCP']],
    ['postgres', { env: { POSTGRES_HOST_AUTH_METHOD: 'trust' }, args: ['-c', 'port=6000'] }, ['6000/TCP']],
    ['mysql:8.4', { env: { MYSQL_ROOT_PASSWORD: 'x' } }, ['3306/TCP', '33060/TCP']],
    ['mariadb', { env: { MARIADB_ROOT_PASSWORD: 'x' } }, ['3306/TCP']],
    ['mongo', {}, ['27017/TCP']],
    ['memcached', { args: ['-p', '12000'] }, ['12000/TCP']],
    ['rabbitmq:3-management', {}, ['5672/TCP', '4369/TCP', '25672/TCP', '15692/TCP', '15672/TCP']],
    ['python:3.12', { command: ['python', '-m', 'http.server'] }, ['8000/TCP']],
    ['python:3.12', { command: ['python3', '-m', 'http.server', '9000', '--bind', '127.0.0.1'] }, ['local 9000/TCP']],
    [
      'node:22',
      {
        command: ['node', '/app/server.js'],
        files: { '/app/server.js': 'http.createServer(f).listen(process.env.PORT || 3000)' },
      },
      ['3000/TCP'],
    ],
    ['traefik/whoami', { args: ['--port=8080'] }, ['8080/TCP']],
    ['gcr.io/google-samples/hello-app:1.0', {}, ['8080/TCP']],
    ['registry.k8s.io/pause:3.10', {}, []],
    ['registry.k8s.io/coredns/coredns', {}, ['53/UDP', '53/TCP', '8080/TCP', '8181/TCP', '9153/TCP']],
    [
      'acme/api:1',
      {
        ports: [
          { containerPort: 3000, protocol: 'TCP' },
          { containerPort: 53, protocol: 'UDP' },
        ],
      },
      ['3000/TCP', '53/UDP'],
    ],
    ['acme/api:1', {}, []],
  ])('%s %j', (image, options, expected) => {
    const process = start(image, options);
    expect([sockets(process), process.exit]).toEqual([
      expected,
      image === 'busybox' && options.command?.[0] === 'sleep' ? { after: 3_600_000, code: 0 } : undefined,
    ]);
  });
});

describe('how it ends', () => {
  it.each<[string, Start, { after: number; code: number; reason?: string }]>([
    ['busybox', {}, { after: 0, code: 0 }],
    ['busybox', sh('sleep 30; exit 3'), { after: 30_000, code: 3 }],
    ['busybox', sh('nosuch'), { after: 0, code: 127 }],
    ['busybox', sh('httpd -p 8080'), { after: 0, code: 0 }],
    ['postgres', {}, { after: 100, code: 1 }],
    ['mysql', {}, { after: 100, code: 1 }],
    ['hashicorp/http-echo', {}, { after: 0, code: 127 }],
    ['nginx', { files: { '/etc/nginx/conf.d/default.conf': 'server { listen 80;' } }, { after: 0, code: 1 }],
    ['node', { command: ['node', 'missing.js'] }, { after: 0, code: 1 }],
    ['busybox', { command: ['nosuch'] }, { after: 0, code: 128, reason: 'StartError' }],
    ['hashicorp/http-echo', { command: ['/bin/sh'] }, { after: 0, code: 128, reason: 'StartError' }],
  ])('%s %j', (image, options, expected) => {
    const process = start(image, options);
    expect([process.listeners, process.exit]).toMatchObject([[], expected]);
  });

  it("gives containerd's words for a missing executable", () => {
    const prefix =
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';
    expect(start('busybox', { command: ['foo'] }).exit?.message).toBe(
      `${prefix}exec: "foo": executable file not found in $PATH: unknown`,
    );
    expect(start('busybox', { command: ['/bin/foo'] }).exit?.message).toBe(
      `${prefix}exec: "/bin/foo": stat /bin/foo: no such file or directory: unknown`,
    );
  });

  it('writes logs as the real image does', () => {
    expect(start('postgres').logs?.[0]?.text).toBe(
      'Error: Database is uninitialized and superuser password is not specified.',
    );
    const broken = start('nginx', { files: { '/etc/nginx/conf.d/default.conf': 'server {\n listen 80;\n' } });
    expect(broken.logs?.map(({ text }) => text)).toEqual([
      'nginx: [emerg] unexpected end of file, expecting "}" in /etc/nginx/conf.d/default.conf:2',
    ]);
    expect(
      start(
        'nginx',
        { files: { '/etc/nginx/conf.d/default.conf': 'server {\n location / { proxy_pass http://nohost; }\n}' } },
        true,
      ).logs?.map(({ text }) => text),
    ).toEqual(['nginx: [emerg] host not found in upstream "nohost" in /etc/nginx/conf.d/default.conf:2']);
  });
});

describe('what it answers', () => {
  const nginx = (configuration: string): ProcessModel =>
    start('nginx', { files: { '/etc/nginx/conf.d/default.conf': configuration, '/srv/a.txt': 'A\n' } });

  it.each<[string, HttpResponse | 'closed', Partial<HttpResponse>]>([
    [
      'nginx page',
      get(start('nginx'), '/'),
      {
        status: 200,
        headers: expect.objectContaining({
          Server: 'nginx/1.29.3',
          'Content-Length': '615',
        }) as unknown as HttpResponse['headers'],
      },
    ],
    [
      'nginx file',
      get(start('nginx', { files: { '/usr/share/nginx/html/index.html': 'mine\n' } }), '/'),
      { status: 200, body: 'mine\n' },
    ],
    ['nginx 404', get(start('nginx'), '/nothing'), { status: 404 }],
    [
      'nginx return',
      get(nginx('server { listen 80; location /hi { return 200 "hi from $hostname\\n"; } }'), '/hi'),
      { status: 200, body: 'hi from web-1\n' },
    ],
    [
      'nginx redirect',
      get(nginx('server { return 301 https://$host$request_uri; }'), '/x'),
      {
        status: 301,
        headers: expect.objectContaining({ Location: 'https://web/x' }) as unknown as HttpResponse['headers'],
      },
    ],
    ['nginx root', get(nginx('server { root /srv; }'), '/a.txt'), { status: 200, body: 'A\n' }],
    [
      'nginx proxy',
      get(nginx('server { location / { proxy_pass http://10.96.0.20; } }'), '/'),
      { status: 200, body: 'hello\n' },
    ],
    [
      'nginx proxy refused',
      get(nginx('server { location / { proxy_pass http://10.96.0.21; } }'), '/'),
      { status: 502 },
    ],
    ['nginx proxy silent', get(nginx('server { location / { proxy_pass http://10.96.0.22; } }'), '/'), { status: 504 }],
    ['httpd', get(start('httpd'), '/'), { status: 200, body: '<html><body><h1>It works!</h1></body></html>\n' }],
    [
      'busybox httpd',
      get(start('busybox', sh('echo hi > index.html; httpd -f -p 80')), '/'),
      { status: 200, body: 'hi\n' },
    ],
    ['busybox httpd 404', get(start('busybox', sh('httpd -f -p 80')), '/x'), { status: 404 }],
    [
      'busybox nc',
      get(start('busybox', sh('while true; do printf "HTTP/1.1 200 OK\\r\\n\\r\\nhi" | nc -l -p 80; done')), '/'),
      { status: 200, body: 'hi' },
    ],
    [
      'http-echo',
      get(start('hashicorp/http-echo', { args: ['-text=Hello from the API'] }), '/any'),
      { status: 200, body: 'Hello from the API\n' },
    ],
    [
      'http-echo health',
      get(start('hashicorp/http-echo', { args: ['-text=hi', '-status-code=503'] }), '/health'),
      { status: 200, body: '{"status":"ok"}\n' },
    ],
    [
      'hello-app',
      get(start('gcr.io/google-samples/hello-app:2.0'), '/'),
      { status: 200, body: 'Hello, world!\nVersion: 2.0.0\nHostname: web-1\n' },
    ],
    [
      'agnhost hostname',
      get(start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }), '/hostName'),
      { status: 200, body: 'web-1' },
    ],
    [
      'agnhost clientip',
      get(start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }), '/clientip'),
      { status: 200, body: '10.244.2.9:40001' },
    ],
    [
      'agnhost echo',
      get(start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }), '/echo?msg=a+b&code=201'),
      { status: 201, body: 'a b' },
    ],
    [
      'agnhost dial',
      get(
        start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }),
        '/dial?host=10.96.0.20&port=80&request=&protocol=http',
      ),
      { status: 400 },
    ],
    [
      'agnhost dial tries',
      get(
        start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }),
        '/dial?host=10.96.0.20&port=80&request=hostname&protocol=http&tries=2',
      ),
      { status: 200, body: '{"responses":["not found\\n","not found\\n"]}' },
    ],
    [
      'agnhost shell',
      get(start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }), '/shell?cmd=echo%20hi'),
      { status: 200, body: '{"output":"hi\\n"}' },
    ],
    [
      'agnhost serve-hostname',
      get(start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['serve-hostname'] }), '/'),
      { status: 200, body: 'web-1' },
    ],
    [
      'agnhost porter',
      get(
        start('registry.k8s.io/e2e-test-images/agnhost:2.53', {
          args: ['porter', '--json-response'],
          env: { SERVE_PORT_80: 'a' },
        }),
        '/',
      ),
      { status: 200, body: '{"Method":"GET","Body":"a"}' },
    ],
    [
      'whoami',
      get(start('traefik/whoami'), '/'),
      {
        status: 200,
        body: 'Hostname: web-1\nIP: 127.0.0.1\nIP: ::1\nIP: 10.244.1.5\nRemoteAddr: 10.244.2.9:40001\nGET / HTTP/1.1\r\nHost: web\r\n\r\n',
      },
    ],
    [
      'python',
      get(
        start('python:3.12', { command: ['python', '-m', 'http.server'], workingDir: '/srv', files: { '/srv/a': '' } }),
        '/nothing',
      ),
      { status: 404 },
    ],
    [
      'mongo',
      get(start('mongo'), '/'),
      { status: 200, body: 'It looks like you are trying to access MongoDB over HTTP on the native driver port.\r\n' },
    ],
    [
      'unknown',
      get(start('acme/api', { ports: [{ containerPort: 80, protocol: 'TCP' }] }), '/'),
      { status: 200, body: 'web-1' },
    ],
  ])('%s', (_name, response, expected) => {
    expect(response).toMatchObject(expected);
  });

  it('speaks redis', () => {
    const [listener] = start('redis').listeners;
    expect(listener?.application.kind === 'raw' && listener.application.answer('PING\r\n', connection)).toBe(
      '+PONG\r\n',
    );
  });

  it('answers UDP as netexec does', () => {
    const listener = start('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['netexec'] }).listeners[1];
    const ask = (data: string): string =>
      listener?.application.kind === 'raw' ? listener.application.answer(data, connection) : '';
    expect(['hostname', 'echo Hi', 'clientip', 'serverport', 'other'].map(ask)).toEqual([
      'web-1',
      'hi',
      '10.244.2.9:40001',
      '8081',
      '',
    ]);
  });
});

describe('whatever a manifest says', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '--port',
      '--http-port',
      '-p',
      '-listen',
      '-text',
      '--port=99999',
      '-c',
      'http.server',
      '-m',
      '-l',
      'sh',
      'netexec',
      'porter',
      'serve-hostname',
      '8080',
      ':0',
    ),
    fc.string({ maxLength: 12 }),
  );
  const configuration = fc.array(
    fc.constantFrom(
      'server',
      '{',
      '}',
      'listen',
      '80',
      ';',
      'location',
      '/',
      'return',
      '200',
      '"a',
      '$host',
      'proxy_pass',
      'http://x',
      'include',
      '*.conf',
      '#',
      '\n',
      ' ',
    ),
    { maxLength: 25 },
  );

  it('an image starts or ends, and listens on ports only', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...knownImages.filter(({ tags }) => tags?.test('latest') ?? true)),
        fc.array(word, { maxLength: 5 }),
        fc.boolean(),
        configuration,
        (image, words, asCommand, text) => {
          const process = start(image.repositories[0] ?? '', {
            ...(asCommand ? { command: words } : { args: words }),
            env: { PORT: words[0] ?? '', SERVE_PORT_80: 'x', POSTGRES_PASSWORD: 'x' },
            files: { '/etc/nginx/conf.d/a.conf': text.join(' ') },
          });
          for (const { port } of process.listeners)
            expect(Number.isInteger(port) && port > 0 && port < 65_536).toBe(true);
          for (const { application } of process.listeners) {
            if (application.kind === 'http')
              application.respond({ method: 'GET', path: '/a?b=%', headers: {} }, connection);
          }
        },
      ),
      { numRuns: 1_000, seed: 11 },
    );
  });
});
